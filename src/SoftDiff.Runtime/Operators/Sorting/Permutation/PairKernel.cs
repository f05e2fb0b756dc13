using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>What a pair of elements at a distance d ≥ 0 adds to both; the lower one's share may have the other sign.</summary>
internal interface IPairTerm
{
    static abstract bool IsOdd { get; }

    static abstract double Reach { get; }

    /// <param name="d">The distance.</param>
    /// <param name="lower">The number that belongs to the lower element.</param>
    /// <param name="upper">The number that belongs to the upper element.</param>
    /// <param name="total">What the pair adds to a sum over all pairs.</param>
    static abstract TVector Invoke<TVector, TLanes>(TVector d, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>;
}

/// <summary>The distance itself.</summary>
internal readonly struct DistanceTerm<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => false;

    public static double Reach => TDistance.Reach;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        total = TLanes.Constant(0);
        return TDistance.Value<TVector, TLanes>(d);
    }
}

/// <summary>By how much the distance is not proportional to d.</summary>
internal readonly struct DistanceExcess<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => false;

    public static double Reach => TDistance.Reach;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        total = TLanes.Constant(0);
        return TDistance.Excess<TVector, TLanes>(d);
    }
}

/// <summary>The tangent of the distance for those of the elements.</summary>
internal readonly struct DistanceTangent<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => false;

    public static double Reach => TDistance.Reach;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        total = TLanes.Constant(0);
        return TLanes.Multiply(TDistance.Slope<TVector, TLanes>(d), TLanes.Subtract(upper, lower));
    }
}

/// <summary>
/// The cotangent of the upper element, and minus that of the lower one, for the cotangents of the sums of both; and the excess weighted by these.
/// </summary>
internal readonly struct DistanceCotangent<TDistance> : IPairTerm
    where TDistance : struct, ISoftDistance
{
    public static bool IsOdd => true;

    public static double Reach => TDistance.Reach;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector, TLanes>(TVector d, TVector lower, TVector upper, out TVector total)
        where TLanes : struct, ILanes<TVector, double>
    {
        var cotangent = TLanes.Add(lower, upper);
        total = TLanes.Multiply(TDistance.Excess<TVector, TLanes>(d), cotangent);
        return TLanes.Multiply(TDistance.Slope<TVector, TLanes>(d), cotangent);
    }
}

/// <summary>Adds up a term over all pairs of sorted elements that are less than the term's reach apart.</summary>
/// <param name="count">How many elements.</param>
/// <param name="keys">The sorted elements, followed by <see cref="VectorKernel.Padding"/> numbers out of reach.</param>
/// <param name="numbers">A number for each element and the padding.</param>
/// <param name="sums">The sum for each element is added here; what is added to the padding is 0.</param>
internal ref struct PairKernel<TTerm>(int count, ReadOnlySpan<double> keys, ReadOnlySpan<double> numbers, Span<double> sums) : IVectorKernel<double>
    where TTerm : struct, IPairTerm
{
    private readonly ReadOnlySpan<double> _keys = keys, _numbers = numbers;
    private readonly Span<double> _sums = sums;

    /// <summary>What the pairs add to the sum over all of them.</summary>
    public double Total { get; private set; }

    public void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var zero = TLanes.Constant(0);
        var reach = TLanes.Broadcast(TTerm.Reach);
        var all = zero;
        for (var i = 0; i < count - 1; i++)
        {
            var key = TLanes.Broadcast(_keys[i]);
            var number = TLanes.Broadcast(_numbers[i]);
            var own = zero;
            for (var j = i + 1; _keys[j] - _keys[i] < TTerm.Reach; j += TLanes.Count)
            {
                var d = TLanes.Subtract(VectorKernel.Load<TVector, TLanes>(_keys, j), key);
                var term = TTerm.Invoke<TVector, TLanes>(d, number, VectorKernel.Load<TVector, TLanes>(_numbers, j), out var total);
                var isNear = TLanes.Less(d, reach);
                term = TLanes.Select(isNear, term, zero);
                own = TLanes.Add(own, term);
                all = TLanes.Add(all, TLanes.Select(isNear, total, zero));
                VectorKernel.Store<TVector, TLanes>(TLanes.Add(VectorKernel.Load<TVector, TLanes>(_sums, j), term), _sums, j);
            }

            var sum = VectorKernel.Total<TVector, TLanes>(own);
            _sums[i] += TTerm.IsOdd ? -sum : sum;
        }

        Total = VectorKernel.Total<TVector, TLanes>(all);
    }
}
