using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>
/// The reverse and the forward rule of every operator along an axis are the same derivative: ⟨c, J t⟩ = ⟨Jᵀ c, t⟩, to 1e-11 of the size of the terms,
/// for random rows, cotangents and tangents, the softness among the inputs.
/// </summary>
public sealed class PairingTests(ITestOutputHelper log)
{
    private const double Allowed = 1e-11;

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var op in Synthetic.AxisOperators.Values)
        {
            foreach (var method in op.Methods) data.Add(op.Name, method);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ReverseAndForwardAgree(string name, string method)
    {
        var op = Synthetic.AxisOperators[name];
        var random = new Random(name.Length + (31 * method.Length));
        var (worst, where, count) = (0.0, "", 0);
        foreach (var mode in Synthetic.Modes.Where(mode => Synthetic.Exists(method, mode)))
        {
            foreach (var length in Lengths(method, op, random))
            {
                var x = Synthetic.Numbers(length, random).Select(v => 3 * v).ToArray();
                var softness = Math.Exp(random.NextDouble() * 4 - 3);
                var row = Synthetic.Row(op, method, mode, softness, random.Next(4) > 0, [], x, random);
                foreach (var form in PublicForms<double>.Of(new Call<double>(row)))
                {
                    var ratio = Mismatch(row, form, random);
                    count++;
                    if (!(ratio <= worst)) (worst, where) = (ratio, $"{row.Id}, {form.Name}");
                }
            }
        }

        log.WriteLine($"{count} pairs, worst {worst:G3} ({where})");
        Assert.True(worst <= Allowed, $"{where}: {worst:G3}");
    }

    private static double Mismatch(GoldenRow row, Form<double> form, Random random)
    {
        var x = row.Inputs["x"].Data;
        var (t, tSoftness, c) = (Synthetic.Numbers(x.Length, random), random.NextDouble(), row.Cotangent.Data);
        var pullback = form.Vjp();
        var (_, tangent) = form.Jvp(new Direction<double>(new Dictionary<string, double[]> { ["x"] = t }, tSoftness));
        var g = pullback.Gradients["x"];
        var (forward, reverse, size) = (0.0, 0.0, double.Epsilon);
        for (var i = 0; i < c.Length; i++)
        {
            forward += c[i] * tangent[i];
            size += Math.Abs(c[i] * tangent[i]);
        }

        for (var i = 0; i < t.Length; i++)
        {
            reverse += g[i] * t[i];
            size += Math.Abs(g[i] * t[i]);
        }

        reverse += pullback.Softness!.Value * tSoftness;
        size += Math.Abs(pullback.Softness.Value * tSoftness);
        // Where the derivative is 0 but for rounding, that of terms of the size of a hundredth counts.
        return Math.Abs(forward - reverse) / Math.Max(size, 0.01);
    }

    // Short ones, those around the vectors, and random ones up to what the method does in reasonable time.
    private static IEnumerable<int> Lengths(string method, AxisOperator op, Random random)
    {
        var isMatrix = op.Shape(7).Length == 2;
        var most = method switch { "ot" => 24, "smooth_sort" => 60, "sorting_network" => isMatrix ? 80 : 150, _ => isMatrix ? 120 : 300 };
        int[] few = [1, 2, 3, 4, 5, 9];
        return [.. few, .. Enumerable.Range(0, 4).Select(_ => random.Next(1, most + 1)), most];
    }
}
