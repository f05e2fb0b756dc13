namespace SoftDiff.Tests.Declared;

/// <summary>A batch is the loop of calls, bit for bit, and its shapes are checked before anything is written.</summary>
public sealed class BatchTests
{
    private static readonly double[] Times = [1, 2.5, 7, 0.25];

    private static readonly int[] Periods = [1, 0, 12, 4];

    private static readonly bool[] Continuous = [false, true, false, true];

    [Fact]
    public void Equal_transitions_have_the_gradient_of_one_each()
    {
        double[] theta = [0.1, -0.1, 0], before = [1, 2, -1], after = [2, 1, -1];
        var (gradients, losses) = (new double[6], new double[2]);

        Batches.TdUpdateBatch(2, theta, [.. before, .. before], [1, 1], [.. after, .. after], gradients, losses);

        Differences.AssertClose([-2.4, -4.8, 2.4, -2.4, -4.8, 2.4], gradients, 1e-14);
        var gradient = new double[3];
        var loss = Learning.TdUpdate(theta, before, 1, after, gradient);
        Assert.Equal([.. gradient, .. gradient], gradients);
        Assert.Equal([loss, loss], losses);
    }

    [Fact]
    public void A_function_of_numbers_runs_for_each_example()
    {
        var factors = new double[4];
        Batches.Discounts(4, 0.04, Times, Periods, Continuous, factors);
        Assert.Equal(Enumerable.Range(0, 4).Select(i => Batches.Discount(0.04, Times[i], Periods[i], Continuous[i])), factors);

        new Planner().Plan(4, 0.04, Times, 12, false, factors);
        Assert.Equal(Times.Select(time => Batches.Discount(0.04, time, 12, false)), factors);
    }

