using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>The sum of the rows of a matrix, each times its coefficient.</summary>
/// <param name="coefficients">One for each row.</param>
/// <param name="matrix">The rows, one after the other, each as long as the result.</param>
/// <param name="result">Is overwritten.</param>
internal readonly ref struct RowCombination(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> matrix, Span<double> result) : IVectorKernel<double>
{
    private const int Together = 4;

    private readonly ReadOnlySpan<double> _coefficients = coefficients;
    private readonly ReadOnlySpan<double> _matrix = matrix[..(coefficients.Length * result.Length)];
    private readonly Span<double> _result = result;

    public void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var n = _result.Length;
        var i = 0;
        for (; i + (Together * TLanes.Count) <= n; i += Together * TLanes.Count) Four<TVector, TLanes>(i);
        for (; i + TLanes.Count <= n; i += TLanes.Count) One<TVector, TLanes>(i);
        for (; i < n; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < _coefficients.Length; k++) sum += _coefficients[k] * _matrix[(k * n) + i];
            _result[i] = sum;
        }
    }

    private void Four<TVector, TLanes>(int i)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        ref var from = ref MemoryMarshal.GetReference(_matrix);
        ref var to = ref MemoryMarshal.GetReference(_result);
        var width = (nuint)TLanes.Count;
        var (sum0, sum1, sum2, sum3) = (TLanes.Constant(0), TLanes.Constant(0), TLanes.Constant(0), TLanes.Constant(0));
        var at = (nuint)i;
        foreach (var coefficient in _coefficients)
        {
            var factor = TLanes.Broadcast(coefficient);
            sum0 = TLanes.MultiplyAdd(factor, TLanes.Load(ref from, at), sum0);
            sum1 = TLanes.MultiplyAdd(factor, TLanes.Load(ref from, at + width), sum1);
            sum2 = TLanes.MultiplyAdd(factor, TLanes.Load(ref from, at + (2 * width)), sum2);
            sum3 = TLanes.MultiplyAdd(factor, TLanes.Load(ref from, at + (3 * width)), sum3);
            at += (nuint)_result.Length;
        }

        TLanes.Store(sum0, ref to, (nuint)i);
        TLanes.Store(sum1, ref to, (nuint)i + width);
        TLanes.Store(sum2, ref to, (nuint)i + (2 * width));
        TLanes.Store(sum3, ref to, (nuint)i + (3 * width));
    }

    private void One<TVector, TLanes>(int i)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        ref var from = ref MemoryMarshal.GetReference(_matrix);
        var sum = TLanes.Constant(0);
        var at = (nuint)i;
        foreach (var coefficient in _coefficients)
        {
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(coefficient), TLanes.Load(ref from, at), sum);
            at += (nuint)_result.Length;
        }

        TLanes.Store(sum, ref MemoryMarshal.GetReference(_result), (nuint)i);
    }
}
