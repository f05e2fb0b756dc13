namespace SoftDiff.Tests.Declared;

public sealed class LearningTests
{
    private static readonly double[] Start = [0.3, -0.6];

    [Fact]
    public void Temporal_difference_stops_the_gradient_of_its_target()
    {
        // The transition of the worked example: δ = r + θ·s' - θ·s = 1.2, and the gradient of δ² by θ is -2 δ s where the target is constant.
        double[] theta = [0.1, -0.1, 0], s = [1, 2, -1], next = [2, 1, -1], dTheta = new double[3];
        var loss = Learning.TdUpdate(theta, s, 1, next, dTheta);
        Assert.Equal(1.44, loss, 1e-14);
        Differences.AssertClose([-2.4, -4.8, 2.4], dTheta, 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Meta_learning_differentiates_through_the_inner_steps(int steps)
    {
        const double Rate = 0.05, Task = 0.8;
        var dStart = new double[2];
        var loss = Learning.MamlGradient(Start, Rate, Task, steps, dStart, out var dRate);
        Assert.Equal(Learning.Maml(Start, Rate, Task, steps), loss);
        Differences.AssertClose(Differences.Jacobian(x => [Learning.Maml(x, Rate, Task, steps)], Start), dStart, 1e-8);
        Assert.Equal(Differences.Slope(rate => Learning.Maml(Start, rate, Task, steps), Rate, 2e-4), dRate, 1e-8);

        // By hand: each step multiplies the gradient by I - rate · H, and hands -∇ to the rate.
        var points = new List<double[]> { Start };
        for (var i = 0; i < steps; i++)
        {
            var gradient = TaskGradient(points[^1]);
            points.Add([.. points[^1].Zip(gradient, (w, g) => w - (Rate * g))]);
        }

        var (bar, rateBar) = (TaskGradient(points[^1]), 0.0);
        for (var i = steps - 1; i >= 0; i--)
        {
            rateBar -= TaskGradient(points[i]).Zip(bar, (g, b) => g * b).Sum();
            var hessian = new double[4];
            Learning.TaskHessian(points[i], Task, hessian);
            bar = [bar[0] - (Rate * ((hessian[0] * bar[0]) + (hessian[1] * bar[1]))), bar[1] - (Rate * ((hessian[2] * bar[0]) + (hessian[3] * bar[1])))];
        }

        Differences.AssertClose(bar, dStart, 1e-12);
        Assert.Equal(rateBar, dRate, 1e-12);

        static double[] TaskGradient(double[] w)
        {
            var dW = new double[2];
            Learning.TaskLossGrad(w, Task, dW, out _);
            return dW;
        }
    }

    [Fact]
    public void Meta_learning_has_a_hessian()
    {
        var hessian = new double[4];
        Learning.MamlHessian(Start, 0.05, 0.8, 3, hessian);
        double[] Gradient(double[] start)
        {
            var dStart = new double[2];
            Learning.MamlGradient(start, 0.05, 0.8, 3, dStart, out _);
            return dStart;
        }

        Differences.AssertClose(Differences.Jacobian(Gradient, Start), hessian, 1e-8);
    }

    [Fact]
    public void A_gradient_penalty_is_differentiated_by_the_weights()
    {
        double[] x = [0.5, -1.1], w = [0.3, 0.8, -0.6, 0.2, 1.1, -0.4], v = [1, 0.5, -0.2, 0.3, 0, 2];
        var (dW, again, product) = (new double[6], new double[6], new double[6]);
        Assert.Equal(Learning.Penalty(x, w), Learning.PenaltyGradient(x, w, dW));
        Assert.True(dW.All(d => Math.Abs(d) > 1e-3));
        Differences.AssertClose(Differences.Jacobian(at => [Learning.Penalty(x, at)], w), dW, 1e-8);

        Learning.PenaltyProduct(x, w, v, again, product);
        Differences.AssertClose(dW, again, 1e-13);
        double[] Along(double[] t)
        {
            var gradient = new double[6];
            Learning.PenaltyGradient(x, [.. w.Zip(v, (a, b) => a + (t[0] * b))], gradient);
            return gradient;
        }

        Differences.AssertClose(Differences.Jacobian(Along, [0]), product, 1e-8);
    }
}
