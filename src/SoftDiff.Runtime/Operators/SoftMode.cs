namespace SoftDiff;

/// <summary>
/// How a soft operator rounds off the corners of the hard one. The names are those of the smoothness of the result: <see cref="Smooth"/> is
/// infinitely often differentiable and differs from the hard operator everywhere. <see cref="C0"/> is continuous, <see cref="C1"/> and
/// <see cref="C2"/> are once and twice continuously differentiable; these modes differ from the hard operator in a bounded region only.
/// </summary>
/// <remarks>Source: Paulus, Geist et al., arXiv:2603.08824.</remarks>
public enum SoftMode
{
    /// <summary>Infinitely often differentiable: logistic function, softmax, entropic projections.</summary>
    Smooth,

    /// <summary>Continuous: Euclidean projections, piecewise linear.</summary>
    C0,

    /// <summary>Once continuously differentiable.</summary>
    C1,

    /// <summary>Twice continuously differentiable.</summary>
    C2,

    /// <summary>The hard operator itself, with the derivative it has where it has one.</summary>
    Hard,

    /// <summary>
    /// Once continuously differentiable, from the projection with the 3/2-norm; for the elementwise operators and the comparisons only.
    /// </summary>
    C1PNorm,

    /// <summary>
    /// Twice continuously differentiable, from the projection with the 4/3-norm; for the elementwise operators and the comparisons only.
    /// </summary>
    C2PNorm,
}
