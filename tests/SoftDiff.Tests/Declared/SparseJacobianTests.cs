using System.Numerics.Tensors;

namespace SoftDiff.Tests.Declared;

public sealed class SparseJacobianTests
{
    private delegate void Dense(Span<double> y, Span<double> jacobian);

    private delegate SparseMatrix<double> Sparse(Span<double> y);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(200, 3)]
    public void A_band_has_one_sweep_for_each_diagonal(int n, int sweeps)
    {
        var x = Numbers(n);
        var matrix = Agree(n, n, y => SparseJacobians.BandSparse(x, y), (y, j) => SparseJacobians.BandDense(x, y, j));
        Assert.Equal(sweeps, matrix.Sweeps);
        Assert.Equal((3 * n) - 2, matrix.Values.Length);
        var byRows = Agree(n, n, y => SparseJacobians.BandByRows(x, y), (y, j) => SparseJacobians.BandDense(x, y, j));
        Assert.Equal(sweeps, byRows.Sweeps);
    }

    [Fact]
    public void A_long_band_has_three_sweeps()
    {
        var (x, y) = (Numbers(10_000), new double[10_000]);
        Assert.Equal(3, SparseJacobians.BandSparse(x, y).Sweeps);
    }

    [Fact]
    public void The_pattern_follows_the_integers_and_bools_of_each_call()
    {
        var x = Numbers(5);
        foreach (var twice in new[] { false, true, false })
        {
            foreach (var at in new int[][] { [0, 1, 2], [4, 4, 3], [4, 1, 3], [2] })
            {
                var matrix = Agree(at.Length, 5, y => SparseJacobians.GatherSparse(x, at, twice, y), (y, j) => SparseJacobians.GatherDense(x, at, twice, y, j));
                for (var i = 0; i < at.Length; i++)
                {
                    int[] expected = twice ? [.. new[] { at[i], at[(i + 1) % at.Length] }.Distinct().Order()] : [at[i]];
                    Assert.Equal(expected, matrix.Columns[matrix.RowPointers[i]..matrix.RowPointers[i + 1]]);
                }
            }
        }
    }

    [Fact]
    public void The_pattern_follows_a_tensor_of_integers()
    {
        var x = Numbers(5);
        foreach (var at in new int[][] { [0, 1, 2, 3], [4, 3, 2, 1], [4, 3, 0, 0] })
        {
            Agree(
                2, 5, y => SparseJacobians.PickSparse(x, new ReadOnlyTensorSpan<int>(at, [2, 2]), y),
                (y, j) => SparseJacobians.PickDense(x, new ReadOnlyTensorSpan<int>(at, [2, 2]), y, j));
        }
    }

    [Fact]
    public void The_pattern_follows_static_arrays_whose_elements_change()
    {
        var x = Numbers(5);
        foreach (var (places, weights) in new (int[], double[])[] { ([0, 1, 2], [1, 0, 2]), ([4, 3, 2], [1, 0, 2]), ([4, 3, 2], [0, 3, 1]) })
        {
            places.CopyTo(SparseJacobians.Places, 0);
            weights.CopyTo(SparseJacobians.Weights, 0);
            Agree(3, 5, y => SparseJacobians.LookSparse(x, y), (y, j) => SparseJacobians.LookDense(x, y, j));
        }
    }

    [Fact]
    public void The_pattern_has_all_branches()
    {
        var random = new Random(3);
        int[]? columns = null;
        for (var run = 0; run < 20; run++)
        {
            double[] u = [.. Enumerable.Range(0, 8).Select(_ => (4 * random.NextDouble()) - 2)];
            var matrix = Agree(8, 8, y => SparseJacobians.UpwindSparse(u, 0.1, y), (y, j) => SparseJacobians.UpwindDense(u, 0.1, y, j));
            Assert.Equal(Enumerable.Range(0, 8), matrix.Columns[..matrix.RowPointers[1]]);
            Assert.Equal([1, 2, 3], matrix.Columns[matrix.RowPointers[2]..matrix.RowPointers[3]]);
            Assert.Equal(columns ?? matrix.Columns, matrix.Columns);
            columns = matrix.Columns;
        }
    }

    [Fact]
    public void Loops_and_indices_may_depend_on_floats()
    {
        var random = new Random(4);
        for (var run = 0; run < 20; run++)
        {
            double[] x = [.. Enumerable.Range(0, 7).Select(_ => (8 * random.NextDouble()) - 4)];
            double[] table = [1, 3, -2];
            var matrix = Agree(7, 7, y => SparseJacobians.SettleSparse(x, table, y), (y, j) => SparseJacobians.SettleDense(x, table, y, j));
            Assert.Equal(21, matrix.Values.Length);
        }
    }

    [Fact]
    public void What_has_no_derivative_has_no_place()
    {
        double[] x = [1.3, 0.4, -2.2, 5];
        double[] jacobian = new double[20], y = new double[4];
        SparseJacobians.ScratchDense(x, 4, y, jacobian);
        var matrix = SparseJacobians.ScratchSparse(x, 4, y);
        Assert.Equal(jacobian, matrix.ToDense());
        Assert.Equal([0, 1, 2, 3, 3], matrix.Columns);
        Assert.Equal([0, 1, 2, 3, 4, 5], matrix.RowPointers);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public void Methods_may_call_themselves(int depth, int columns)
    {
        var x = Numbers(16);
        var matrix = Agree(1, 16, y => SparseJacobians.HalvesSparse(x, depth, y), (y, j) => SparseJacobians.HalvesDense(x, depth, y, j));
        Assert.Equal(columns, matrix.Columns.Length);
    }

    [Fact]
    public void The_Jacobian_of_a_gradient_is_a_sparse_Hessian()
    {
        const int N = 100;
        var (x, gradient, hessian) = (Numbers(N), new double[N], new double[N * N]);
        SparseJacobians.ChainHessian(x, hessian);
        var matrix = SparseJacobians.ChainSparseHessian(x, gradient);
        Differences.AssertClose(hessian, matrix.ToDense(), 1e-12);
        Assert.Equal(3, matrix.Sweeps);
        Assert.Equal((3 * N) - 2, matrix.Values.Length);
    }

    [Fact]
    public void A_long_row_is_one_reverse_sweep()
    {
        var x = Numbers(1_000);
        var matrix = SparseJacobians.TotalSparse(x);
        Assert.Equal((1, 1, 1_000), (matrix.Sweeps, matrix.Rows, matrix.ColumnCount));
        Assert.Equal(x.Select(v => 2 * v), matrix.Values);
    }

    [Fact]
    public void Dense_Jacobians_agree_with_sparse_ones()
    {
        double[] x = [0.4, 0.7, 1.1];
        Agree(4, 4, y => SparseJacobians.ResidualsSparse(x, 0.3, y), (y, j) => Jacobians.ResidualsForward(x, 0.3, y, j));
        Agree(4, 4, y => SparseJacobians.ResidualsSparse(x, 0.3, y), (y, j) => Jacobians.ResidualsReverse(x, 0.3, y, j));
        Assert.Equal([6.25, 4, 10, 2], SparseJacobians.DotSparse([2, 0.5], [2.5f, 2f]).ToDense());
    }

    [Fact]
    public void Results_references_and_buffers_are_rows()
    {
        double[] dense = new double[20], narrow = new double[10], state = [1.5, -0.2];
        var z = -0.4;
        Jacobians.EverythingForward(0.7, ref z, out var u, state, dense);
        (z, double[] again) = (-0.4, [1.5, -0.2]);
        Jacobians.EverythingAuto(0.7, ref z, out _, again, narrow);
        Check(SparseJacobians.EverythingForward, dense);
        Check(SparseJacobians.EverythingReverse, dense);
        Check(SparseJacobians.EverythingAuto, narrow);

        void Check(Declaration sparse, double[] expected)
        {
            var zHere = -0.4;
            double[] stateHere = [1.5, -0.2];
            var matrix = sparse(0.7, ref zHere, out var uHere, stateHere);
            Differences.AssertClose(expected, matrix.ToDense(), 1e-13);
            Assert.Equal((z, u), (zHere, uHere));
            Assert.Equal(state, stateHere);
        }
    }

    [Fact]
    public void Threads_with_different_shapes_do_not_disturb_each_other()
    {
        Parallel.For(0, 400, i =>
        {
            var n = 3 + (i % 5);
            int[] at = [.. Enumerable.Range(0, n).Select(k => (k * (1 + (i % 3))) % n)];
            var x = Numbers(n);
            Agree(n, n, y => SparseJacobians.GatherSparse(x, at, i % 2 == 0, y), (y, j) => SparseJacobians.GatherDense(x, at, i % 2 == 0, y, j));
        });
    }

    [Fact]
    public void The_pattern_follows_the_members_of_the_object()
    {
        var x = Numbers(6);
        foreach (var (offsets, threshold) in new (int[], double)[] { ([0, 1], 0), ([0, 1], 1), ([2], 0), ([2, 3, 5], 0) })
        {
            Stencil stencil = new(offsets, threshold);
            var matrix = Agree(6, 6, y => stencil.ApplySparse(x, y), (y, j) => stencil.ApplyDense(x, y, j));

            // Whether the threshold counts is a float, so the pattern has both branches.
            for (var i = 0; i < 6; i++)
            {
                var expected = offsets.Select(offset => (i + offset) % 6).Append(0).Distinct().Order();
                Assert.Equal(expected, matrix.Columns[matrix.RowPointers[i]..matrix.RowPointers[i + 1]]);
            }
        }
    }

    [Fact]
    public void Bad_arguments_throw_what_the_method_throws()
    {
        Assert.Throws<IndexOutOfRangeException>(() => SparseJacobians.GatherSparse([1], [0, 1], false, new double[2]));
        Assert.Throws<IndexOutOfRangeException>(() => SparseJacobians.BandSparse([1], new double[2]));
        var shared = new double[3];
        Assert.Throws<ArgumentException>(() => SparseJacobians.BandSparse(shared, shared));
        Assert.Equal(7, SparseJacobians.BandSparse(Numbers(3), shared).Values.Length);
    }

    private static double[] Numbers(int n) => [.. Enumerable.Range(0, n).Select(i => 0.4 + (0.3 * Math.Sin(i)))];

    private static SparseMatrix<double> Agree(int rows, int columns, Sparse sparse, Dense dense)
    {
        double[] y = new double[rows], expected = new double[rows], jacobian = new double[rows * columns];
        dense(expected, jacobian);
        var matrix = sparse(y);
        Assert.Equal((rows, columns), (matrix.Rows, matrix.ColumnCount));
        Differences.AssertClose(jacobian, matrix.ToDense(), 1e-13);
        Assert.Equal(expected, y);
        return matrix;
    }

    private delegate SparseMatrix<double> Declaration(double x, ref double z, out double u, Span<double> state);
}
