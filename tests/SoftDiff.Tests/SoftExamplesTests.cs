using SoftExamples;

namespace SoftDiff.Tests;

/// <summary>The sample SoftExamples: what it learns, and the gradients by which it does.</summary>
public static class SoftExamplesTests
{
    public static TheoryData<string> Names() => new(Examples.Keys);

    private static Dictionary<string, Example> Examples { get; } = new[]
    {
        MedianRegression.Create(seed: 0), FeatureSelection.Create(seed: 42), ThresholdFilter.Create(), RuleClassifier.Create(),
    }.ToDictionary(example => example.Name);

    /// <summary>Beside the start, where the scores to be sorted are all equal, and on the way.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public static void Gradients_agree_with_differences(string name)
    {
        var example = Examples[name];
        double[] first = [.. example.Start.Select((p, i) => p + (0.1 * (((3 * i) % 7) - 3)))];
        example.CheckGradient(first);
        example.CheckGradient(example.Train(example.Steps / 4));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void Training_reaches_its_aim(string name)
    {
        var example = Examples[name];
        var parameters = example.Train(example.Steps);
        Assert.True(example.Reached(parameters), example.Outcome(parameters));
        Assert.False(example.Reached(example.Start));
    }

    /// <summary>The slope of the hard program is 0 in three of the examples, so that it alone could not be trained.</summary>
    [Theory]
    [InlineData("Top-k feature selection")]
    [InlineData("Threshold filter")]
    [InlineData("Rule classifier")]
    public static void The_hard_program_has_no_slope(string name)
    {
        var example = Examples[name];
        var gradient = new double[example.Start.Length];
        example.Gradient(example.Start, SoftMode.Hard, gradient);
        Assert.All(gradient, slope => Assert.Equal(0, slope));
        example.Gradient(example.Start, SoftMode.Smooth, gradient);
        Assert.All(gradient, slope => Assert.NotEqual(0, slope));
    }

    [Fact]
    public static void The_median_regression_ignores_the_outlier()
    {
        var example = Examples["Robust median regression"];
        var weights = example.Train(example.Steps);
        Assert.True(MedianRegression.Distance(weights) < 1e-3);
        Assert.True(example.Loss(weights, SoftMode.Smooth) < 1e-6);
        Assert.True(example.Loss(weights, SoftMode.Hard) < 1e-3);
    }

    [Fact]
    public static void The_selected_features_leave_the_noise_as_error()
    {
        var example = Examples["Top-k feature selection"];
        var scores = example.Train(example.Steps);
        Assert.Equal(7, FeatureSelection.Select(scores)[0]);
        Assert.InRange(example.Loss(scores, SoftMode.Hard), 0, 0.1);
        Assert.True(example.Loss(scores, SoftMode.Smooth) < 0.5 * example.Loss(example.Start, SoftMode.Smooth));
    }

    /// <summary>The numbers that the documentation of SoftJAX gives for this example.</summary>
    [Fact]
    public static void The_threshold_is_the_published_one()
    {
        var example = Examples["Threshold filter"];
        var gradient = new double[1];
        example.Gradient(example.Start, SoftMode.Smooth, gradient);
        Assert.Equal(-0.6600359275215457, gradient[0], 1e-14);
        var threshold = example.Train(example.Steps);
        Assert.Equal(0.6211048323197621, threshold[0], 1e-14);
        Assert.Equal(0, example.Loss(threshold, SoftMode.Hard));
    }

    /// <summary>As above; they are published with four decimals.</summary>
    [Fact]
    public static void The_bounds_of_the_rule_are_the_published_ones()
    {
        var example = Examples["Rule classifier"];
        var gradient = new double[2];
        double errors = example.Gradient(example.Start, SoftMode.Smooth, gradient);
        Assert.Equal(6, errors);
        Assert.Equal(-4.2777, gradient[0], 5e-5);
        Assert.Equal(1.4152, gradient[1], 5e-5);
        var bounds = example.Train(example.Steps);
        Assert.Equal(0.2925, bounds[0], 5e-5);
        Assert.Equal(0.5999, bounds[1], 5e-5);
        Assert.Equal(0, example.Loss(bounds, SoftMode.Hard));
    }
}
