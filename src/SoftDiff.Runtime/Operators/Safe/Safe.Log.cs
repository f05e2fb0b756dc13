namespace SoftDiff;

public static partial class Safe
{
    /// <summary>ln x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / x for x &gt; 0, else 0.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(LogBackward))]
    [CustomJvp(nameof(LogTangent))]
    public static double Log(double x) => Elementwise.Value(new SafeLogOperator<double>(), x);
}
