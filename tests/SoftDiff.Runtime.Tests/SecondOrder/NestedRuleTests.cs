using System.Reflection;
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

    public static TheoryData<string, string> Rules()
    {
        var data = new TheoryData<string, string>();
        foreach (var rule in NestedMethods.Rules()) data.Add(rule.Name, NestedMethods.Signature(rule));
        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void NestedDerivativesAreThoseOfTheReverseMode(string name, string signature) => Check(NestedMethods.Vjp(name, signature));

    [Theory]
    [MemberData(nameof(Rules))]
    public void RulesOfRulesAreTheirDerivatives(string name, string signature) => Check(NestedMethods.Rule(name, signature));

    private void Check(MethodInfo vjp)
    {
        var name = vjp.Name;
        var (tangent, backward) = (NestedMethods.Rule(vjp, "Tangent"), NestedMethods.Rule(vjp, "Backward"));
        var random = new Random(name.Length);
        var (count, gated, compared, worstPair, worstDifference) = (0, 0, 0, 0.0, 0.0);
        foreach (var point in NestedMethods.Points(vjp, random))
        {
            count++;
            var pair = point.Mismatch(tangent, backward, random);
            Assert.True(pair <= Transposed, $"{point}: transposed {pair:G3}");
            worstPair = Math.Max(worstPair, pair);
            if (point.IsUngated) continue;
            gated++;
            if (point.Error(tangent, random) is not { } difference) continue;
            compared++;
            Assert.True(difference <= Differences, $"{point}: difference {difference:G3}");
            worstDifference = Math.Max(worstDifference, difference);
        }

        log.WriteLine($"{count} points, transposed {worstPair:G3}; {compared} of {gated} smooth, differences {worstDifference:G3}");
        Assert.True(gated > 0 && compared >= 0.9 * gated, $"{compared} of {gated} points are smooth");
    }

    /// <summary>With constant P, y = P x and dX = Pᵀ c are linear: their tangents are P t and Pᵀ tC, and the softness has no part.</summary>
    [Theory]
    [InlineData(SortMethod.SoftSort)]
    [InlineData(SortMethod.NeuralSort)]
    [InlineData(SortMethod.OptimalTransport)]
    public void UngatedGradientsNestWithConstantProbabilities(SortMethod method)
    {
        double[] x = [1, 3, -2, 0.5], c = [1, -1, 2, 0.3], tX = [0.7, -0.4, 0.2, 1], tC = [-0.3, 0.9, 0.1, 0.6];
        foreach (var mode in (SoftMode[])[SoftMode.Smooth, SoftMode.C0, SoftMode.C1, SoftMode.C2])
        {
            foreach (var standardize in (bool[])[false, true])
            {
                double[] y = new double[4], dX = new double[4], tY = new double[4], tDX = new double[4], expectedY = new double[4], expectedDX = new double[4];
                var (dSoftness, tDSoftness) = Soft.SortVjpTangent(
                    x, y, c, dX, 0.8, mode, method, standardize, false, gatedGrad: false, tX, tC, 0.5, tY, tDX);
                Soft.SortJvp(x, new double[4], tX, expectedY, 0.5, 0.8, mode, method, standardize, gatedGrad: false);
                Soft.SortVjp(x, default, tC, expectedDX, out _, 0.8, mode, method, standardize, gatedGrad: false);
                Assert.Equal((0, 0), (dSoftness, tDSoftness));
                for (var i = 0; i < 4; i++)
                {
                    Assert.Equal(expectedY[i], tY[i], 1e-12);
                    Assert.Equal(expectedDX[i], tDX[i], 1e-12);
                }
            }
        }
    }
}
