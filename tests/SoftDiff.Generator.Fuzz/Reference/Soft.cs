namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>
/// Takes the place of <see cref="SoftDiff.Soft"/> in reference runs: values and tangents by the operators' forward modes, which have
/// tests of their own. The compiler calls
/// rules that it finds by attributes, so a wrong one among these shows as well.
/// </summary>
public static class Soft
{
    public static Dual<double> Sigmoid(Dual<double> x)
    {
        double y = SoftDiff.Soft.Sigmoid(x.Value);
        return new(y, y * SoftDiff.Soft.Sigmoid(-x.Value) * x.Tangent);
    }

    public static Dual<double> Softplus(Dual<double> x) => new(SoftDiff.Soft.Softplus(x.Value), SoftDiff.Soft.Sigmoid(x.Value) * x.Tangent);

    public static Dual<double> Relu(Dual<double> x, Dual<double> softness) =>
        new(SoftDiff.Soft.ReluJvp(x.Value, x.Tangent, softness.Tangent, out double tangent, softness.Value), tangent);

    public static Dual<double> Abs(Dual<double> x, Dual<double> softness) =>
        new(SoftDiff.Soft.AbsJvp(x.Value, x.Tangent, softness.Tangent, out double tangent, softness.Value), tangent);

    public static Dual<double> Heaviside(Dual<double> x, Dual<double> softness) =>
        new(SoftDiff.Soft.HeavisideJvp(x.Value, x.Tangent, softness.Tangent, out double tangent, softness.Value), tangent);

    public static Dual<double> Round(Dual<double> x, Dual<double> softness) =>
        new(SoftDiff.Soft.RoundJvp(x.Value, x.Tangent, softness.Tangent, out double tangent, softness.Value), tangent);

    public static Dual<double> Greater(Dual<double> x, Dual<double> y, Dual<double> softness) => new(
        SoftDiff.Soft.GreaterJvp(x.Value, y.Value, x.Tangent, y.Tangent, softness.Tangent, out double tangent, softness.Value), tangent);

    public static Dual<double> Where(Dual<double> condition, Dual<double> x, Dual<double> y) => new(
        SoftDiff.Soft.WhereJvp(condition.Value, x.Value, y.Value, condition.Tangent, x.Tangent, y.Tangent, out double tangent), tangent);

    public static void Relu(ReadOnlySpan<Dual<double>> x, Span<Dual<double>> destination, Dual<double> softness)
    {
        Split from = new(x), to = new(destination);
        SoftDiff.Soft.ReluJvp(from.Values, to.Values, from.Tangents, to.Tangents, softness.Tangent, softness: softness.Value);
        to.Join(destination);
    }

    public static void Sort(ReadOnlySpan<Dual<double>> x, Span<Dual<double>> destination, Dual<double> softness)
    {
        Split from = new(x), to = new(destination);
        SoftDiff.Soft.SortJvp(from.Values, to.Values, from.Tangents, to.Tangents, softness.Tangent, softness: softness.Value);
        to.Join(destination);
    }

    public static void Rank(ReadOnlySpan<Dual<double>> x, Span<Dual<double>> destination, Dual<double> softness)
    {
        Split from = new(x), to = new(destination);
        SoftDiff.Soft.RankJvp(from.Values, to.Values, from.Tangents, to.Tangents, softness.Tangent, softness: softness.Value);
        to.Join(destination);
    }

    public static Dual<double> Max(ReadOnlySpan<Dual<double>> x, Dual<double> softness)
    {
        Split from = new(x);
        return new(SoftDiff.Soft.MaxJvp(from.Values, from.Tangents, softness.Tangent, out double tangent, softness.Value), tangent);
    }

    public static Dual<double> Median(ReadOnlySpan<Dual<double>> x, Dual<double> softness)
    {
        Split from = new(x);
        return new(SoftDiff.Soft.MedianJvp(from.Values, from.Tangents, softness.Tangent, out double tangent, softness.Value), tangent);
    }

    public static Dual<double> LogSumExp(ReadOnlySpan<Dual<double>> x)
    {
        Dual<double> sum = 0;
        foreach (Dual<double> value in x) sum += Dual<double>.Exp(value);
        return Dual<double>.Log(sum);
    }

    public static void Softmax(ReadOnlySpan<Dual<double>> x, Span<Dual<double>> destination)
    {
        Dual<double> sum = LogSumExp(x);
        for (int i = 0; i < x.Length; i++) destination[i] = Dual<double>.Exp(x[i] - sum);
    }
}

/// <summary>Takes the place of <see cref="SoftDiff.Safe"/> in reference runs.</summary>
public static class Safe
{
    public static Dual<double> Sqrt(Dual<double> x) => new(SoftDiff.Safe.SqrtJvp(x.Value, x.Tangent, out double tangent), tangent);

    public static Dual<double> Log(Dual<double> x) => new(SoftDiff.Safe.LogJvp(x.Value, x.Tangent, out double tangent), tangent);

    public static Dual<double> Div(Dual<double> x, Dual<double> y) =>
        new(SoftDiff.Safe.DivJvp(x.Value, y.Value, x.Tangent, y.Tangent, out double tangent), tangent);

    public static Dual<double> Norm(ReadOnlySpan<Dual<double>> x)
    {
        Split from = new(x);
        return new(SoftDiff.Safe.NormJvp(from.Values, from.Tangents, out double tangent), tangent);
    }
}

/// <summary>Takes the place of <see cref="SoftDiff.Diff"/> in reference runs.</summary>
public static class Diff
{
    public static Dual<T> StopGradient<T>(Dual<T> x)
        where T : System.Numerics.IFloatingPointIeee754<T> => x.Value;

    public static T StopGradient<T>(T x)
        where T : IFloatingPointIeee754<T> => T.StopGradient(x);

    public static double StopGradient(double x) => x;

    public static float StopGradient(float x) => x;

    public static Dual<double> StraightThrough(Dual<double> value, Dual<double> surrogate) => new(value.Value, surrogate.Tangent);
}
