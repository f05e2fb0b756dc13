namespace SoftDiff;

/// <summary>
/// The operations of a vector type, so that a kernel is written once for all widths. Each acts on its lanes alone and rounds alike in all
/// widths, so what a kernel computes for an element does not depend on the width or on the neighbours of the element.
/// </summary>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ILanes<TVector, T>
{
    static abstract int Count { get; }

    /// <summary>0, 1, 2, …</summary>
    static abstract TVector Indices { get; }

    static abstract TVector Load(ref T source, nuint offset);

    static abstract void Store(TVector value, ref T destination, nuint offset);

    static abstract TVector Broadcast(T value);

    /// <summary>A number that <typeparamref name="T"/> holds exactly, in every lane.</summary>
    static abstract TVector Constant(double value);

    /// <summary>A pattern of bits of the size of <typeparamref name="T"/>, in every lane.</summary>
    static abstract TVector Bits(ulong value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a * b + c, rounded once if the machine can do so and twice otherwise, but always in the same way on one machine.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a * b - c, rounded as <see cref="MultiplyAdd"/>.</summary>
    static abstract TVector MultiplySubtract(TVector a, TVector b, TVector c);

    static abstract TVector Abs(TVector a);

    /// <summary>
    /// The same number as <see cref="Abs"/>, for kernels that also ask for the sign (<see cref="SelectNegative"/>, <see cref="WithOppositeSign"/>). For
    /// dual numbers zero counts as positive in all three, so a smooth function that is computed from magnitude and sign has its derivative at zero too.
    /// </summary>
    static abstract TVector WithoutSign(TVector a);

    static abstract TVector Negate(TVector a);

    /// <summary>A number that is not negative, with the sign that <paramref name="a"/> does not have.</summary>
    static abstract TVector WithOppositeSign(TVector magnitude, TVector a);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>The larger; when one is NaN, either.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The smaller; when one is NaN, either.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary><paramref name="a"/>, but no less than the bound, which is a number; NaN where <paramref name="a"/> is.</summary>
    static abstract TVector AtLeast(TVector a, TVector bound);

    /// <summary><paramref name="a"/>, but no more than the bound, which is a number; NaN where <paramref name="a"/> is.</summary>
    static abstract TVector AtMost(TVector a, TVector bound);

    /// <summary>All bits set in the lanes where a &lt; b.</summary>
    static abstract TVector Less(TVector a, TVector b);

    /// <summary>All bits set in the lanes where a = b.</summary>
    static abstract TVector Equal(TVector a, TVector b);

    /// <summary>Lanes of <paramref name="a"/> where <paramref name="mask"/> is set, of <paramref name="b"/> elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>Lanes of <paramref name="a"/> where the bit of the sign is set, of <paramref name="b"/> elsewhere.</summary>
    static abstract TVector SelectNegative(TVector sign, TVector a, TVector b);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    /// <summary>The sum of the lanes as integers of the same size, without carry from lane to lane.</summary>
    static abstract TVector AddBits(TVector a, TVector b);

    static abstract TVector ShiftLeft(TVector a, int bits);

    static abstract TVector ShiftRight(TVector a, int bits);

    static abstract T Lane(TVector a, int index);
}
