namespace SoftDiff;

/// <summary>
/// One step of <see cref="FusedPass"/>: computes results and terms of sums from the elements at one position of several spans.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IFusedStep<T>
{
    /// <summary>How many spans are read, 1 to 4.</summary>
    static abstract int Inputs { get; }

    /// <summary>How many spans are written, 0 to 2.</summary>
    static abstract int Outputs { get; }

    /// <summary>How many sums there are, 1 to 3.</summary>
    static abstract int Sums { get; }

    /// <returns>The value for the first output; any value if there is no output.</returns>
    TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;
}

/// <summary>The terms of the sums. The JIT keeps a structure of up to four fields in registers.</summary>
/// <typeparam name="TVector">The vector type.</typeparam>
internal struct FusedTerms<TVector>
{
    public TVector Term1, Term2, Term3;
}

/// <summary>Σ of the three terms.</summary>
internal readonly record struct FusedSums(double Sum1, double Sum2, double Sum3)
{
    public static FusedSums operator +(FusedSums a, FusedSums b) => new(a.Sum1 + b.Sum1, a.Sum2 + b.Sum2, a.Sum3 + b.Sum3);
}

/// <summary>
/// The spans of a pass, all of one length. Spans that the step does not use stay empty. An output may start where an input does.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct FusedSpans<T>
{
    public ReadOnlySpan<T> A, B, C, D;

    public Span<T> First, Second;
}
