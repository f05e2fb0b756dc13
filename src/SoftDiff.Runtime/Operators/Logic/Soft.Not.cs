namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Fuzzy not x: 1 - x.</summary>
    /// <remarks>
    /// <para>Linear, with derivative -1.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">A truth value, 0 for false to 1 for true.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(NotBackward))]
    [CustomJvp(nameof(NotTangent))]
    public static double Not(double x) => Elementwise.Value(new NotOperator<double>(), x);
}
