namespace SoftDiff.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void RosenbrockHasTheDocumentedSignature()
    {
        double value = Examples.RosenbrockGrad(1.5, 2.0, out double dX, out double dY);
        Assert.Equal(Examples.Rosenbrock(1.5, 2.0), value);
        Assert.Equal((-2 * (1 - 1.5)) - (400 * 1.5 * (2.0 - (1.5 * 1.5))), dX, 1e-12);
        Assert.Equal(200 * (2.0 - (1.5 * 1.5)), dY, 1e-12);
    }

    [Fact]
    public void CompanionsTakeNamedArguments()
    {
        Examples.RosenbrockGrad(y: 2.0, x: 1.5, dY: out double dY, dX: out double dX);
        double value = Examples.RosenbrockVjp(x: 1.5, y: 2.0, cResult: 2, dX: out double vX, dY: out double vY);
        double same = Examples.RosenbrockJvp(x: 1.5, y: 2.0, tX: 1, tY: -3, tResult: out double tResult);
        Assert.Equal(value, same);
        Assert.Equal(2 * dX, vX, 1e-12);
        Assert.Equal(2 * dY, vY, 1e-12);
        Assert.Equal(dX - (3 * dY), tResult, 1e-10);
    }

    [Fact]
    public void LogisticLossHasTheDocumentedSignature()
    {
        double[] w = [0.5, -0.25];
        double[] features = [1, 2, -1, 0.5, 0.25, -3];
        double[] labels = [1, -1, 1];
        Span<double> dW = [double.NaN, double.NaN];
        double loss = Examples.LogisticLossGrad(w, features, labels, dW);

        double[] expected = [0, 0];
        for (int i = 0; i < labels.Length; i++)
        {
            double margin = (w[0] * features[2 * i]) + (w[1] * features[(2 * i) + 1]);
            double weight = -labels[i] / (1 + Math.Exp(labels[i] * margin)) / labels.Length;
            expected[0] += weight * features[2 * i];
            expected[1] += weight * features[(2 * i) + 1];
        }

        Assert.Equal(Examples.LogisticLoss(w, features, labels), loss, 1e-15);
        Assert.Equal(expected[0], dW[0], 1e-14);
        Assert.Equal(expected[1], dW[1], 1e-14);
    }

    [Fact]
    public void CubicHasSlopeFourAtOne()
    {
        Assert.Equal(1, Examples.CubicGrad(1, out double dX));
        Assert.Equal(4, dX);
    }

    [Fact]
    public void AVoidMethodHasVjpAndJvpAndNoGrad()
    {
        double[] theta = [2, 0.5];
        double[] t = [0, 1, 2];
        Span<double> residuals = stackalloc double[3];
        Span<double> dTheta = stackalloc double[2];
        Span<double> dT = stackalloc double[3];
        Span<double> dResiduals = [1, 0, 0];
        Examples.ResidualsVjp(theta, t, residuals, dTheta, dT, dResiduals);
        Assert.Equal([1, (2 * Math.Exp(-0.5)) - 1, (2 * Math.Exp(-1)) - 1], residuals.ToArray());
        Assert.Equal([1.0, 0], dTheta.ToArray());
        Assert.Equal([-1.0, 0, 0], dT.ToArray());
        Assert.Equal([0.0, 0, 0], dResiduals.ToArray());

        Span<double> tResiduals = [9, 9, 9];
        Examples.ResidualsJvp(theta, t, residuals, tTheta: [1, 0], tT: [0, 0, 0], tResiduals);
        Assert.Equal([1, Math.Exp(-0.5), Math.Exp(-1)], tResiduals.ToArray());
        Assert.Null(typeof(Examples).GetMethod("ResidualsGrad"));
    }

    [Fact]
    public void GradientBuffersAreOverwritten()
    {
        double[] x = [1, 2, 3];
        double[] y = [4, 5, 6];
        double[] dX = [7, 7, 7];
        double[] dY = [double.NaN, double.NaN, double.NaN];
        Assert.Equal(32, Examples.DotGrad(x, y, dX, dY));
        Assert.Equal(y, dX);
        Assert.Equal(x, dY);
    }
}
