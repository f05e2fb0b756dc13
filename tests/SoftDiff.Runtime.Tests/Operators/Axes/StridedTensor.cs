using System.Numerics.Tensors;
using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.Operators.Axes;

/// <summary>How the elements of a tensor lie in its memory.</summary>
public enum MemoryLayout
{
    /// <summary>In order.</summary>
    Dense,

    /// <summary>In the order of the axes reversed, as a transposed array.</summary>
    Transposed,

    /// <summary>In order with gaps between the elements, as a part of a larger array.</summary>
    Sliced,
}

/// <summary>A tensor in memory of its own. What lies between its elements is NaN, and must stay so.</summary>
internal sealed class StridedTensor
{
    private readonly double[] _memory;
    private readonly nint[] _lengths;
    private readonly nint[] _strides;

    public StridedTensor(int[] shape, MemoryLayout layout)
    {
        _lengths = Array.ConvertAll(shape, n => (nint)n);
        _strides = new nint[shape.Length];
        var (step, gap) = ((nint)1, layout == MemoryLayout.Sliced ? 1 : 0);
        for (var i = 0; i < shape.Length; i++)
        {
            var d = layout == MemoryLayout.Transposed ? i : shape.Length - 1 - i;
            if (gap > 0) step *= 2;
            _strides[d] = shape[d] == 1 ? 0 : step;
            step *= shape[d] + gap;
        }

        _memory = new double[Math.Max(1, step)];
        Array.Fill(_memory, double.NaN);
    }

    public TensorSpan<double> Span => new(_memory, _lengths, _strides);

    public int Length => (int)Span.FlattenedLength;

    public double[] Elements
    {
        get
        {
            var elements = new double[Length];
            Span.FlattenTo(elements);
            return elements;
        }
    }

    /// <summary>The elements of a dense tensor in order.</summary>
    public Span<double> Row => _memory.AsSpan(0, Length);

    /// <summary>The same to be lent to an operator, as a tensor or, if it is dense, as a span.</summary>
    public Block<double> Block => new(_memory, Array.ConvertAll(_lengths, n => (int)n)) { Strides = _strides };

    /// <summary>How many numbers lie between the elements.</summary>
    public int Gaps => _memory.Length - Length;

    public int NaNs => _memory.Count(double.IsNaN);

    public static StridedTensor Of(int[] shape, MemoryLayout layout, Func<int, double> element)
    {
        var tensor = new StridedTensor(shape, layout);
        if (tensor.Length == 0) return tensor;
        var dense = Enumerable.Range(0, tensor.Length).Select(element).ToArray();
        new ReadOnlyTensorSpan<double>(dense, tensor._lengths).CopyTo(tensor.Span);
        return tensor;
    }
}
