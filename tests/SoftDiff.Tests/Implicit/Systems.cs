namespace SoftDiff.Tests.Implicit;

/// <summary>Solvers of several equations.</summary>
public static partial class Systems
{
    /// <summary>Solves x² + y = a, e^x y = b by Newton's method from the start that x holds.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(PairResidual))]
    public static void Pair(ReadOnlySpan<double> p, Span<double> x)
    {
        for (var i = 0; i < 40; i++)
        {
            double f = (x[0] * x[0]) + x[1] - p[0], g = (Math.Exp(x[0]) * x[1]) - p[1];
            double a = 2 * x[0], c = Math.Exp(x[0]) * x[1], d = Math.Exp(x[0]), determinant = (a * d) - c;
            x[0] -= ((d * f) - g) / determinant;
            x[1] -= ((a * g) - (c * f)) / determinant;
        }
    }

    private static void PairResidual(ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> r)
    {
        r[0] = (x[0] * x[0]) + x[1] - p[0];
        r[1] = (Math.Exp(x[0]) * x[1]) - p[1];
    }

    /// <summary>A function of the solution, whose start depends on p too.</summary>
    [Differentiable]
    public static double OfPair(ReadOnlySpan<double> p)
    {
        Span<double> x = stackalloc double[2];
        x[0] = 0.5 + (0.01 * p[0]);
        x[1] = 2.5;
        Pair(p, x);
        return x[0] * Math.Sin(x[1]);
    }

    [Hessian(nameof(OfPair))]
    public static partial double OfPairHessian(ReadOnlySpan<double> p, Span<double> hessian);

    [Jacobian(nameof(Pair))]
    public static partial void PairJacobian(ReadOnlySpan<double> p, Span<double> x, Span<double> jacobian);

    /// <summary>Solves x = tanh(W x + b) by iteration.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(FixedPointResidual))]
    public static void FixedPoint(ReadOnlySpan<double> w, ReadOnlySpan<double> b, int iterations, Span<double> x)
    {
        x.Clear();
        var next = new double[x.Length];
        for (var t = 0; t < iterations; t++)
        {
            FixedPointResidual(x, w, b, next);
            for (var i = 0; i < x.Length; i++) x[i] -= next[i];
        }
    }

    private static void FixedPointResidual(ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> b, Span<double> r)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var sum = b[i];
            for (var j = 0; j < x.Length; j++) sum += w[(i * x.Length) + j] * x[j];
            r[i] = x[i] - Math.Tanh(sum);
        }
    }

    /// <summary>Half the squared norm of the fixed point.</summary>
    [Differentiable]
    public static double Energy(ReadOnlySpan<double> w, ReadOnlySpan<double> b)
    {
        Span<double> x = stackalloc double[b.Length];
        FixedPoint(w, b, 200, x);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += 0.5 * x[i] * x[i];
        return sum;
    }

    [HessianVectorProduct(nameof(Energy))]
    public static partial void EnergyProduct(
        ReadOnlySpan<double> w, ReadOnlySpan<double> b, ReadOnlySpan<double> tW, ReadOnlySpan<double> tB, Span<double> hW, Span<double> hB);

    /// <summary>Solves a chain of n equations x[i]³ + 2 x[i] - x[i - 1] / 2 - x[i + 1] / 3 = scale p[i] by Newton's method, for any n.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(ChainResidual))]
    public static void Chain(ReadOnlySpan<double> p, double scale, Span<double> x) => SolveChain(p, scale, x);

    /// <summary>The same, whose derivative solves linear systems by a method of the user's.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(ChainResidual), LinearSolver = nameof(Iterate))]
    public static void ChainByIteration(ReadOnlySpan<double> p, double scale, Span<double> x) => SolveChain(p, scale, x);

    private static void SolveChain(ReadOnlySpan<double> p, double scale, Span<double> x)
    {
        var r = new double[x.Length];
        for (var t = 0; t < 200; t++)
        {
            ChainResidual(x, p, scale, r);
            for (var i = 0; i < x.Length; i++) x[i] -= r[i] / (2 + (3 * x[i] * x[i]));
        }
    }

    private static void ChainResidual(ReadOnlySpan<double> x, ReadOnlySpan<double> p, double scale, Span<double> r)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var left = i > 0 ? x[i - 1] / 2 : 0;
            var right = i + 1 < x.Length ? x[i + 1] / 3 : 0;
            r[i] = (x[i] * x[i] * x[i]) + (2 * x[i]) - left - right - (scale * p[i]);
        }
    }

    /// <summary>Jacobi's iteration, which converges for a matrix with a dominant diagonal.</summary>
    private static void Iterate(ReadOnlySpan<double> matrix, bool transposed, ReadOnlySpan<double> right, Span<double> solution)
    {
        var n = solution.Length;
        var next = new double[n];
        solution.Clear();
        for (var t = 0; t < 300; t++)
        {
            for (var i = 0; i < n; i++)
            {
                var rest = right[i];
                for (var j = 0; j < n; j++) rest -= j == i ? 0 : (transposed ? matrix[(j * n) + i] : matrix[(i * n) + j]) * solution[j];
                next[i] = rest / matrix[(i * n) + i];
            }

            next.CopyTo(solution);
        }
    }

    /// <summary>x² = p for each number. Where p is 0 the Jacobian is singular.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(SquareResidual))]
    public static void Roots(ReadOnlySpan<double> p, Span<double> x)
    {
        for (var i = 0; i < x.Length; i++) x[i] = Math.Sqrt(p[i]);
    }

    private static void SquareResidual(ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> r)
    {
        for (var i = 0; i < x.Length; i++) r[i] = (x[i] * x[i]) - p[i];
    }

    /// <summary>The same in single precision.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(SquareResidualSingle))]
    public static void RootsSingle(ReadOnlySpan<float> p, Span<float> x)
    {
        for (var i = 0; i < x.Length; i++) x[i] = MathF.Sqrt(p[i]);
    }

    private static void SquareResidualSingle(ReadOnlySpan<float> x, ReadOnlySpan<float> p, Span<float> r)
    {
        for (var i = 0; i < x.Length; i++) r[i] = (x[i] * x[i]) - p[i];
    }
}
