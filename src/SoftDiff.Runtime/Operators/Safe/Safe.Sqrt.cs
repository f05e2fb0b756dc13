namespace SoftDiff;

public static partial class Safe
{
    /// <summary>√x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / (2 √x) for x &gt; 0, else 0; so it is finite at 0 too.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(SqrtBackward))]
    [CustomJvp(nameof(SqrtTangent))]
    public static double Sqrt(double x) => Elementwise.Value(new SafeSqrtOperator<double>(), x);
}
