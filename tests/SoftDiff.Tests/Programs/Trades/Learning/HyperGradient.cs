namespace SoftDiff.Tests.Programs.Learning.Adam;

public interface IOptimizer
{
    void Step(double[] parameters, double[] gradient);
}

public sealed class AdamOptimizer : IOptimizer
{
    private readonly double _rate, _beta1, _beta2;
    private readonly double[] _m, _v;
    private int _t;

    public AdamOptimizer(int size, double rate, double beta1 = 0.9, double beta2 = 0.999)
    {
        _m = new double[size];
        _v = new double[size];
        _rate = rate;
        _beta1 = beta1;
        _beta2 = beta2;
    }

    public void Step(double[] parameters, double[] gradient)
    {
        _t++;
        double correction1 = 1 - Math.Pow(_beta1, _t);
        double correction2 = 1 - Math.Pow(_beta2, _t);
        for (int i = 0; i < parameters.Length; i++)
        {
            _m[i] = _beta1 * _m[i] + (1 - _beta1) * gradient[i];
            _v[i] = _beta2 * _v[i] + (1 - _beta2) * gradient[i] * gradient[i];
            parameters[i] -= _rate * (_m[i] / correction1) / (Math.Sqrt(_v[i] / correction2) + 1e-8);
        }
    }
}

public static partial class HyperGradient
{
    private static double[] RosenbrockGradient(double[] x)
    {
        var g = new double[x.Length];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double d = x[i + 1] - x[i] * x[i];
            g[i] += -2 * (1 - x[i]) - 40 * x[i] * d;
            g[i + 1] += 20 * d;
        }

        return g;
    }

    [Differentiable]
    public static double FinalLoss(double[] start, double rate, double beta1, int iterations)
    {
        double[] x = start.ToArray();
        IOptimizer optimizer = new AdamOptimizer(x.Length, rate, beta1);
        for (int k = 0; k < iterations; k++)
            optimizer.Step(x, RosenbrockGradient(x));

        double loss = 0;
        for (int i = 0; i + 1 < x.Length; i++)
            loss += Math.Pow(1 - x[i], 2) + 10 * Math.Pow(x[i + 1] - x[i] * x[i], 2);
        return loss;
    }
}
