namespace SoftDiff.Runtime.Tests.Operators.Sorting;

public sealed class StandardizationTests
{
    [Fact]
    public void It_squashes_by_mean_and_deviation()
    {
        double[] x = [1, 2, 6];
        var w = new double[3];
        new Standardization(x).Squash(x, w);
        var deviation = Math.Sqrt((14.0 / 3) + 1e-6);
        for (var i = 0; i < 3; i++) Assert.Equal(1 / (1 + Math.Exp(-(x[i] - 3) / deviation)), w[i], 1e-15);
    }

    [Fact]
    public void The_way_back_is_the_inverse()
    {
        foreach (var n in Samples.Lengths.Where(n => n < 40))
        {
            var x = Samples.Uniform(n, n, -3, 8);
            var w = new double[n];
            var standardization = new Standardization(x);
            standardization.Squash(x, w);
            standardization.Unsquash(w);
            for (var i = 0; i < n; i++) Assert.Equal(x[i], w[i], 1e-12);
        }
    }

    [Fact]
    public void Its_rules_agree_with_differences_and_each_other()
    {
        foreach (var n in new[] { 3, 5, 11 })
        {
            GradientCheck.Verify(
                (x, y) => new Standardization(x).Squash(x, y),
                (x, c, dX) => new Standardization(x).Pullback(x, c, dX),
                (x, tX, t) => new Standardization(x).Pushforward(x, tX, t),
                Samples.Uniform(n, n, -3, 3),
                n);
        }
    }

    [Fact]
    public void One_element_is_in_the_middle_and_stays_there()
    {
        var (w, dX) = (new double[1], new double[1]);
        var standardization = new Standardization([3.7]);
        standardization.Squash([3.7], w);
        standardization.Pullback([3.7], [0.3], dX);
        Assert.Equal((0.5, 0), (w[0], dX[0]));
    }

    [Fact]
    public void The_way_back_has_rules_that_agree_with_differences_and_each_other()
    {
        // There with the elements of x in reverse, so that mean and deviation matter.
        GradientCheck.Verify(
            (x, y) =>
            {
                var standardization = new Standardization(x);
                standardization.Squash(x, y);
                y.Reverse();
                foreach (ref var v in y) v = (v * 0.5) + 0.2;
                standardization.Unsquash(y);
            },
            (x, c, dX) =>
            {
                var standardization = new Standardization(x);
                var (w, cW) = (new double[x.Length], new double[x.Length]);
                standardization.Squash(x, w);
                Array.Reverse(w);
                foreach (ref var v in w.AsSpan()) v = (v * 0.5) + 0.2;
                var cotangent = standardization.UnsquashPullback(w, c, cW);
                foreach (ref var v in cW.AsSpan()) v *= 0.5;
                Array.Reverse(cW);
                standardization.Pullback(x, cW, dX, cotangent);
            },
            (x, tX, t) =>
            {
                var standardization = new Standardization(x);
                var (w, tW) = (new double[x.Length], new double[x.Length]);
                standardization.Squash(x, w);
                var tangent = standardization.Pushforward(x, tX, tW);
                Array.Reverse(w);
                Array.Reverse(tW);
                foreach (ref var v in w.AsSpan()) v = (v * 0.5) + 0.2;
                foreach (ref var v in tW.AsSpan()) v *= 0.5;
                standardization.UnsquashPushforward(w, tW, tangent);
                tW.CopyTo(t);
            },
            Samples.Uniform(5, 7, -3, 3),
            7);
    }

    [Fact]
    public void The_way_back_is_clipped_with_half_of_the_slope_at_the_edge()
    {
        double[] x = [0, 2];
        var standardization = new Standardization(x);
        double[] y = [0, 1e-10, 0.5, 1 - 1e-10, 1];
        var slopes = new double[5];
        standardization.UnsquashPullback(y, [1, 1, 1, 1, 1], slopes);
        Assert.Equal(0, slopes[0]);
        Assert.Equal(0, slopes[4]);
        Assert.Equal(slopes[1] * 1e-10, 0.5 * slopes[2] / 4, 1e-9);
        standardization.Unsquash(y);
        Assert.Equal(y[1], y[0]);
        Assert.Equal(y[3], y[4]);
    }
}
