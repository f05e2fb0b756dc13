namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// Random samplers with derivatives: each is a soft function of its parameters and of noise that does not depend on them.
    /// </summary>
    /// <remarks>
    /// Every sampler takes the noise itself, for one row or for tensors, or a <see cref="SoftRandom"/> from which it draws the noise.
    /// Straight-through forms give exact samples with the derivatives of the soft ones, on the same noise.
    /// </remarks>
    public static partial class Random;
}
