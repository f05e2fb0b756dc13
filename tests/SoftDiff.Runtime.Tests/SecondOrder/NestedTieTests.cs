using System.Reflection;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>
/// Second derivatives of all operators with a softness where inputs are equal or 0, and their code branches: wherever the reverse mode is smooth there, they are
/// exact. At a kink they follow a convention (docs/kinks.md). Kinks are counted, and some methods must not have any.
/// </summary>
public sealed class NestedTieTests(ITestOutputHelper log)
{
    private const double Tolerance = 2e-6;

    // The most that an operator has today; all have 16 of 17 062 points together.
    private const int MostExcused = 5;

    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var vjp in NestedMethods.Vjps().Where(IsSoft)) data.Add(vjp.Name, NestedMethods.Signature(vjp));
        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void TangentsAreExactWhereTheReverseModeIsSmooth(string name, string signature)
    {
        var vjp = NestedMethods.Vjp(name, signature);
        var tangent = NestedMethods.Rule(vjp, "Tangent");
        var random = new Random(name.Length);
        var (points, excused, kinks, failed) = (0, 0, new List<NestedPoint>(), new List<string>());
        foreach (var point in NestedMethods.Points(vjp, random, hasTies: true).Where(p => !p.IsUngated))
        {
            points++;
            if (point.Error(tangent, random) is not { } apart)
            {
                kinks.Add(point);
                continue;
            }

            var error = Math.Max(apart, point.Error(tangent, point.DirectionOfTies(random)) ?? 0);
            if (error <= Tolerance) continue;
            if (point.IsExcused(error)) excused++;
            else failed.Add($"{point}: {error:G3}");
        }

        log.WriteLine($"{points} points, of these {kinks.Count} kinks; {excused} excused");
        Assert.True(failed.Count == 0, $"{failed.Count} of {points - kinks.Count}:\n" + string.Join('\n', failed.Take(20)));
        Assert.True(excused <= MostExcused, $"{excused} points are excused");
        Assert.True(kinks.Count < points, "no point is smooth");
        Assert.DoesNotContain(kinks, point => point.IsSmoothAtTies);
    }

    private static bool IsSoft(MethodInfo vjp) =>
        vjp.DeclaringType == typeof(Soft) && Array.Exists(vjp.GetParameters(), p => p.Name == "softness");
}
