namespace SoftDiff;

/// <summary>
/// A function of one to three elements, with its partial derivatives, on vectors of elements. A value of the type holds its parameters. Where
/// only the value is wanted the partials are ignored, and what computes them is dropped by the compiler.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IPointwise<T>
{
    /// <summary>How many elements it takes. The others are not looked at, nor are their partials.</summary>
    static abstract int Inputs { get; }

    /// <summary>Whether it depends on a softness.</summary>
    static abstract bool HasSoftness { get; }

    TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;
}

/// <summary>Partial derivatives with respect to the elements and the softness.</summary>
/// <typeparam name="TVector">A vector, or one number.</typeparam>
internal struct Partials<TVector>
{
    public TVector X;

    public TVector Y;

    public TVector Z;

    public TVector Softness;
}
