using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators;

/// <summary>The published examples, with all their digits: by default options, for rows and for tensors, in double and float.</summary>
public sealed class WorkedExampleTests
{
    // Published with eight decimals: (0.41845711, 0.21629545, 0.96532146, 0.57450053). They are the first four of JAX's uniform numbers for
    // the key 0, Threefry-2x32 in counter mode, and the results that are published with more digits are of these.
    private static readonly double[] X = [0.41845711171638644, 0.21629545460551136, 0.9653214611189975, 0.5745005337275046];

    [Fact]
    public void The_inputs_are_those_published() => AssertDigits([0.41845711, 0.21629545, 0.96532146, 0.57450053], X);

    [Fact]
    public void The_largest_of_three()
    {
        double[] expected = [0.00398514, 0.06104098, 0.93497388], y = new double[3];
        Soft.ArgMax([1.0, 2, 3], y);
        AssertDigits(expected, y);
        Soft.ArgMax(new ReadOnlyTensorSpan<double>([1.0, 2, 3]), new TensorSpan<double>(y));
        AssertDigits(expected, y);

        var single = new float[3];
        Soft.ArgMax([1f, 2, 3], single);
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], single[i], 2e-6);
    }

    [Fact]
    public void The_largest_of_four()
    {
        // Seventeen digits: the last is worth a unit of the last place.
        Assert.Equal(0.9375883761565286, Soft.Max(X), 2e-16);
        Assert.Equal(0.9375883761565286, Soft.MaxVjp(X, 1, new double[4], out _), 2e-16);
        Assert.Equal(0.9375883761565286, Soft.MaxJvp(X, new double[4], 0, out _), 2e-16);
        Assert.Equal(0.9375883761565286, Soft.Max(Array.ConvertAll(X, v => (float)v)), 1e-6);
    }

    [Fact]
    public void The_median_of_four()
    {
        Assert.Equal(0.4862129625709338, Soft.Median(X), 2e-16);
        Assert.Equal(0.4862129625709338, Soft.Median(Array.ConvertAll(X, v => (float)v)), 1e-6);
    }

    [Fact]
    public void The_order_of_four()
    {
        double[] expected = [0.26368044, 0.42239119, 0.55003473, 0.92707357], y = new double[4];
        Soft.Sort(X, y);
        AssertDigits(expected, y);
        Soft.Sort(new ReadOnlyTensorSpan<double>(X), new TensorSpan<double>(y));
        AssertDigits(expected, y);
    }

    [Fact]
    public void The_two_largest_of_four()
    {
        double[] values = new double[2], indices = new double[8];
        Soft.TopK(X, 2, values, indices);
        AssertDigits([0.92707357, 0.55003473], values);
        for (var i = 0; i < 2; i++) Assert.Equal(values[i], indices.Skip(4 * i).Take(4).Zip(X, (p, x) => p * x).Sum(), 1e-15);
        Soft.TopK(X, 2, values, default);
        AssertDigits([0.92707357, 0.55003473], values);
    }

    /// <summary>All eight decimals that are published.</summary>
    private static void AssertDigits(double[] published, double[] actual) =>
        Assert.Equal(published, Array.ConvertAll(actual, v => Math.Round(v, 8)));
}
