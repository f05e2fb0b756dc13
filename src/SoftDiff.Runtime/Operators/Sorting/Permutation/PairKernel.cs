using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>
/// Computes the terms that a pair of elements at a distance d ≥ 0 adds to both elements. The lower element's term may have the other sign.
/// </summary>
internal interface IPairTerm
{
    static abstract bool IsOdd { get; }

    /// <summary>Whether exp(-d) is used.</summary>
    static abstract bool IsExponential { get; }

    /// <param name="d">The distance.</param>
    /// <param name="e">exp(-d), or anything if it is not used.</param>
    /// <param name="lower">The number that belongs to the lower element.</param>
    /// <param name="upper">The number that belongs to the upper element.</param>
    /// <param name="total">The term that the pair adds to a sum over all pairs.</param>
    static abstract TVector Invoke<TVector, TLanes>(TVector d, TVector e, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>;

    /// <summary>Whether the numbers of the elements are used by <see cref="Tail"/>.</summary>
    static abstract bool HasNumbers { get; }

    /// <summary>Whether the excess is used by <see cref="Tail"/>.</summary>
    static abstract bool HasExcess { get; }

    /// <summary>Sums the terms that the elements far on one side add to an element, beyond the distance itself.</summary>
    /// <param name="sums">Sums over those elements.</param>
    /// <param name="own">The number that belongs to the element.</param>
    /// <param name="isUpper">Whether they are below it.</param>
    /// <param name="total">The terms that its pairs with elements below it add to a sum over all pairs; 0 for elements above it.</param>
    static abstract double Tail(in TailSums sums, double own, bool isUpper, out double total);
}

/// <summary>The distance itself.</summary>
internal readonly struct DistanceTerm<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => false;

    public static bool IsExponential => TDistance.IsExponential;

    public static bool HasNumbers => false;

    public static bool HasExcess => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector e, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        total = TLanes.Constant(0);
        return TDistance.Value<TVector, TLanes>(d, e);
    }

    public static double Tail(in TailSums sums, double own, bool isUpper, out double total)
    {
        total = 0;
        return sums.Value;
    }
}

/// <summary>By how much the distance is not proportional to d.</summary>
internal readonly struct DistanceExcess<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => false;

    public static bool IsExponential => TDistance.IsExponential;

    public static bool HasNumbers => false;

    public static bool HasExcess => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector e, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        total = TLanes.Constant(0);
        return TDistance.Excess<TVector, TLanes>(d, e);
    }

    public static double Tail(in TailSums sums, double own, bool isUpper, out double total)
    {
        total = 0;
        return sums.Excess;
    }
}

/// <summary>The tangent of the distance for those of the elements.</summary>
internal readonly struct DistanceTangent<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => false;

    public static bool IsExponential => TDistance.IsExponential;

    public static bool HasNumbers => true;

    public static bool HasExcess => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector e, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        total = TLanes.Constant(0);
        return TLanes.Multiply(TDistance.Slope<TVector, TLanes>(d, e), TLanes.Subtract(upper, lower));
    }

    public static double Tail(in TailSums sums, double own, bool isUpper, out double total)
    {
        total = 0;
        var tangent = (own * sums.Slope) - sums.WeightedSlope;
        return isUpper ? tangent : -tangent;
    }
}

/// <summary>
/// The cotangent of the upper element, and minus that of the lower one, for the cotangents of the sums of both; and the excess weighted by these.
/// </summary>
internal readonly struct DistanceCotangent<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => true;

    public static bool IsExponential => TDistance.IsExponential;

    public static bool HasNumbers => true;

    public static bool HasExcess => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector e, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        var cotangent = TLanes.Add(lower, upper);
        total = TLanes.Multiply(TDistance.Excess<TVector, TLanes>(d, e), cotangent);
        return TLanes.Multiply(TDistance.Slope<TVector, TLanes>(d, e), cotangent);
    }

    public static double Tail(in TailSums sums, double own, bool isUpper, out double total)
    {
        total = isUpper ? (own * sums.Excess) + sums.WeightedExcess : 0;
        var cotangent = (own * sums.Slope) + sums.WeightedSlope;
        return isUpper ? cotangent : -cotangent;
    }
}

