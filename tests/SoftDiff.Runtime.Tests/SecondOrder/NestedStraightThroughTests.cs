using System.Reflection;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>The rules of straight-through reverse modes: the values are those of the method, the value with the hard one; all move as those of the soft one do.</summary>
public sealed class NestedStraightThroughTests
{
    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var vjp in NestedMethods.Vjps().Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(SoftMode)))) data.Add(vjp.Name, NestedMethods.Signature(vjp));
        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void HardValuesMoveAsSoftOnesDo(string name, string signature)
    {
        var vjp = NestedMethods.Vjp(name, signature);
        var straightThrough = vjp.DeclaringType!.GetMethod(name[..^3] + "StVjp", [.. vjp.GetParameters().Select(p => p.ParameterType)])!;
        Assert.Equal(name + "Backward", straightThrough.GetCustomAttribute<CustomVjpAttribute>()?.Backward);
        Assert.Equal(straightThrough.Name + "Tangent", straightThrough.GetCustomAttribute<CustomJvpAttribute>()?.Tangent);

        var (soft, hard) = (NestedMethods.Rule(vjp, "Tangent"), NestedMethods.Rule(straightThrough, "Tangent"));
        var random = new Random(name.Length);
        foreach (var point in NestedMethods.Points(vjp, random).Where((_, i) => i % 5 == 0))
        {
            var direction = point.Direction(random);
            var (values, tangents) = point.Tangent(hard, direction);
            Assert.Equal(point.Tangent(soft, direction).Tangents, tangents);
            var expected = point.Run(straightThrough);
            var size = Math.Max(1, expected.Where(double.IsFinite).Max(Math.Abs));
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(expected[i].Equals(values[i]) || Math.Abs(expected[i] - values[i]) <= 1e-11 * size, $"{point}: value {i}: {values[i]:R} and {expected[i]:R}");
            }
        }
    }

    [Fact]
    public void HardValuesMayBeWrittenOverTheInput()
    {
        double[] x = [1, 3, 2], c = [1, -1, 2], t = [0.3, 0.1, -0.2], dX = new double[3], tDX = new double[3];
        var zeros = new double[3];
        Soft.RankStVjpTangent(x, x, c, dX, 0.3, SoftMode.Smooth, SortMethod.NeuralSort, true, false, t, zeros, 0, t, tDX);
        Assert.Equal([1, 3, 2], x);

        double[] expected = new double[3], tExpected = new double[3];
        Soft.RankVjpTangent([1, 3, 2], zeros, c, expected, 0.3, SoftMode.Smooth, SortMethod.NeuralSort, true, false, [0.3, 0.1, -0.2], new double[3], 0, new double[3], tExpected);
        Assert.Equal(expected, dX);
        Assert.Equal(tExpected, tDX);
    }
}
