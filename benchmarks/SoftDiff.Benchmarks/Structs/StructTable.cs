using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftDiff.Benchmarks.Functions;
using SoftDiff.Benchmarks.Transformations;

namespace SoftDiff.Benchmarks.Structs;

/// <summary>Gradients of code with values and objects, beside those of the same code with loose numbers, and beside gradients by hand.</summary>
internal static class StructTable
{
    private const MethodImplOptions Plain = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    private static readonly Bound LikeNumbers = Bound.AtMost(1.05), LikeHand = Bound.AtMost(1.2);

    public static int Run(RunOptions options)
    {
        var measurement = options.Quick ? Measurement.Quick : Measurement.Thorough;
        var missed = new List<string>();
        Console.WriteLine($"{"",-52} {"structs",11} {"other",11} {"ratio",8} {"±",6} {"wanted",8} {"bytes",9}");
        foreach (var (comparison, wanted) in Rows().Where(row => options.Selects(row.Comparison.Name)))
        {
            try
            {
                var row = measurement.Measure(comparison);
                Console.WriteLine($"{row.Name,-52} {Report.Time(row.Seconds),11} {Report.Time(row.BaselineSeconds),11} {row.Ratio,8:F2} {row.Spread,6:F2} {wanted,8} {row.Bytes,9:0.##}");
                if (!wanted.Holds(row.Ratio) || row.Bytes > 0) missed.Add(row.Name);
            }
            catch (DisagreementException disagreement)
            {
                Console.WriteLine($"{comparison.Name,-52} WRONG: {disagreement.Message}");
                missed.Add(comparison.Name);
            }
        }

        Console.WriteLine(missed.Count == 0 ? "Every ratio is as wanted." : "Not as wanted: " + string.Join("; ", missed));
        return missed.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<(Comparison Comparison, Bound Wanted)> Rows()
    {
        yield return (Pair(), LikeNumbers);
        yield return (Chain(1000), LikeNumbers);
        yield return (Call(), LikeNumbers);
        yield return (Logistic(1000, 20), LikeNumbers);
        yield return (Network(byHand: false), LikeNumbers);
        yield return (Network(byHand: true), LikeHand);
        yield return (Quaternions(16), LikeHand);
        yield return (Matrices(16), LikeHand);
    }

    private static Comparison Pair()
    {
        double[] d = new double[2];
        double Structs(int i)
        {
            double value = StructFunctions.PairGrad(new(0.01 * i, 1 - 0.02 * i), out Point p);
            (d[0], d[1]) = (p.X, p.Y);
            return value;
        }

        double Numbers(int i)
        {
            double value = Rosenbrock.PairGrad(0.01 * i, 1 - 0.02 * i, out double dX, out double dY);
            (d[0], d[1]) = (dX, dY);
            return value;
        }

        return Compare("Rosenbrock n=2 / numbers", d, Structs, Numbers);
    }

    private static Comparison Chain(int n)
    {
        double[] x = Uniform(2, n), d = new double[n];
        var knots = MemoryMarshal.Cast<double, Knot>(x).ToArray();
        return Compare(
            $"Rosenbrock n={n} / numbers", d,
            _ => StructFunctions.ChainGrad(knots, MemoryMarshal.Cast<double, Knot>(d.AsSpan())), _ => Rosenbrock.ChainGrad(x, d));
    }

    private static Comparison Call()
    {
        double[] d = new double[5];
        double Structs(int i)
        {
            double value = StructFunctions.CallGrad(new(90 + i, 100, 0.01 + 0.0005 * i, 0.2, 1), out Option g);
            (d[0], d[1], d[2], d[3], d[4]) = (g.Spot, g.Strike, g.Rate, g.Volatility, g.Time);
            return value;
        }

        double Numbers(int i)
        {
            double value = BlackScholes.CallGrad(
                90 + i, 100, 0.01 + 0.0005 * i, 0.2, 1,
                out double dSpot, out double dStrike, out double dRate, out double dVolatility, out double dTime);
            (d[0], d[1], d[2], d[3], d[4]) = (dSpot, dStrike, dRate, dVolatility, dTime);
            return value;
        }

        return Compare("Black-Scholes / numbers", d, Structs, Numbers);
    }

    private static Comparison Logistic(int n, int d)
    {
        double[] w = Uniform(4, d), features = Uniform(5, n * d), labels = [.. Uniform(6, n).Select(u => u < 0 ? -1.0 : 1.0)], dW = new double[d];
        Sample[] samples = [.. labels.Select((label, i) => new Sample(label, i))];
        return Compare(
            $"logistic regression n={n} d={d} / numbers", dW,
            _ => StructFunctions.LogisticGrad(w, features, samples, dW), _ => LogisticRegression.LossGrad(w, features, labels, dW));
    }

    private static Comparison Network(bool byHand)
    {
        var net = new Weights(Uniform(1, Mlp.Hidden * Mlp.Inputs), Uniform(2, Mlp.Hidden), Uniform(3, Mlp.Classes * Mlp.Hidden), Uniform(4, Mlp.Classes));
        var d = new Weights(new double[net.W1.Length], new double[net.B1.Length], new double[net.W2.Length], new double[net.B2.Length]);
        double[] input = Uniform(5, Mlp.Inputs);
        return Compare(
            "MLP 32-64-10 / " + (byHand ? "by hand" : "numbers"), d.W1, _ => StructFunctions.LossGrad(net, input, 3, d), byHand
                ? _ => Mlp.LossByHand(net.W1, net.B1, net.W2, net.B2, input, 3, d.W1, d.B1, d.W2, d.B2)
                : _ => Mlp.LossGrad(net.W1, net.B1, net.W2, net.B2, input, 3, d.W1, d.B1, d.W2, d.B2));
    }

    private static Comparison Quaternions(int joints)
    {
        float[] angles = Angles(joints), d = new float[joints];
        Vector3[] axes = [.. Enumerable.Range(0, joints).Select(i => Vector3.Normalize(new(1 + (i % 3), i % 2, 0.5f)))];
        Vector3 target = new(1, -2, 0.5f);
        return Compare(
            $"arm of {joints} quaternions / by hand", d,
            _ => Arm.ByQuaternionsGrad(angles, axes, target, d), _ => Arm.ByQuaternionsByHand(angles, axes, target, d));
    }

    private static Comparison Matrices(int joints)
    {
        float[] angles = Angles(joints), d = new float[joints];
        var bone = Matrix4x4.CreateTranslation(0.1f, 0.2f, 0.3f);
        Vector3 target = new(1, -2, 0.5f);
        return Compare(
            $"arm of {joints} 4x4 matrices / by hand", d,
            _ => Arm.ByMatricesGrad(angles, bone, target, d), _ => Arm.ByMatricesByHand(angles, bone, target, d));
    }

    /// <summary>Two ways to a value and a gradient, which the functions store. They get the number of the call modulo 64.</summary>
    private static Comparison Compare<T>(string name, T[] gradient, Func<int, double> structs, Func<int, double> other)
        where T : IFloatingPointIeee754<T>
    {
        Func<int, double> Loop(Func<int, double> function) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++) sink += function(i & 63);
            return sink;
        };

        return new(name, RowKind.Gradient, Loop(structs), Loop(other), () =>
        {
            for (int i = 0; i < 64; i++)
            {
                Agreement.Dirty(gradient);
                double expectedValue = other(i);
                T[] expected = [.. gradient];
                Agreement.Dirty(gradient);
                Agreement.Rounded<T>("value", [T.CreateTruncating(structs(i))], [T.CreateTruncating(expectedValue)]);
                Agreement.Rounded<T>("gradient", gradient, expected);
            }
        });
    }

    private static float[] Angles(int joints) => [.. Uniform(7, joints).Select(x => (float)x)];

    private static double[] Uniform(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }
}