    [Fact]
    public void Several_cores_give_the_bits_of_the_loop()
    {
        const int Count = 5000;
        double[] rates = [.. Enumerable.Range(0, Count).Select(i => 0.01 + (i * 1e-5))], times = [.. rates.Select(r => 1 / r)];
        int[] periods = [.. Enumerable.Range(0, Count).Select(i => i % 13)];
        bool[] continuous = [.. periods.Select(p => p % 3 == 0)];
        double[] dRate = new double[Count], dTime = new double[Count], values = new double[Count];
        double[] dRates = new double[Count], dTimes = new double[Count], all = new double[Count];

        Batches.DiscountGradients(Count, rates, times, periods, continuous, dRate, dTime, values);
        Batches.DiscountGradientsInParallel(Count, rates, times, periods, continuous, dRates, dTimes, all);

        Assert.Equal(dRate, dRates);
        Assert.Equal(dTime, dTimes);
        Assert.Equal(values, all);
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(Batches.DiscountGradient(rates[i], times[i], periods[i], continuous[i], out var byRate, out var byTime), values[i]);
            Assert.Equal((byRate, byTime), (dRate[i], dTime[i]));
        }
    }

    [Fact]
    public void Buffers_references_and_outputs_have_a_part_for_each_example()
    {
        float[] force = [1, -2, 3, 0.5f], state = [0.1f, 0.2f, 0.3f, 0.4f], clock = [1, 2], energy = new float[2];
        float[] first = [0.1f, 0.2f], second = [0.3f, 0.4f];
        var (c0, c1) = (1f, 2f);
        Batches.Step([1, -2], first, ref c0, out var e0);
        Batches.Step([3, 0.5f], second, ref c1, out var e1);

        Batches.Steps(2, force, state, clock, energy);

        Assert.Equal([.. first, .. second], state);
        Assert.Equal([c0, c1], clock);
        Assert.Equal([e0, e1], energy);

        float[] same = [0.1f, 0.2f, 0.1f, 0.2f];
        clock = [1, 1];
        Batches.StepsOfOneForce(2, [1, -2], same, clock, energy);
        Assert.Equal([.. first, .. first], same);
        Assert.Equal([e0, e0], energy);
    }

    [Fact]
    public void Batches_nest()
    {
        double[] w = [0.1, 0.2, -0.3, 0.4], x = [1, 2, 3, 4, 5, 6];
        var losses = new double[6];
        Batches.LossesOfModels(2, 3, w, x, losses);

        for (var model = 0; model < 2; model++)
        {
            for (var i = 0; i < 3; i++) Assert.Equal(Batches.Loss(w.AsSpan(2 * model, 2), x.AsSpan(2 * i, 2)), losses[(3 * model) + i]);
        }
    }

    [Fact]
    public void The_declared_types_choose_the_overload()
    {
        var products = new double[2];
        Batches.Products(2, 3, [5, 7], products);
        Assert.Equal([15.0, 21.0], products);
    }

    [Fact]
    public void The_derivative_by_what_is_shared_is_a_sum()
    {
        double[] w = [0.1, 0.2], x = [1, 2, 3, 4, 5, 6];
        var expected = new double[2];
        for (var i = 0; i < 3; i++)
        {
            var dW = new double[2];
            Batches.LossGrad(w, x.AsSpan(2 * i, 2), dW, new double[2]);
            for (var k = 0; k < 2; k++) expected[k] += dW[k];
        }

        var mean = new double[2];
        Batches.MeanLossGrad(w, x, 3, mean);
        Differences.AssertClose([.. expected.Select(d => d / 3)], mean, 1e-15);

        var (losses, sum, ones) = (new double[3], new double[2], new double[] { 1, 1, 1 });
        Batches.LossesPullback(3, w, x, losses, sum, ones);
        Differences.AssertClose(expected, sum, 1e-15);
        Assert.Equal(new double[3], ones);
        Assert.Equal(Batches.Loss(w, [5, 6]), losses[2]);
    }

    [Fact]
    public void Every_example_has_a_hessian()
    {
        double[] w = [0.1, 0.2], x = [1, 2, 3, 4];
        var (hessians, values) = (new double[8], new double[2]);
        Batches.LossHessians(2, w, x, hessians, values);
        for (var i = 0; i < 2; i++)
        {
            double[] example = [x[2 * i], x[(2 * i) + 1]];
            var p = 1 / (1 + Math.Exp(-((w[0] * example[0]) + (w[1] * example[1]))));
            double[] expected = [.. from a in example from b in example select p * (1 - p) * a * b];
            Differences.AssertClose(expected, hessians[(4 * i)..(4 * (i + 1))], 1e-14);
        }
    }

    [Fact]
    public void An_empty_batch_does_nothing()
    {
        Batches.Losses(0, [1, 2], [], []);
        Batches.DiscountGradientsInParallel(0, [], [], [], [], [], [], []);
        Batches.TdUpdateBatch(0, [1, 2, 3], [], [], [], [], []);
    }

    [Fact]
    public void Wrong_lengths_throw_before_anything_is_written()
    {
        double[] theta = [1, 2], gradients = [7, 7, 7, 7], losses = [7, 7];
        void Throws<T>(string name, Action call)
            where T : ArgumentException
        {
            var exception = Assert.Throws<T>(call);
            Assert.Equal(name, exception.ParamName);
            Assert.All([.. gradients, .. losses], number => Assert.Equal(7, number));
        }

        Throws<ArgumentException>("rT", () => Batches.TdUpdateBatch(2, theta, [1, 2, 3, 4], [1], [1, 2, 3, 4], gradients, losses));
        Throws<ArgumentException>("sTm1", () => Batches.TdUpdateBatch(2, theta, [1, 2, 3], [1, 1], [1, 2, 3, 4], gradients, losses));
        Throws<ArgumentException>("dTheta", () => Batches.TdUpdateBatch(2, theta, [1, 2, 3, 4], [1, 1], [1, 2, 3, 4], gradients.AsSpan(0, 2), losses));
        Throws<ArgumentException>("values", () => Batches.TdUpdateBatch(2, theta, [1, 2, 3, 4], [1, 1], [1, 2, 3, 4], gradients, losses.AsSpan(1)));
        Throws<ArgumentOutOfRangeException>("batch", () => Batches.TdUpdateBatch(-1, theta, [1, 2, 3, 4], [1, 1], [1, 2, 3, 4], gradients, losses));
        Throws<ArgumentOutOfRangeException>("count", () => Batches.Discounts(-1, 0.1, Times, Periods, Continuous, losses));
    }
}
