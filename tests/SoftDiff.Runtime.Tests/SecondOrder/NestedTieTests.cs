using System.Reflection;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>
/// Second derivatives of the elementwise operators where inputs are equal or 0, and their code branches: wherever the reverse mode is smooth there, they are
/// exact. At a kink they follow a convention, which this test does not ask for.
/// </summary>
public sealed class NestedTieTests(ITestOutputHelper log)
{
    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var vjp in NestedMethods.Vjps().Where(IsElementwise))
            data.Add(vjp.Name, NestedMethods.Signature(vjp));
        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void TangentsAreExactWhereTheReverseModeIsSmooth(string name, string signature)
    {
        var vjp = NestedMethods.Vjp(name, signature);
        var tangent = NestedMethods.Rule(vjp, "Tangent");
        var random = new Random(name.Length);
        var (points, smooth, failed) = (0, 0, new List<string>());
        foreach (var point in NestedMethods.Points(vjp, random, hasTies: true).Where(p => !p.IsUngated))
        {
            points++;
            if (point.Error(tangent, random) is not { } error) continue;
            smooth++;
            if (!(error <= 2e-6)) failed.Add($"{point}: {error:G3}");
        }

        log.WriteLine($"{smooth} of {points} points are smooth, {failed.Count} fail");
        Assert.True(smooth > 0, "no point is smooth");
        Assert.True(failed.Count == 0, $"{failed.Count} of {smooth}:\n" + string.Join('\n', failed.Take(20)));
    }

    private static bool IsElementwise(MethodInfo vjp) => vjp.DeclaringType == typeof(Soft)
        && Array.Exists(vjp.GetParameters(), p => p.Name == "softness")
        && !Array.Exists(vjp.GetParameters(), p => p.Name == "method");
}
