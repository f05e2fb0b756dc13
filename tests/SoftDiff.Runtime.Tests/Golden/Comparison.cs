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
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class Comparison<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GoldenRow row;
    private readonly Outcome outcome;
    private readonly Tolerance tolerance;

    // What the operator gives in double precision for the inputs as floats hold them: the part of a deviation that is the rounding of the inputs. Only if it is
    // right in double precision.
    private readonly Lazy<Pullback<double>?>? rounded;

    private Comparison(GoldenRow row)
    {
        (this.row, outcome, tolerance) = (row, new Outcome(row), new Tolerance(row, typeof(T) == typeof(float)));
        if (typeof(T) == typeof(float)) rounded = new(() => Comparison<double>.Run(row).Passed ? PublicForms<double>.Of(new Call<double>(row.InFloat())).First().Vjp() : null);
    }

    public static Outcome Run(GoldenRow row) => new Comparison<T>(row).Run(PublicForms<T>.Of(new Call<T>(row)));

    private Outcome Run(IEnumerable<Form<T>> forms)
    {
        foreach (var form in forms)
        {
            CompareOutput($"{form.Name}, value", form.Value());
            var pullback = form.Vjp();
            if (pullback.Value is { } value) CompareOutput($"{form.Name}, value of the VJP", value);
            CompareGradients(form.Name, pullback);
            CompareTangent(form);
            outcome.Forms++;
        }

        return outcome.Forms > 0 ? outcome : throw new NotSupportedException($"No form of {row.Op} takes what the row has.");
    }

    private void CompareOutput(string where, T[] actual) => Compare(where, Quantity.Output, row.Output.Data, actual, r => r.Value!);

    private void CompareGradients(string form, Pullback<T> pullback)
    {
        foreach (var (name, expected) in row.Grads)
        {
            if (!pullback.Gradients.TryGetValue(name, out var actual)) outcome.Add(new Deviation($"{form}, gradient of {name} missing", 0, double.NaN, 0));
            else Compare($"{form}, gradient of {name}", Quantity.Gradient, expected.Data, actual, r => r.Gradients[name]);
        }

        if (row.GradSoftness is not { } softness) return;
        T[] given = pullback.Softness is { } s ? [s] : [];
        Compare($"{form}, gradient of softness", Quantity.SoftnessGradient, [softness], given, r => [r.Softness!.Value]);
    }

    // The forward rule against the same references: ⟨c, J t⟩ must be Σ gradient·t. The error allowed is that of the gradients.
    private void CompareTangent(Form<T> form)
    {
        var random = new Random(row.Id.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
        double Direction() => (random.NextDouble() * 2) - 1;
        var tangents = row.Inputs.ToDictionary(
            input => input.Key,
            input => input.Value.Data.Select(_ => row.Grads.ContainsKey(input.Key) ? T.CreateChecked(Direction()) : T.Zero).ToArray());
        var tSoftness = row.GradSoftness is null ? T.Zero : T.CreateChecked(Direction());
        var (value, tangent) = form.Jvp(new Direction<T>(tangents, tSoftness));
        CompareOutput($"{form.Name}, value of the JVP", value);
        if (tangent.Length != row.Cotangent.Data.Length)
        {
            outcome.Add(new Deviation($"{form.Name}, tangent of {tangent.Length} numbers", row.Cotangent.Data.Length, tangent.Length, 0));
            return;
        }

        double expected = 0, allowed = 0, actual = 0;
        foreach (var (number, t, _) in Directions())
        {
            expected += number.Reference * t;
            allowed += tolerance.Of(number).Error * double.Abs(t);
        }

        for (var i = 0; i < tangent.Length; i++)
        {
            var t = double.CreateChecked(tangent[i]);
            actual += t * row.Cotangent.Data[i];
            allowed += tolerance.Of(new Number(Quantity.Tangent, i, t)).Error * double.Abs(row.Cotangent.Data[i]);
        }

        var deviation = new Deviation($"{form.Name}, ⟨c, J t⟩", expected, actual, allowed);
        if (deviation.Ratio > 1 && rounded?.Value is { } inFloat)
            outcome.AddRounded(deviation, Directions().Sum(d => double.Abs((d.Rounded(inFloat) - d.Number.Reference) * d.Tangent)));
        else outcome.Add(deviation);

        IEnumerable<(Number Number, double Tangent, Func<Pullback<double>, double> Rounded)> Directions()
        {
            foreach (var (name, gradient) in row.Grads)
            {
                for (var i = 0; i < gradient.Data.Length; i++)
                {
                    var index = i;
                    yield return (new Number(Quantity.Gradient, i, gradient.Data[i]), double.CreateChecked(tangents[name][i]), r => r.Gradients[name][index]);
                }
            }

            if (row.GradSoftness is { } softness)
                yield return (new Number(Quantity.SoftnessGradient, 0, softness), double.CreateChecked(tSoftness), r => r.Softness!.Value);
        }
    }

    private void Compare(string where, Quantity quantity, double[] expected, T[] actual, Func<Pullback<double>, double[]> inputsRounded)
    {
        if (expected.Length != actual.Length)
        {
            outcome.Add(new Deviation($"{where}: {actual.Length} numbers instead of {expected.Length}", expected.Length, actual.Length, 0));
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var allowed = tolerance.Of(new Number(quantity, i, expected[i]));
            var deviation = new Deviation($"{where}[{i}]", expected[i], double.CreateChecked(actual[i]), allowed.Error);
            var isFar = deviation.Ratio > 1.0 / Tolerance.Margin;
            var allowance = isFar && rounded?.Value is { } inFloat ? double.Abs(inputsRounded(inFloat)[i] - expected[i]) : 0;
            if (deviation.Ratio > 1 && allowance > 0) outcome.AddRounded(deviation, allowance);
            else outcome.Add(deviation);
            outcome.See(allowed, deviation.Error - allowance);
        }
    }
}

/// <summary>What came of one row.</summary>
internal sealed class Outcome(GoldenRow row)
{
    public GoldenRow Row => row;

    public int Forms { get; set; }

    public int Numbers { get; private set; }

    /// <summary>Numbers that got the allowance for the rounding of the inputs to floats.</summary>
    public int Rounded { get; private set; }

    /// <summary>The largest error of a number that has no excuse, in units of its tolerance (<see cref="Allowed.Unit"/>).</summary>
    public double Seen { get; private set; }

    /// <summary>For each excuse the largest error that it excused, as a part of what it allows.</summary>
    public Dictionary<KnownDifference, double> Excused { get; } = [];

    public Deviation Worst { get; private set; }

    /// <summary>What was thrown instead of an answer.</summary>
    public string? Thrown { get; init; }

    public bool Passed => Thrown is null && Worst.Ratio <= 1;

    public void Add(Deviation deviation)
    {
        Numbers++;
        if (deviation.Ratio > Worst.Ratio || Worst.Where is null) Worst = deviation;
    }

    public void AddRounded(Deviation deviation, double allowance)
    {
        Rounded++;
        Add(deviation with { Tolerance = deviation.Tolerance + allowance });
    }

    public void See(Allowed allowed, double error)
    {
        if (allowed.Excuse is { } excuse) Excused[excuse] = double.Max(Excused.GetValueOrDefault(excuse), error / allowed.Error);
        else if (double.IsFinite(error)) Seen = double.Max(Seen, (error - allowed.Noise) / allowed.Unit);
    }

    public override string ToString() => $"{row}\n      {Thrown ?? Worst.ToString()}";
}
