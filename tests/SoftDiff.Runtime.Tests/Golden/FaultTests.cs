using System.Text.Json;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>The comparison with the references can fail: a reference that is a little wrong is found.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("output", 1e-8)]
    [InlineData("grads", 1e-8)]
    [InlineData("softness", 1e-8)]
    public void AChangedReferenceIsNoticed(string what, double change)
    {
        // The row without the change passes; with it, it fails.
        Assert.True(Run(null, 0).Passed, Run(null, 0).ToString());
        var outcome = Run(what, change);
        Assert.False(outcome.Passed);
        Assert.InRange(outcome.Worst.Error, change / 2, 2 * change);
    }

    [Fact]
    public void NaNIsNoticed() => Assert.False(Run("output", double.NaN).Passed);

    [Fact]
    public void AMissingOperatorIsNoticed() => Assert.Null(OperatorNames.Find("no such operator"));

    // relu(x) with s = 1 at 0: ln 2, slope 1/2, and ln 2 for the softness.
    private static Outcome Run(string? what, double change)
    {
        double Value(string part, double value) => part == what ? value + change : value;
        var ln2 = Math.Log(2);
        var json = JsonSerializer.SerializeToElement(new
        {
            id = "fault",
            op = "relu",
            mode = "smooth",
            softness = 1,
            provenance = "softjax",
            inputs = new { x = new { shape = new[] { 1 }, data = new[] { 0.0 } } },
            output = new { shape = new[] { 1 }, data = new[] { Value("output", ln2) } },
            cotangent = new { shape = new[] { 1 }, data = new[] { 1.0 } },
            grads = new { x = new { shape = new[] { 1 }, data = new[] { Value("grads", 0.5) } } },
            grad_softness = Value("softness", ln2),
        }, new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals });
        return Comparison<double>.Run(new GoldenRow(json));
    }
}
