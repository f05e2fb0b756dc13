namespace Pendulum;

/// <summary>Newton's method on the misfit, damped as Levenberg and Marquardt do wherever a full step would not go downhill.</summary>
internal sealed class Fit
{
    private const int MostSteps = 100;

    /// <summary>The misfit, its gradient, and its second derivatives by rows.</summary>
    public delegate double Hessian(ReadOnlySpan<double> parameters, ReadOnlySpan<double> measured, Span<double> gradient, Span<double> hessian);

    /// <summary>The best parameters found.</summary>
    public double[] Parameters { get; private set; }

    /// <summary>The misfit at <see cref="Parameters"/>.</summary>
    public double Misfit { get; private set; }

    /// <summary>How many points were tried.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The standard errors of the parameters, from the second derivatives at the minimum.</summary>
    public double[] StandardErrors { get; }

    public Fit(Hessian misfitAndDerivatives, double[] start, ReadOnlySpan<double> measured)
    {
        var (gradient, hessian) = (new double[3], new double[9]);
        Parameters = start;
        Misfit = misfitAndDerivatives(start, measured, gradient, hessian);
        double damping = 1e-3;
        for (Evaluations = 1; Evaluations < MostSteps && damping < 1e12; Evaluations++)
        {
            double[] damped = [.. hessian];
            for (int i = 0; i < 9; i += 4) damped[i] += damping * Math.Abs(damped[i]);
            var (triedGradient, triedHessian) = (new double[3], new double[9]);
            double[]? step = Matrix3.InversePositive(damped) is { } inverse ? Matrix3.Times(inverse, gradient) : null;
            double[] tried = step is null ? [] : [.. Parameters.Zip(step, (p, d) => p - d)];
            if (step is null || tried[0] <= 0)
            {
                damping *= 10;
                continue;
            }

            double misfit = misfitAndDerivatives(tried, measured, triedGradient, triedHessian);
            if (!(misfit < Misfit))
            {
                damping *= 10;
                continue;
            }

            bool converged = Misfit - misfit < 1e-9 * Misfit;
            (Parameters, Misfit, gradient, hessian, damping) = (tried, misfit, triedGradient, triedHessian, damping / 10);
            if (converged) break;
        }

        double[] covariance = Matrix3.InversePositive(hessian) ?? [.. Enumerable.Repeat(double.NaN, 9)];
        StandardErrors = [Math.Sqrt(covariance[0]), Math.Sqrt(covariance[4]), Math.Sqrt(covariance[8])];
    }
}
