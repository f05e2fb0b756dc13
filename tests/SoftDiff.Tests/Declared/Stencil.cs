namespace SoftDiff.Tests.Declared;

/// <summary>A sum over neighbours, of which an object says how far they are and when they count.</summary>
public sealed partial class Stencil(int[] offsets, double threshold)
{
    private readonly int[] _offsets = offsets;
    private readonly double _threshold = threshold;

    [Differentiable]
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = 0;
            for (var k = 0; k < _offsets.Length; k++) y[i] += x[(i + _offsets[k]) % x.Length] * (k + 1);
            if (_threshold > 0) y[i] *= x[0];
        }
    }

    [Jacobian(nameof(Apply), Sparse = true)]
    public partial SparseMatrix<double> ApplySparse(ReadOnlySpan<double> x, Span<double> y);

    [Jacobian(nameof(Apply))]
    public partial void ApplyDense(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);
}
