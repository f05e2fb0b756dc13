namespace SoftDiff;

public static partial class Safe
{
    /// <summary>arccos x for |x| &lt; 1, else 0 above and π below.</summary>
    /// <remarks>
    /// <para>The derivative is -1 / √(1 - x²) for |x| &lt; 1, else 0. Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(AcosBackward))]
    [CustomJvp(nameof(AcosTangent))]
    public static double Acos(double x) => Elementwise.Value(new SafeAcosOperator<double>(), x);
}
