using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>
/// The rules of every reverse mode: forward over reverse is the derivative of what the reverse mode computes, and reverse over reverse its
/// transpose. The second holds to rounding only if the second derivatives are exact, since it exchanges the order of differentiation.
/// </summary>
public sealed class NestedRuleTests(ITestOutputHelper log)
{
    private const double Transposed = 1e-9, Differences = 2e-6;

    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var vjp in NestedMethods.Vjps()) data.Add(vjp.Name, NestedMethods.Signature(vjp));
        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void NestedDerivativesAreThoseOfTheReverseMode(string name, string signature)
    {
        var vjp = NestedMethods.Vjp(name, signature);
        var (tangent, backward) = (NestedMethods.Rule(vjp, "Tangent"), NestedMethods.Rule(vjp, "Backward"));
        var random = new Random(name.Length);
        var (count, compared, worstPair, worstDifference) = (0, 0, 0.0, 0.0);
        foreach (var point in NestedMethods.Points(vjp, random))
        {
            count++;
            var pair = point.Mismatch(tangent, backward, random);
            Assert.True(pair <= Transposed, $"{point}: transposed {pair:G3}");
            worstPair = Math.Max(worstPair, pair);
            if (point.Error(tangent, random) is not { } difference) continue;
            compared++;
            Assert.True(difference <= Differences, $"{point}: difference {difference:G3}");
            worstDifference = Math.Max(worstDifference, difference);
        }

        log.WriteLine($"{count} points, transposed {worstPair:G3}; {compared} smooth, differences {worstDifference:G3}");
        Assert.True(count > 0 && compared >= 0.9 * count, $"{compared} of {count} points are smooth");
    }

    [Fact]
    public void UngatedGradientsDoNotNest()
    {
        double[] x = [1, 3, 2], c = [1, -1, 2];
        var error = Assert.Throws<NotSupportedException>(() => Soft.SortVjpTangent(
            x, new double[3], c, new double[3], 0.1, SoftMode.Smooth, SortMethod.SoftSort, true, false, gatedGrad: false, x, c, 0, new double[3], new double[3]));
        Assert.Contains("gatedGrad", error.Message, StringComparison.Ordinal);
    }
}
