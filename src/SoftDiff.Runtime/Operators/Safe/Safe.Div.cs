namespace SoftDiff;

public static partial class Safe
{
    /// <summary>x / y, and 0 where y is 0.</summary>
    /// <remarks>
    /// <para>The derivatives are 1 / y and -x / y², and 0 where y is 0.</para>
    /// </remarks>
    /// <param name="x">The dividend.</param>
    /// <param name="y">The divisor.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(DivBackward))]
    [CustomJvp(nameof(DivTangent))]
    public static double Div(double x, double y) => Elementwise.Value(new SafeDivOperator<double>(), x, y);
}
