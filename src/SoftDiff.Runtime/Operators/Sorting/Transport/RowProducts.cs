using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>The inner products of one row with those of a matrix, some rows at a time so that the one is not read again for each.</summary>
/// <param name="row">The row.</param>
/// <param name="matrix">The rows it is multiplied with, one after the other.</param>
/// <param name="products">Receives the products, one for each row of the matrix.</param>
internal readonly ref struct RowProducts(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, Span<double> products) : IVectorKernel<double>
{
    private const int Together = 4;

    private readonly ReadOnlySpan<double> _row = row;
    private readonly ReadOnlySpan<double> _matrix = matrix;
    private readonly Span<double> _products = products;

    public void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var k = 0;
        for (; k + Together <= _products.Length; k += Together) Four<TVector, TLanes>(k);
        for (; k < _products.Length; k++) _products[k] = Lanewise.Sum(_row, _matrix.Slice(k * _row.Length, _row.Length), default(Product<double>));
    }

    private void Four<TVector, TLanes>(int k)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var n = _row.Length;
        var rows = _matrix.Slice(k * n, Together * n);
        ref var a = ref MemoryMarshal.GetReference(_row);
        ref var b = ref MemoryMarshal.GetReference(rows);
        var (sum0, sum1, sum2, sum3) = (TLanes.Constant(0), TLanes.Constant(0), TLanes.Constant(0), TLanes.Constant(0));
        var i = 0;
        for (; i + TLanes.Count <= n; i += TLanes.Count)
        {
            var va = TLanes.Load(ref a, (nuint)i);
            sum0 = TLanes.MultiplyAdd(va, TLanes.Load(ref b, (nuint)i), sum0);
            sum1 = TLanes.MultiplyAdd(va, TLanes.Load(ref b, (nuint)(i + n)), sum1);
            sum2 = TLanes.MultiplyAdd(va, TLanes.Load(ref b, (nuint)(i + (2 * n))), sum2);
            sum3 = TLanes.MultiplyAdd(va, TLanes.Load(ref b, (nuint)(i + (3 * n))), sum3);
        }

        var (rest0, rest1, rest2, rest3) = (0.0, 0.0, 0.0, 0.0);
        for (; i < n; i++)
        {
            rest0 += _row[i] * rows[i];
            rest1 += _row[i] * rows[i + n];
            rest2 += _row[i] * rows[i + (2 * n)];
            rest3 += _row[i] * rows[i + (3 * n)];
        }

        _products[k] = VectorKernel.Total<double, TVector, TLanes>(sum0) + rest0;
        _products[k + 1] = VectorKernel.Total<double, TVector, TLanes>(sum1) + rest1;
        _products[k + 2] = VectorKernel.Total<double, TVector, TLanes>(sum2) + rest2;
        _products[k + 3] = VectorKernel.Total<double, TVector, TLanes>(sum3) + rest3;
    }
}