/// <summary>Adds up a term over all pairs of sorted elements that are less than a reach apart.</summary>
/// <param name="reach">The reach.</param>
/// <param name="count">How many elements.</param>
/// <param name="keys">The sorted elements, followed by <see cref="VectorKernel.Padding"/> numbers out of reach.</param>
/// <param name="numbers">A number for each element and the padding.</param>
/// <param name="exponentials">Memory as long as the numbers.</param>
/// <param name="sums">The sum for each element is added here; what is added to the padding is 0.</param>
internal ref struct PairKernel<TTerm>(
    double reach, int count, ReadOnlySpan<double> keys, ReadOnlySpan<double> numbers, Span<double> exponentials, Span<double> sums)
    : IVectorKernel<double>
    where TTerm : struct, IPairTerm
{
    // exp(a - b) is exp(a - c) exp(c - b). The second factor is reused for this many successive a, unless they are far from c.
    private const int Block = 16, BlockWidth = 300;

    private readonly ReadOnlySpan<double> _keys = keys, _numbers = numbers;
    private readonly Span<double> _exponentials = exponentials, _sums = sums;

    /// <summary>The terms of the pairs in the sum over all pairs.</summary>
    public double Total { get; private set; }

    public void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        ref var keys = ref MemoryMarshal.GetReference(_keys);
        ref var numbers = ref MemoryMarshal.GetReference(_numbers);
        ref var exponentials = ref MemoryMarshal.GetReference(_exponentials);
        ref var sums = ref MemoryMarshal.GetReference(_sums);
        var zero = TLanes.Constant(0);
        var all = zero;
        var (end, blockStart) = (0, -Block);
        for (var i = 0; i < count - 1; i++)
        {
            while (end < count && _keys[end] - _keys[i] < reach) end++;
            if (end == i + 1) continue;
            var scale = zero;
            if (TTerm.IsExponential)
            {
                if (i - blockStart >= Block || _keys[i] - _keys[blockStart] > BlockWidth)
                {
                    blockStart = i;
                    Prepare(i);
                }

                scale = TLanes.Broadcast(Math.Exp(_keys[i] - _keys[blockStart]));
            }

            var key = TLanes.Broadcast(_keys[i]);
            var number = TLanes.Broadcast(_numbers[i]);
            var own = zero;
            var (j, width) = ((nuint)i + 1, (nuint)TLanes.Count);
            for (; j + width <= (nuint)end; j += width)
            {
                var term = Term<TVector, TLanes>(ref keys, ref numbers, ref exponentials, j, key, number, scale, out _, out var total);
                own = TLanes.Add(own, term);
                all = TLanes.Add(all, total);
                TLanes.Store(TLanes.Add(TLanes.Load(ref sums, j), term), ref sums, j);
            }

            if (j < (nuint)end)
            {
                // As elements are sorted, only this vector has some that are out of reach.
                var term = Term<TVector, TLanes>(ref keys, ref numbers, ref exponentials, j, key, number, scale, out var d, out var total);
                var isNear = TLanes.Less(d, TLanes.Broadcast(reach));
                term = TLanes.Select(isNear, term, zero);
                own = TLanes.Add(own, term);
                all = TLanes.Add(all, TLanes.Select(isNear, total, zero));
                TLanes.Store(TLanes.Add(TLanes.Load(ref sums, j), term), ref sums, j);
            }

            var sum = VectorKernel.Total<double, TVector, TLanes>(own);
            _sums[i] += TTerm.IsOdd ? -sum : sum;
        }

        Total = VectorKernel.Total<double, TVector, TLanes>(all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Term<TVector, TLanes>(
        ref double keys, ref double numbers, ref double exponentials, nuint j, TVector key, TVector number, TVector scale, out TVector d, out TVector total)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        d = TLanes.Subtract(TLanes.Load(ref keys, j), key);
        var e = TTerm.IsExponential ? TLanes.Multiply(TLanes.Load(ref exponentials, j), scale) : d;
        return TTerm.Invoke<TVector, TLanes>(d, e, number, TLanes.Load(ref numbers, j), out total);
    }

    // exp(c - b) for the b that the elements of a block from c on may be near.
    private readonly void Prepare(int start)
    {
        var last = start;
        while (last + 1 < Math.Min(start + Block, count) && _keys[last + 1] - _keys[start] <= BlockWidth) last++;
        var end = last + 1;
        while (end < count && _keys[end] - _keys[last] < reach) end++;
        end += VectorKernel.Padding;
        Lanewise.Map(_keys[start..end], _exponentials[start..end], new Rest<double>(_keys[start]));
        Lanewise.Map(_exponentials[start..end], _exponentials[start..end], default(Exp<double>));
    }
}
