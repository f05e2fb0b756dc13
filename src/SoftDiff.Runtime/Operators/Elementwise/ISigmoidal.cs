namespace SoftDiff;

/// <summary>
/// The sigmoidal function σ of one mode, as a function of u = x / s: it rises from 0 to 1, and σ(u) + σ(-u) = 1. Its antiderivative and its two
/// derivatives follow with it, all from the magnitude of u, where no digits cancel.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ISigmoidal<T>
{
    /// <summary>Whether it is the step function, which knows no softness.</summary>
    static abstract bool IsHard { get; }

    /// <summary>Whether there are points at which σ is not analytic.</summary>
    static abstract bool HasKinks { get; }

    /// <summary>From this magnitude on σ is 0 or 1 and its derivatives are 0, in the precision of T.</summary>
    static abstract double Reach { get; }

    /// <summary>Two numbers from which the functions follow.</summary>
    /// <param name="m">The magnitude of u, at most <see cref="Reach"/>; NaN gives NaN.</param>
    /// <param name="p">The first.</param>
    /// <param name="q">The second.</param>
    static abstract void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;

    /// <summary>σ(-m), at most ½.</summary>
    static abstract TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;

    /// <summary>The integral of σ from -∞ to -m.</summary>
    static abstract TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;

    /// <summary>σ′(u), even in u except where the mode has a kink.</summary>
    static abstract TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;

    /// <summary>σ″(-m), which is -σ″(m), except that where σ″ jumps the value at the upper end is 0; so it takes u.</summary>
    static abstract TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;
}
