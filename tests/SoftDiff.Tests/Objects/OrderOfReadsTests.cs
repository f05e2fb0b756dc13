namespace SoftDiff.Tests.Objects;

/// <summary>An object sees the same questions in the same order in a method and in each of its companions, and they compute with its answers.</summary>
public sealed class OrderOfReadsTests
{
    private delegate double Gradient(Recorder r, double x, out double dX);

    private delegate double Pullback(Recorder r, double x, double cResult, out double dX);

    private delegate double Pushforward(Recorder r, double x, double tX, out double tResult);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void StraightCode(double x) => Check(Asking.Straight, Asking.StraightGrad, Asking.StraightVjp, Asking.StraightJvp, x);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void LoopsOfEveryKind(double x) => Check(Asking.Loops, Asking.LoopsGrad, Asking.LoopsVjp, Asking.LoopsJvp, x);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void BranchesAndJumps(double x) => Check(Asking.Branches, Asking.BranchesGrad, Asking.BranchesVjp, Asking.BranchesJvp, x);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void CallsAndRecursion(double x) => Check(Asking.Calls, Asking.CallsGrad, Asking.CallsVjp, Asking.CallsJvp, x);

    [Fact]
    public void SecondDerivatives()
    {
        Recorder primal = new(), companion = new();
        double value = Asking.Loops(primal, 0.7);

        Assert.Equal(value, Asking.LoopsHvp(companion, 0.7, 1, out double second), 1e-12);

        Assert.Equal(primal.Log, companion.Log);
        double Slope(double x)
        {
            Asking.LoopsGrad(new Recorder(), x, out double slope);
            return slope;
        }

        Assert.Equal(Difference(Slope, 0.7), second, 1e-6);
    }

    private static void Check(Func<Recorder, double, double> f, Gradient gradient, Pullback vjp, Pushforward jvp, double x)
    {
        Recorder primal = new();
        double value = f(primal, x);
        double slope = Difference(at => f(new Recorder(), at), x);
        double Asked(Func<Recorder, (double Value, double Slope)> companion)
        {
            Recorder recorder = new();
            var (own, derivative) = companion(recorder);
            Assert.Equal(value, own, 1e-12);
            Assert.Equal(primal.Log, recorder.Log);
            return derivative;
        }

        Assert.Equal(slope, Asked(r => (gradient(r, x, out double dX), dX)), 1e-7);
        Assert.Equal(2 * slope, Asked(r => (vjp(r, x, 2, out double dX), dX)), 1e-7);
        Assert.Equal(3 * slope, Asked(r => (jvp(r, x, 3, out double tResult), tResult)), 1e-7);
    }

    private static double Difference(Func<double, double> f, double x)
    {
        const double H = 1e-3;
        return ((8 * (f(x + H) - f(x - H))) - (f(x + (2 * H)) - f(x - (2 * H)))) / (12 * H);
    }
}
