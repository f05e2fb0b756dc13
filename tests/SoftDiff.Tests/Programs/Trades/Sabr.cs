using static System.Math;

namespace SoftDiff.Tests.Programs.Smiles;

public sealed record SmileQuote(double Strike, double Vol, double Weight = 1.0);


public enum WeightScheme { Uniform, Quote, AtmHeavy }


public readonly record struct SabrParameters(double Alpha, double Rho, double Nu)
{
    public void Validate()
    {
        if (Alpha <= 0) throw new ArgumentOutOfRangeException(nameof(Alpha), $"alpha must be positive, was {Alpha}");
        if (Rho is <= -1 or >= 1) throw new ArgumentOutOfRangeException(nameof(Rho));
    }
}


/// <summary>Calibrates the SABR model to quotes of a smile: a class with a list of records, an enum, and a record of parameters.</summary>
public partial class SabrCalibrator
{
    private const double Tiny = 1e-8;
    private readonly IReadOnlyList<SmileQuote> _quotes;
    private readonly double _forward;
    private readonly double _expiry;

    public double Beta { get; init; } = 0.5;
    public WeightScheme Scheme { get; set; } = WeightScheme.AtmHeavy;

    public SabrCalibrator(IReadOnlyList<SmileQuote> quotes, double forward, double expiry)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        _quotes = quotes;
        _forward = forward;
        _expiry = expiry;
    }

    public static double ImpliedVol(double f, double k, double t, double alpha, double beta, double rho, double nu)
    {
        double fkBeta = Pow(f * k, (1 - beta) / 2);
        double logFk = Log(f / k);
        double term1 = Pow(1 - beta, 2) / 24 * alpha * alpha / Pow(f * k, 1 - beta);
        double term2 = rho * beta * nu * alpha / (4 * fkBeta);
        double term3 = (2 - 3 * rho * rho) / 24 * nu * nu;
        double correction = 1 + (term1 + term2 + term3) * t;
        if (Abs(logFk) < Tiny)
            return alpha / Pow(f, 1 - beta) * correction;
        double z = nu / alpha * fkBeta * logFk;
        double x = Log((Sqrt(1 - 2 * rho * z + z * z) + z - rho) / (1 - rho));
        double denom = fkBeta * (1 + Pow(1 - beta, 2) / 24 * logFk * logFk + Pow(1 - beta, 4) / 1920 * Pow(logFk, 4));
        return alpha / denom * (z / x) * correction;
    }

    private double WeightOf(SmileQuote q) => Scheme switch
    {
        WeightScheme.Uniform => 1,
        WeightScheme.Quote => q.Weight,
        WeightScheme.AtmHeavy => Exp(-Abs(Log(q.Strike / _forward))),
        _ => throw new InvalidOperationException($"unknown scheme {Scheme}")
    };

    [Differentiable]
    public double Objective(SabrParameters p)
    {
        p.Validate();
        double sum = 0, weights = 0;
        foreach (var quote in _quotes)
        {
            double model = ImpliedVol(_forward, quote.Strike, _expiry, p.Alpha, Beta, p.Rho, p.Nu);
            double error = model - quote.Vol;
            double w = WeightOf(quote);
            sum += w * error * error;
            weights += w;
        }
        return Sqrt(sum / weights) * 10_000;
    }
}
