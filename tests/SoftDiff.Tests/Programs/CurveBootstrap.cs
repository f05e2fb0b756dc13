namespace SoftDiff.Tests.Programs;

/// <summary>A curve of discount factors bootstrapped from par rates: pillar after pillar, each by Newton's method.</summary>
public static partial class CurveBootstrap
{
    /// <summary>The value of an annuity at a coupon, on the curve that fits the rates.</summary>
    [Differentiable]
    public static double Annuity(double[] rates, double coupon)
    {
        var zeros = new List<double>();
        for (int year = 1; year <= rates.Length; year++)
        {
            double zero = rates[year - 1];
            for (int step = 0; step < 6; step++)
            {
                double value = 0, slope = 0;
                for (int t = 1; t < year; t++) value += rates[year - 1] * Math.Exp(-zeros[t - 1] * t);
                double last = (1 + rates[year - 1]) * Math.Exp(-zero * year);
                value += last - 1;
                slope -= year * last;
                zero -= value / slope;
            }

            zeros.Add(zero);
        }

        double annuity = 0;
        int when = 1;
        foreach (double zero in zeros)
        {
            annuity += coupon * Math.Exp(-zero * when);
            when++;
        }

        return annuity;
    }
}
