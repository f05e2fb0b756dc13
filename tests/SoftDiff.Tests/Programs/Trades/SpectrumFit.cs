namespace SoftDiff.Tests.Programs.Spectra;

public abstract class PeakModel
{
    public abstract int ParameterCount { get; }
    public abstract double Evaluate(double x, ReadOnlySpan<double> p);
    protected static double Square(double x) => x * x;
}

public sealed class GaussianPeak : PeakModel
{
    public override int ParameterCount => 3;
    public override double Evaluate(double x, ReadOnlySpan<double> p) => p[0] * Math.Exp(-Square((x - p[1]) / p[2]));
}

public sealed class LorentzPeak : PeakModel
{
    public override int ParameterCount => 3;
    public override double Evaluate(double x, ReadOnlySpan<double> p) => p[0] / (1 + Square((x - p[1]) / p[2]));
}

/// <summary>Fits two peaks to a spectrum, whose points are tuples in a field.</summary>
public partial class SpectrumFit
{
    private readonly GaussianPeak _gaussian = new();
    private readonly LorentzPeak _lorentz = new();
    private readonly (double X, double Y)[] _data;
    public SpectrumFit(IEnumerable<(double X, double Y)> data) => _data = data.ToArray();

    [Differentiable]
    public double Chi2(double[] p)
    {
        double chi2 = 0;
        var span = p.AsSpan();
        foreach (var (x, y) in _data)
        {
            double model = _gaussian.Evaluate(x, span[..3]) + _lorentz.Evaluate(x, span[3..6]) + p[^1];
            chi2 += Math.Pow(model - y, 2) / Math.Max(1.0, Math.Abs(y));
        }
        return chi2 / Math.Max(1, _data.Length - p.Length);
    }
}
