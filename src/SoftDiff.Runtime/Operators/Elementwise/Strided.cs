using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Moves runs of elements between a block without gaps and memory with strides. The lengths have at least one axis.</summary>
internal static class Strided
{
    // Arrays of more axes are rare enough for their positions to be allocated.
    private const int FewAxes = 16;

    // As many floats are widened at a time as pay for their memory.
    private const int Wide = 64;

    public static void Gather<T>(ReadOnlySpan<T> memory, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, nint start, Span<T> block)
    {
        var cursor = new Cursor(lengths, lengths.Length <= FewAxes ? stackalloc nint[lengths.Length] : new nint[lengths.Length], start);
        var stride = (int)strides[^1];
        while (!block.IsEmpty)
        {
            var (run, at) = (Math.Min(cursor.Left, block.Length), cursor.Offset(strides));
            if (stride == 1) memory.Slice(at, run).CopyTo(block);
            else if (stride == 0) block[..run].Fill(memory[at]);
            else for (var i = 0; i < run; i++) block[i] = memory[at + (i * stride)];
            cursor.Advance(run);
            block = block[run..];
        }
    }

    public static void Scatter<T>(Span<T> memory, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, nint start, ReadOnlySpan<T> block)
    {
        var cursor = new Cursor(lengths, lengths.Length <= FewAxes ? stackalloc nint[lengths.Length] : new nint[lengths.Length], start);
        var stride = (int)strides[^1];
        while (!block.IsEmpty)
        {
            var (run, at) = (Math.Min(cursor.Left, block.Length), cursor.Offset(strides));
            if (stride == 1) block[..run].CopyTo(memory[at..]);
            else for (var i = 0; i < run; i++) memory[at + (i * stride)] = block[i];
            cursor.Advance(run);
            block = block[run..];
        }
    }

    /// <summary>Adds the elements to those in memory, several to one where a stride is 0.</summary>
    public static void Accumulate<T>(Span<double> memory, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, nint start, ReadOnlySpan<T> block)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cursor = new Cursor(lengths, lengths.Length <= FewAxes ? stackalloc nint[lengths.Length] : new nint[lengths.Length], start);
        var stride = (int)strides[^1];
        while (!block.IsEmpty)
        {
            var (run, at) = (Math.Min(cursor.Left, block.Length), cursor.Offset(strides));
            if (stride == 0) memory[at] += Sum(block[..run]);
            else for (var i = 0; i < run; i++) memory[at + (i * stride)] += double.CreateTruncating(block[i]);
            cursor.Advance(run);
            block = block[run..];
        }
    }

    /// <summary>Rounds the elements of one array to those of another that is laid out alike.</summary>
    public static void Convert<T>(ReadOnlySpan<double> from, Span<T> to, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cursor = new Cursor(lengths, lengths.Length <= FewAxes ? stackalloc nint[lengths.Length] : new nint[lengths.Length], 0);
        nint count = 1;
        foreach (var length in lengths) count *= length;
        for (; count > 0; count--, cursor.Advance(1))
        {
            var at = cursor.Offset(strides);
            to[at] = T.CreateTruncating(from[at]);
        }
    }

    /// <summary>The sum, in double from the first addition on: in float many like numbers would be rounded to the same side.</summary>
    public static double Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) return Lanewise.Sum(x, x, default(First<T>));
        var total = 0.0;
        if (x.Length >= Wide)
        {
            Span<double> wide = stackalloc double[Wide];
            for (; x.Length >= Wide; x = x[Wide..])
            {
                TensorPrimitives.ConvertTruncating(x[..Wide], wide);
                total += Lanewise.Sum(wide, wide, default(First<double>));
            }
        }

        foreach (var element in x) total += double.CreateTruncating(element);
        return total;
    }
}
