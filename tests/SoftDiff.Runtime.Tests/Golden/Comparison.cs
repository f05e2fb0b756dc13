using System.Globalization;
using System.Numerics;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>Which part of a reference row a number belongs to.</summary>
internal enum Quantity
{
    Output,
    Gradient,
    SoftnessGradient,
    Tangent,
}

/// <summary>How far one number is from its reference, as a multiple of the tolerance; above 1 it fails.</summary>
internal readonly record struct Deviation(string Where, double Expected, double Actual, double Tolerance)
{
    public double Error => Expected.Equals(Actual) ? 0 : double.Abs(Actual - Expected);

    public double Ratio => Expected.Equals(Actual) ? 0 : Error / Tolerance is var ratio && double.IsNaN(ratio) ? double.PositiveInfinity : ratio;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Where}: {Actual:R} instead of {Expected:R}, off by {Error:G3} = {Ratio:G3} tolerances");
}

/// <summary>All forms of an operator against one row.</summary>
internal static class Comparison
{
    public static Outcome Run<T>(GoldenRow row, Func<Call<T>, IEnumerable<Form<T>>> forms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outcome = new Outcome(row);
        var tolerance = new Tolerance(row, typeof(T) == typeof(float));
        foreach (var form in forms(new Call<T>(row)))
        {
            Compare(outcome, $"{form.Name}, value", Quantity.Output, tolerance, row.Output.Data, form.Value());
            var pullback = form.Vjp();
            if (pullback.Value is { } value) Compare(outcome, $"{form.Name}, value of the VJP", Quantity.Output, tolerance, row.Output.Data, value);
            CompareGradients(outcome, form.Name, tolerance, row, pullback);
            CompareTangent(outcome, form, tolerance, row);
            outcome.Forms++;
        }

        return outcome.Forms > 0 ? outcome : throw new InvalidOperationException($"{row.Id}: no form was called.");
    }

    private static void CompareGradients<T>(Outcome outcome, string form, Tolerance tolerance, GoldenRow row, Pullback<T> pullback)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var (name, expected) in row.Grads)
        {
            if (!pullback.Gradients.TryGetValue(name, out var actual)) outcome.Add(new Deviation($"{form}, gradient of {name} missing", 0, double.NaN, 0));
            else Compare(outcome, $"{form}, gradient of {name}", Quantity.Gradient, tolerance, expected.Data, actual);
        }

        if (row.GradSoftness is { } softness)
            Compare(outcome, $"{form}, gradient of softness", Quantity.SoftnessGradient, tolerance, [softness], pullback.Softness is { } s ? new[] { s } : []);
    }

    // The forward rule against the same references: ⟨c, J t⟩ must be Σ gradient·t. The error allowed is that of the gradients.
    private static void CompareTangent<T>(Outcome outcome, Form<T> form, Tolerance tolerance, GoldenRow row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(StableSeed(row.Id));
        var tangents = row.Inputs.ToDictionary(
            input => input.Key,
            input => input.Value.Data.Select(_ => row.Grads.ContainsKey(input.Key) ? T.CreateChecked(random.NextDouble() * 2 - 1) : T.Zero).ToArray());
        var tSoftness = row.GradSoftness is null ? T.Zero : T.CreateChecked(random.NextDouble() * 2 - 1);
        var (value, tangent) = form.Jvp(new Direction<T>(tangents, tSoftness));
        Compare(outcome, $"{form.Name}, value of the JVP", Quantity.Output, tolerance, row.Output.Data, value);
        if (tangent.Length != row.Cotangent.Data.Length)
        {
            outcome.Add(new Deviation($"{form.Name}, tangent of {tangent.Length} numbers", row.Cotangent.Data.Length, tangent.Length, 0));
            return;
        }

        double expected = 0, allowed = 0, actual = 0;
        foreach (var (name, gradient) in row.Grads)
        {
            for (var i = 0; i < gradient.Data.Length; i++)
            {
                var t = double.CreateChecked(tangents[name][i]);
                expected += gradient.Data[i] * t;
                allowed += tolerance.Of(Quantity.Gradient, gradient.Data[i]) * double.Abs(t);
            }
        }

        if (row.GradSoftness is { } softness)
        {
            expected += softness * double.CreateChecked(tSoftness);
            allowed += tolerance.Of(Quantity.SoftnessGradient, softness) * double.Abs(double.CreateChecked(tSoftness));
        }

        for (var i = 0; i < tangent.Length; i++)
        {
            var term = double.CreateChecked(tangent[i]) * row.Cotangent.Data[i];
            actual += term;
            allowed += tolerance.Of(Quantity.Tangent, double.CreateChecked(tangent[i])) * double.Abs(row.Cotangent.Data[i]);
        }

        if (double.IsPositiveInfinity(allowed)) outcome.Excused++;
        else outcome.Add(new Deviation($"{form.Name}, ⟨c, J t⟩", expected, actual, allowed));
    }

    private static void Compare<T>(Outcome outcome, string where, Quantity quantity, Tolerance tolerance, double[] expected, T[] actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (expected.Length != actual.Length)
        {
            outcome.Add(new Deviation($"{where}: {actual.Length} numbers instead of {expected.Length}", expected.Length, actual.Length, 0));
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var allowed = tolerance.Of(quantity, expected[i]);
            var number = double.CreateChecked(actual[i]);
            if (!double.IsPositiveInfinity(allowed)) outcome.Add(new Deviation($"{where}[{i}]", expected[i], number, allowed));
            else if (double.IsFinite(number)) outcome.Excused++;
            else outcome.Add(new Deviation($"{where}[{i}], which should be finite", expected[i], number, 0));
        }
    }

    private static int StableSeed(string id) => id.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}

/// <summary>What came of one row.</summary>
internal sealed class Outcome(GoldenRow row)
{
    public GoldenRow Row => row;

    public int Forms { get; set; }

    public int Numbers { get; private set; }

    /// <summary>Numbers that differ from the reference on purpose.</summary>
    public int Excused { get; set; }

    public Deviation Worst { get; private set; }

    /// <summary>What was thrown instead of an answer.</summary>
    public string? Thrown { get; init; }

    public bool Passed => Thrown is null && Worst.Ratio <= 1;

    public void Add(Deviation deviation)
    {
        Numbers++;
        if (deviation.Ratio > Worst.Ratio || Worst.Where is null) Worst = deviation;
    }

    public override string ToString() => $"{row}\n      {Thrown ?? Worst.ToString()}";
}

/// <summary>How far from its reference a number of one row may be.</summary>
internal sealed class Tolerance(GoldenRow row, bool single)
{
    private readonly KnownDifference[] differences = [.. KnownDifferences.All.Where(d => d.AppliesTo(row, single))];

    public double Of(Quantity quantity, double reference)
    {
        var tolerance = Ordinary(quantity, double.IsFinite(reference) ? double.Abs(reference) : 0);
        foreach (var difference in differences) tolerance = double.Max(tolerance, difference.Tolerance(quantity, reference));
        return tolerance;
    }

    private double Ordinary(Quantity quantity, double magnitude)
    {
        if (single) return 2e-5 * double.Max(double.Max(1, magnitude), 1 / row.Softness);
        var noise = quantity switch { Quantity.Output => row.NoiseOutput, Quantity.Tangent => 0, _ => row.NoiseGrads };
        return ((row.OwnSolver ? 1e-7 : 1e-10) * (1 + magnitude)) + (50 * noise);
    }
}
