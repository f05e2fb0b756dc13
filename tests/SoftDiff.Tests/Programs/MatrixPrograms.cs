namespace SoftDiff.Tests.Programs;

/// <summary>Gradients of programs on matrices against differences, at every entry where two step sizes agree.</summary>
public sealed class MatrixPrograms
{
    private const double Agreement = 1e-8;
    private const double Tolerance = 1e-7;

    private static readonly double[] Ranges = [5.1, 5.4, 5.6, 6.1, 6.3, 6.8];
    private static readonly double[] Targets = [0.3, 0.8, -0.4, 0.1, 0.6];

    [Fact]
    public void The_likelihood_of_an_extended_Kalman_filter()
    {
        double[] x0 = [3, 4, 0.5, 0.25], dX0 = new double[4];
        double[,] p0 = Diagonal(0.5, 0.4, 0.2, 0.1), q = Diagonal(0.01, 0.02, 0.05, 0.04), dP0 = new double[4, 4], dQ = new double[4, 4];
        double Value(double r, double dt) => ExtendedKalmanFilter.NegativeLogLikelihood(x0, p0, q, r, dt, Ranges);
        double value = ExtendedKalmanFilter.NegativeLogLikelihoodGrad(x0, p0, q, 0.1, 0.5, Ranges, dX0, dP0, dQ, out double dR, out double dDt);
        Assert.Equal(Value(0.1, 0.5), value);
        Compare(dR, h => Value(0.1 + h, 0.5));
        Compare(dDt, h => Value(0.1, 0.5 + h));
        Compare(dX0, x0, () => Value(0.1, 0.5));
        Compare(dP0, p0, () => Value(0.1, 0.5));
        Compare(dQ, q, () => Value(0.1, 0.5));
    }

    [Fact]
    public void The_likelihood_of_a_Gaussian_process()
    {
        double[] scales = [0.8, 1.3], dScales = new double[2];
        double[,] inputs = { { 0.1, 0.7 }, { 0.9, -0.3 }, { -0.6, 0.2 }, { 1.4, 1.1 }, { -1.2, -0.8 } }, dInputs = new double[5, 2];
        double Value(double amplitude, double noise) => GaussianProcess.LogLikelihood(scales, amplitude, noise, inputs, Targets);
        double value = GaussianProcess.LogLikelihoodGrad(
            scales, 1.2, 0.3, inputs, Targets, dScales, out double dAmplitude, out double dNoise, dInputs);
        Assert.Equal(Value(1.2, 0.3), value);
        Compare(dAmplitude, h => Value(1.2 + h, 0.3));
        Compare(dNoise, h => Value(1.2, 0.3 + h));
        Compare(dScales, scales, () => Value(1.2, 0.3));
        Compare(dInputs, inputs, () => Value(1.2, 0.3));
    }

    [Fact]
    public void The_compliance_of_a_truss()
    {
        double[][] nodes = [[0, 0], [0, 1], [1, 0.1], [1, 1.1], [2, 0.6]], dNodes = [new double[2], new double[2], new double[2], new double[2], new double[2]];
        int[][] bars = [[0, 2], [1, 3], [0, 3], [1, 2], [2, 3], [2, 4], [3, 4]];
        double[] areas = [1, 1.2, 0.8, 0.9, 0.7, 1.1, 1.3], dAreas = new double[7];
        double[][] loads = [[0.1, 0], [0, -0.2], [0.3, -1]], dLoads = [new double[2], new double[2], new double[2]];
        double Value(double modulus) => Truss.Compliance(nodes, bars, areas, loads, 2, modulus);
        double value = Truss.ComplianceGrad(nodes, bars, areas, loads, 2, 3, dNodes, dAreas, dLoads, out double dModulus);
        Assert.Equal(Value(3), value);
        Compare(dModulus, h => Value(3 + h));
        Compare(dAreas, areas, () => Value(3));
        for (int i = 0; i < nodes.Length; i++)
        {
            Compare(dNodes[i], nodes[i], () => Value(3));
        }

        for (int i = 0; i < loads.Length; i++)
        {
            Compare(dLoads[i], loads[i], () => Value(3));
        }
    }

    [Fact]
    public void An_American_put_on_a_binomial_tree()
    {
        static double Value(double spot, double strike, double rate, double volatility, double maturity) =>
            BinomialTree.AmericanPut(spot, strike, rate, volatility, maturity, 25);
        double value = BinomialTree.AmericanPutGrad(
            97.3, 100, 0.04, 0.27, 0.8, 25, out double dSpot, out double dStrike, out double dRate, out double dVolatility, out double dMaturity);
        Assert.Equal(Value(97.3, 100, 0.04, 0.27, 0.8), value);
        Compare(dSpot, h => Value(97.3 + h, 100, 0.04, 0.27, 0.8));
        Compare(dStrike, h => Value(97.3, 100 + h, 0.04, 0.27, 0.8));
        Compare(dRate, h => Value(97.3, 100, 0.04 + (0.01 * h), 0.27, 0.8) / 0.01);
        Compare(dVolatility, h => Value(97.3, 100, 0.04, 0.27 + (0.01 * h), 0.8) / 0.01);
        Compare(dMaturity, h => Value(97.3, 100, 0.04, 0.27, 0.8 + (0.1 * h)) / 0.1);
    }

