using System.Numerics.Tensors;

namespace SoftDiff.Tests.Declared;

/// <summary>Methods whose Jacobians are sparse, each with the sparse and the dense one.</summary>
public static partial class SparseJacobians
{
    /// <summary>A band of width 3.</summary>
    [Differentiable]
    public static void Band(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            var s = (2 + x[i]) * x[i] * x[i];
            if (i > 0) s -= x[i - 1] * x[i];
            if (i + 1 < x.Length) s -= Math.Sin(x[i + 1]);
            y[i] = s;
        }
    }

    [Jacobian(nameof(Band), Sparse = true)]
    public static partial SparseMatrix<double> BandSparse(ReadOnlySpan<double> x, Span<double> y);

    [Jacobian(nameof(Band), Sparse = true, Mode = DiffMode.Reverse)]
    public static partial SparseMatrix<double> BandByRows(ReadOnlySpan<double> x, Span<double> y);

    [Jacobian(nameof(Band))]
    public static partial void BandDense(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);

    /// <summary>What integers say to take, and a bool how.</summary>
    [Differentiable]
    public static void Gather(ReadOnlySpan<double> x, ReadOnlySpan<int> at, bool twice, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++) y[i] = twice ? x[at[i]] * x[at[(i + 1) % at.Length]] : Math.Exp(x[at[i]]);
    }

    [Jacobian(nameof(Gather), Sparse = true)]
    public static partial SparseMatrix<double> GatherSparse(ReadOnlySpan<double> x, ReadOnlySpan<int> at, bool twice, Span<double> y);

    [Jacobian(nameof(Gather))]
    public static partial void GatherDense(ReadOnlySpan<double> x, ReadOnlySpan<int> at, bool twice, Span<double> y, Span<double> jacobian);

    /// <summary>What a tensor of integers says to take.</summary>
    [Differentiable]
    public static void Pick(ReadOnlySpan<double> x, ReadOnlyTensorSpan<int> at, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++) y[i] = x[at[i, 0]] * x[at[i, 1]];
    }

    [Jacobian(nameof(Pick), Sparse = true)]
    public static partial SparseMatrix<double> PickSparse(ReadOnlySpan<double> x, ReadOnlyTensorSpan<int> at, Span<double> y);

    [Jacobian(nameof(Pick))]
    public static partial void PickDense(ReadOnlySpan<double> x, ReadOnlyTensorSpan<int> at, Span<double> y, Span<double> jacobian);

    /// <summary>Which elements <see cref="Look"/> takes. A static array cannot be replaced, but its elements can.</summary>
    public static readonly int[] Places = [0, 1, 2];

    /// <summary>Which of two elements <see cref="Look"/> takes.</summary>
    public static readonly double[] Weights = [1, 0, 2];

    /// <summary>What static arrays say to take.</summary>
    [Differentiable]
    public static void Look(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++) y[i] = Weights[i] > 0.5 ? Weights[i] * x[Places[i]] : x[0] * x[0];
    }

    [Jacobian(nameof(Look), Sparse = true)]
    public static partial SparseMatrix<double> LookSparse(ReadOnlySpan<double> x, Span<double> y);

    [Jacobian(nameof(Look))]
    public static partial void LookDense(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);

    /// <summary>Branches on floats, each with inputs of its own, and stores in both.</summary>
    [Differentiable]
    public static void Upwind(ReadOnlySpan<double> u, [NonDifferentiable] double threshold, Span<double> y)
    {
        for (var i = 1; i + 1 < u.Length; i++)
        {
            var slope = u[i] > threshold ? u[i] - u[i - 1] : u[i + 1] - u[i];
            if (slope > 1) y[i] = slope;
            else y[0] += slope * slope;
        }
    }

    [Jacobian(nameof(Upwind), Sparse = true, Wrt = ["u"])]
    public static partial SparseMatrix<double> UpwindSparse(ReadOnlySpan<double> u, double threshold, Span<double> y);

    [Jacobian(nameof(Upwind), Wrt = ["u"])]
    public static partial void UpwindDense(ReadOnlySpan<double> u, double threshold, Span<double> y, Span<double> jacobian);

    /// <summary>A loop that ends when floats say so, and an index that comes from floats.</summary>
    [Differentiable]
    public static void Settle(ReadOnlySpan<double> x, ReadOnlySpan<double> table, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            var s = x[i];
            while (Math.Abs(s) > 0.1) s *= 0.5 * Math.Cos(x[(i + 1) % x.Length]);
            for (var k = 0; k < 3; k++)
            {
                s += x[(i + k) % x.Length];
                if (s > 2) break;
            }

            y[i] = s * table[Math.Clamp((int)s, 0, table.Length - 1)];
        }
    }

    [Jacobian(nameof(Settle), Sparse = true, Wrt = ["x"])]
    public static partial SparseMatrix<double> SettleSparse(ReadOnlySpan<double> x, ReadOnlySpan<double> table, Span<double> y);

    [Jacobian(nameof(Settle), Wrt = ["x"])]
    public static partial void SettleDense(ReadOnlySpan<double> x, ReadOnlySpan<double> table, Span<double> y, Span<double> jacobian);

    /// <summary>
    /// A value that no derivative passes, one that does not depend on its input, and two halves of an array that is reused.
    /// </summary>
    [Differentiable]
    public static double Scratch(ReadOnlySpan<double> x, int n, Span<double> y)
    {
        Span<double> held = stackalloc double[2];
        for (var i = 0; i < n; i++)
        {
            held.Clear();
            held[i % 2] = x[i];
            y[i] = held[0] + (Diff.StopGradient(x[0]) * held[1]) + Math.Floor(x[n - 1]);
        }

        return x[n - 1] * x[n - 1];
    }

    [Jacobian(nameof(Scratch), Sparse = true)]
    public static partial SparseMatrix<double> ScratchSparse(ReadOnlySpan<double> x, int n, Span<double> y);

    [Jacobian(nameof(Scratch))]
    public static partial double ScratchDense(ReadOnlySpan<double> x, int n, Span<double> y, Span<double> jacobian);

    /// <summary>Calls itself as often as an integer says.</summary>
    [Differentiable]
    public static void Halves(ReadOnlySpan<double> x, int depth, Span<double> y) => y[0] = Sum(x, depth);

    private static double Sum(ReadOnlySpan<double> x, int depth) =>
        depth == 0 ? x[0] : (Sum(x.Slice(0, x.Length / 2), depth - 1) * 2) + Math.Exp(x[^1]);

    [Jacobian(nameof(Halves), Sparse = true)]
    public static partial SparseMatrix<double> HalvesSparse(ReadOnlySpan<double> x, int depth, Span<double> y);

    [Jacobian(nameof(Halves))]
    public static partial void HalvesDense(ReadOnlySpan<double> x, int depth, Span<double> y, Span<double> jacobian);

    /// <summary>A function whose gradient has a sparse Jacobian: its Hessian.</summary>
    [Differentiable]
    public static double Chain(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (var i = 0; i + 1 < x.Length; i++) sum += (100 * (x[i + 1] - (x[i] * x[i])) * (x[i + 1] - (x[i] * x[i]))) + ((1 - x[i]) * (1 - x[i]));
        return sum;
    }

    [Gradient(nameof(Chain))]
    public static partial void ChainGradient(ReadOnlySpan<double> x, Span<double> gradient);

    [Jacobian(nameof(ChainGradient), Sparse = true)]
    public static partial SparseMatrix<double> ChainSparseHessian(ReadOnlySpan<double> x, Span<double> gradient);

    [Hessian(nameof(Chain))]
    public static partial void ChainHessian(ReadOnlySpan<double> x, Span<double> hessian);

    /// <summary>Row sums: a long row needs one sweep in reverse mode.</summary>
    [Differentiable]
    public static double Total(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * x[i];
        return sum;
    }

    [Jacobian(nameof(Total), Sparse = true)]
    public static partial SparseMatrix<double> TotalSparse(ReadOnlySpan<double> x);

    [Jacobian(typeof(Jacobians), nameof(Jacobians.Residuals), Sparse = true)]
    public static partial SparseMatrix<double> ResidualsSparse(ReadOnlySpan<double> x, double shift, Span<double> y);

    [Jacobian(typeof(Jacobians), nameof(Jacobians.Everything), Wrt = ["x", "z", "state"], Sparse = true, Mode = DiffMode.Forward)]
    public static partial SparseMatrix<double> EverythingForward(double x, ref double z, out double u, Span<double> state);

    [Jacobian(typeof(Jacobians), nameof(Jacobians.Everything), Wrt = ["x", "z", "state"], Sparse = true, Mode = DiffMode.Reverse)]
    public static partial SparseMatrix<double> EverythingReverse(double x, ref double z, out double u, Span<double> state);

    [Jacobian(typeof(Jacobians), nameof(Jacobians.Everything), Sparse = true)]
    public static partial SparseMatrix<double> EverythingAuto(double x, ref double z, out double u, Span<double> state);

    [Jacobian(typeof(Jacobians), nameof(Jacobians.Dot), Sparse = true)]
    public static partial SparseMatrix<double> DotSparse(ReadOnlySpan<double> a, ReadOnlySpan<float> b);
}
