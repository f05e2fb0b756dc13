namespace SoftDiff;

/// <summary>
/// Arrays along common axes, a block of elements at a time in row-major order. An array without gaps that is not repeated is used where it lies;
/// for the others there is memory between. Gradients of repeated arrays are summed in double.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct BroadcastLayout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of elements of a block.</summary>
    public const int Block = 512;

    private readonly StridedArrays<T> _arrays;
    private readonly ReadOnlySpan<nint> _lengths;
    private readonly ReadOnlySpan<nint> _strides;
    private readonly int _pitch;

    // One bit for each array.
    private readonly int _flat, _repeated;

    /// <summary>The axes as <see cref="BroadcastAxes"/> leaves them.</summary>
    public BroadcastLayout(in StridedArrays<T> arrays, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        _arrays = arrays;
        _lengths = lengths;
        _strides = strides;
        _pitch = strides.Length / StridedArrays<T>.Count;
        nint count = 1;
        foreach (var length in lengths) count = checked(count * length);
        Count = checked((int)count);

        IsFlat = true;
        for (var number = 0; number < StridedArrays<T>.Count; number++)
        {
            if (arrays[number].IsEmpty) continue;
            var (isFlat, isRepeated, step) = (true, false, (nint)1);
            for (var axis = lengths.Length - 1; axis >= 0; axis--)
            {
                var stride = Strides(number)[axis];
                isFlat &= stride == step;
                isRepeated |= stride == 0;
                step *= lengths[axis];
            }

            if (isFlat) _flat |= 1 << number;
            if (isRepeated) _repeated |= 1 << number;
            if (isRepeated && number >= StridedArrays<T>.FirstGradient) SumLength += arrays[number].Memory.Length;
            IsFlat &= isFlat;
        }
    }

    /// <summary>The number of elements of the arrays taken together.</summary>
    public int Count { get; }

    /// <summary>Whether all arrays are used where they lie.</summary>
    public bool IsFlat { get; }

    /// <summary>How many numbers the sums for repeated gradients take.</summary>
    public int SumLength { get; }

    /// <summary>The elements from <paramref name="start"/> on; of inputs that do not lie flat, copies.</summary>
    public PointwiseSpans<T> Spans(int start, int length, Span<T> between) => new()
    {
        X = Read(0, start, length, between),
        Y = Read(1, start, length, between),
        Z = Read(2, start, length, between),
        TX = Read(StridedArrays<T>.FirstTangent, start, length, between),
        TY = Read(StridedArrays<T>.FirstTangent + 1, start, length, between),
        TZ = Read(StridedArrays<T>.FirstTangent + 2, start, length, between),
        CValue = Read(StridedArrays<T>.Cotangent, start, length, between),
        Value = Target(StridedArrays<T>.Result, start, length, between),
        TValue = Target(StridedArrays<T>.ResultTangent, start, length, between),
        DX = Target(StridedArrays<T>.FirstGradient, start, length, between),
        DY = Target(StridedArrays<T>.FirstGradient + 1, start, length, between),
        DZ = Target(StridedArrays<T>.FirstGradient + 2, start, length, between),
    };

    /// <summary>Brings what was written to the memory between where it belongs.</summary>
    public void Deliver(int start, scoped in PointwiseSpans<T> spans, Span<double> sums)
    {
        Deliver(StridedArrays<T>.Result, start, spans.Value, ref sums);
        Deliver(StridedArrays<T>.ResultTangent, start, spans.TValue, ref sums);
        Deliver(StridedArrays<T>.FirstGradient, start, spans.DX, ref sums);
        Deliver(StridedArrays<T>.FirstGradient + 1, start, spans.DY, ref sums);
        Deliver(StridedArrays<T>.FirstGradient + 2, start, spans.DZ, ref sums);
    }

    /// <summary>Brings the sums where they belong.</summary>
    public void DeliverSums(ReadOnlySpan<double> sums)
    {
        for (var number = StridedArrays<T>.FirstGradient; number < StridedArrays<T>.Count; number++)
        {
            if (!Has(_repeated, number)) continue;
            var array = _arrays[number];
            Strided.Convert(sums[..array.Memory.Length], array.Memory, array.Lengths, array.Strides);
            sums = sums[array.Memory.Length..];
        }
    }

    private static bool Has(int bits, int number) => (bits >> number & 1) != 0;

    private ReadOnlySpan<nint> Strides(int number) => _strides.Slice(number * _pitch, _lengths.Length);

    private Span<T> Target(int number, int start, int length, Span<T> between)
    {
        var memory = _arrays[number].Memory;
        return memory.IsEmpty ? default : Has(_flat, number) ? memory.Slice(start, length) : between.Slice(number * Block, length);
    }

    private ReadOnlySpan<T> Read(int number, int start, int length, Span<T> between)
    {
        var span = Target(number, start, length, between);
        if (!span.IsEmpty && !Has(_flat, number)) Strided.Gather(_arrays[number].Memory, _lengths, Strides(number), start, span);
        return span;
    }

    private void Deliver(int number, int start, ReadOnlySpan<T> block, scoped ref Span<double> sums)
    {
        var memory = _arrays[number].Memory;
        if (Has(_repeated, number))
        {
            Strided.Accumulate(sums[..memory.Length], _lengths, Strides(number), start, block);
            sums = sums[memory.Length..];
        }
        else if (!memory.IsEmpty && !Has(_flat, number))
        {
            Strided.Scatter(memory, _lengths, Strides(number), start, block);
        }
    }
}