    [Fact]
    public void Rows_are_checked_and_named()
    {
        double[][] nodes = [[0, 0], [0, 1], [1, 0.1]], loads = [[0, -1]];
        int[][] bars = [[0, 2], [1, 2]];
        void Run(double[][] dNodes) => Truss.ComplianceGrad(nodes, bars, [1, 1], loads, 2, 3, dNodes, new double[2], [new double[2]], out _);
        double[] row = new double[2];
        Assert.Equal(
            "'dNodes[2]' has length 3; it must have length 2, like 'nodes[2]'. (Parameter 'dNodes')",
            Assert.Throws<ArgumentException>(() => Run([new double[2], new double[2], new double[3]])).Message);
        Assert.Equal("dNodes[1]", Assert.Throws<ArgumentNullException>(() => Run([new double[2], null!, new double[2]])).ParamName);
        Assert.Equal("dNodes", Assert.Throws<ArgumentNullException>(() => Run(null!)).ParamName);
        Assert.StartsWith("'dNodes[0]' and 'dNodes[2]' are one array", Assert.Throws<ArgumentException>(() => Run([row, new double[2], row])).Message, StringComparison.Ordinal);
        Assert.StartsWith("'dNodes[1]' and 'nodes[0]' are one array", Assert.Throws<ArgumentException>(() => Run([new double[2], nodes[0], row])).Message, StringComparison.Ordinal);
        Assert.Equal(
            "'dNodes' has length 2; it must have length 3, like 'nodes'. (Parameter 'dNodes')",
            Assert.Throws<ArgumentException>(() => Run([new double[2], new double[2]])).Message);
    }

    [Fact]
    public void Shapes_are_checked_and_named()
    {
        double[,] inputs = new double[5, 2];
        var wrong = Assert.Throws<ArgumentException>(() => GaussianProcess.LogLikelihoodGrad(
            new double[2], 1, 1, inputs, Targets, new double[2], out _, out _, new double[2, 5]));
        Assert.Equal("'dInputs' has shape [2, 5]; it must have shape [5, 2], like 'inputs'. (Parameter 'dInputs')", wrong.Message);
        var missing = Assert.Throws<ArgumentNullException>(() => GaussianProcess.LogLikelihoodGrad(
            new double[2], 1, 1, inputs, Targets, new double[2], out _, out _, null!));
        Assert.Equal("dInputs", missing.ParamName);
    }

    private static double[,] Diagonal(params double[] entries)
    {
        double[,] matrix = new double[entries.Length, entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            matrix[i, i] = entries[i];
        }

        return matrix;
    }

    private static void Compare(double[,] gradient, double[,] at, Func<double> value)
    {
        for (int i = 0; i < at.GetLength(0); i++)
        {
            for (int j = 0; j < at.GetLength(1); j++)
            {
                Compare(gradient[i, j], ref at[i, j], value);
            }
        }
    }

    private static void Compare(double[] gradient, double[] at, Func<double> value)
    {
        for (int i = 0; i < at.Length; i++)
        {
            Compare(gradient[i], ref at[i], value);
        }
    }

    private static void Compare(double derivative, ref double at, Func<double> value)
    {
        double kept = at;
        double Moved(ref double entry, double h)
        {
            entry = kept + h;
            return value();
        }

        double Slope(ref double entry, double h) =>
            ((8 * (Moved(ref entry, h) - Moved(ref entry, -h))) - (Moved(ref entry, 2 * h) - Moved(ref entry, -2 * h))) / (12 * h);
        double coarse = Slope(ref at, 5e-4), fine = Slope(ref at, 2.5e-4);
        at = kept;
        Compare(derivative, coarse, fine);
    }

    private static void Compare(double derivative, Func<double, double> value)
    {
        double Slope(double h) => ((8 * (value(h) - value(-h))) - (value(2 * h) - value(-2 * h))) / (12 * h);
        Compare(derivative, Slope(5e-4), Slope(2.5e-4));
    }

    private static void Compare(double derivative, double coarse, double fine)
    {
        double scale = Math.Max(1, Math.Abs(fine));
        Assert.True(Math.Abs(coarse - fine) <= Agreement * scale, $"the differences {coarse} and {fine} do not agree");
        Assert.True(Math.Abs(derivative - fine) <= Tolerance * scale, $"{derivative} is not {fine}");
    }
}
