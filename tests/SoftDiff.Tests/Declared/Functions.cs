namespace SoftDiff.Tests.Declared;

/// <summary>Gradients, Hessians and their products of functions of arrays.</summary>
public static partial class Functions
{
    [Differentiable]
    public static double SumOfSquares(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * x[i];
        return sum;
    }

    [Hessian(nameof(SumOfSquares))]
    public static partial double SumOfSquaresHessian(ReadOnlySpan<double> x, Span<double> hessian);

    [Differentiable]
    public static double Rosenbrock(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var a = 1 - x[i];
            var b = x[i + 1] - (x[i] * x[i]);
            sum += (a * a) + (100 * b * b);
        }

        return sum;
    }

    [Gradient(nameof(Rosenbrock))]
    public static partial void RosenbrockGradient(ReadOnlySpan<double> x, Span<double> gradient);

    [Hessian(nameof(Rosenbrock))]
    public static partial void RosenbrockHessian(ReadOnlySpan<double> x, Span<double> hessian);

    [Hessian(nameof(Rosenbrock))]
    public static partial double RosenbrockAll(ReadOnlySpan<double> x, Span<double> gradient, Span<double> hessian);

    [HessianVectorProduct(nameof(Rosenbrock))]
    public static partial double RosenbrockProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv);

    [HessianVectorProduct(nameof(Rosenbrock))]
    public static partial void RosenbrockProductAndGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> gradient, Span<double> hv);

    /// <summary>The same by a Jacobian of the gradient.</summary>
    [Jacobian(nameof(RosenbrockGradient))]
    public static partial void RosenbrockHessianByJacobian(ReadOnlySpan<double> x, Span<double> gradient, Span<double> jacobian);

    /// <summary>Numbers and arrays, float and double.</summary>
    [Differentiable]
    public static double Blend(double a, ReadOnlySpan<float> w, double[] x, int n)
    {
        var sum = a * a * a;
        for (var i = 0; i < w.Length; i++) sum += Math.Exp(a * w[i]) * x[i] * x[i] * n;
        return sum;
    }

    [Hessian(nameof(Blend))]
    public static partial double BlendHessian(double a, ReadOnlySpan<float> w, double[] x, int n, out double dA, Span<float> dW, Span<double> dX, Span<double> hessian);

    [HessianVectorProduct(nameof(Blend), Wrt = ["a", "x"])]
    public static partial double BlendProduct(double a, ReadOnlySpan<float> w, double[] x, int n, double tA, ReadOnlySpan<double> tX, out double hA, Span<double> hX);

    /// <summary>Scratch that holds something between runs, and a buffer that is read before it is written.</summary>
    [Differentiable(Wrt = ["x"])]
    public static double Running(ReadOnlySpan<double> x, Span<double> state, [NonDifferentiable] Span<double> scratch)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            scratch[i] = x[i] * x[i];
            state[i] = (0.5 * state[i]) + (scratch[i] * x[0]);
            sum += state[i] * state[i];
        }

        return sum;
    }

    [Hessian(nameof(Running))]
    public static partial double RunningHessian(ReadOnlySpan<double> x, Span<double> state, Span<double> scratch, Span<double> hessian);

    [HessianVectorProduct(nameof(Running))]
    public static partial double RunningProduct(ReadOnlySpan<double> x, Span<double> state, Span<double> scratch, ReadOnlySpan<double> v, Span<double> hv);

    /// <summary>A layer of a network under an operator that is a function of the module, which other methods call too.</summary>
    [Differentiable(Wrt = ["x"])]
    public static double Entropy(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, int target)
    {
        Span<double> logits = stackalloc double[3];
        for (var c = 0; c < 3; c++)
        {
            var z = 0.0;
            for (var j = 0; j < x.Length; j++) z += weights[(c * x.Length) + j] * Math.Tanh(x[j]);
            logits[c] = z;
        }

        return Soft.SoftmaxCrossEntropy(logits, target) + Soft.LogSumExp(logits);
    }

    [Hessian(nameof(Entropy))]
    public static partial double EntropyHessian(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, int target, Span<double> hessian);

    [HessianVectorProduct(nameof(Entropy))]
    public static partial double EntropyProduct(
        ReadOnlySpan<double> x, ReadOnlySpan<double> weights, int target, ReadOnlySpan<double> v, Span<double> product);
}
