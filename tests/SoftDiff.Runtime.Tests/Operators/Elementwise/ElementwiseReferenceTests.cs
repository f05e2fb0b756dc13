using System.Globalization;
using System.Numerics;
using SoftDiff.Runtime.Tests.Golden;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>
/// The elementwise operators, comparisons, logic and safe functions against the reference rows: values, gradients, softness gradients and tangents,
/// for numbers, rows and tensors, broadcast where the row is.
/// </summary>
public sealed class ElementwiseReferenceTests(ITestOutputHelper output)
{
    private static readonly string[] Names =
    [
        "sigmoidal", "heaviside", "softrelu", "relu", "abs", "sign", "clip", "round",
        "greater", "greater_equal", "less", "less_equal", "equal", "not_equal", "isclose",
        "logical_and", "logical_or", "logical_xor", "logical_not", "all", "any", "where",
        "sqrt", "log", "arcsin", "arccos", "div", "norm",
    ];

    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var op in Names)
        {
            data.Add(op, "double");
            data.Add(op, "float");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Agrees_with_references(string op, string precision)
    {
        // A norm along several axes is one along each in turn, which has a test of its own.
        var rows = GoldenFiles.Rows.Where(row => row.Op == op && row.Integers("axis") is not { Length: > 1 }).ToList();
        Assert.NotEmpty(rows);
        var outcomes = rows.Select(row => precision == "double" ? Comparison.Run<double>(row, Forms) : Comparison.Run<float>(row, Forms)).ToList();
        var passed = outcomes.Where(o => o.Passed).ToList();
        var excused = outcomes.Where(o => !o.Passed && IsExcused(o, precision == "float")).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{op} {precision}: {rows.Count} rows, {excused.Count} excused, {outcomes.Sum(o => o.Forms)} forms, {outcomes.Sum(o => o.Numbers)} numbers; ")
            + string.Create(CultureInfo.InvariantCulture, $"of the others the worst has {passed.Max(o => o.Worst.Ratio):G3} tolerances"));
        foreach (var outcome in excused) output.WriteLine($"  excused: {outcome}");
        var failed = outcomes.Except(passed).Except(excused).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} rows:\n" + string.Join('\n', failed.Take(8)));
    }

    private static IEnumerable<Form<T>> Forms<T>(Call<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shapes = call.Row.Inputs.Values.Select(input => input.Shape).ToList();
        var isBroadcast = shapes.Any(shape => !shape.SequenceEqual(shapes[0]));
        return PublicForms<T>.Of(call).Where(form => !isBroadcast || form.Name.StartsWith("Tensor", StringComparison.Ordinal));
    }

    /// <summary>What the reference cannot tell; the worst deviation of the row must be within the bound given here.</summary>
    private static bool IsExcused(Outcome outcome, bool single)
    {
        var (row, worst) = (outcome.Row, outcome.Worst);
        if (single)
        {
            // The kinks of the bounded modes lie at numbers, shifted by 1e-10, that float does not tell from their neighbours; and rounding x itself
            // moves the fraction of x = 1000.3, and with it slopes of the size 1 / s.
            return row.Op == "round" ? worst.Ratio < 4 : row.Edge is not null && row.ModeName is not "smooth";
        }

        if (row.Op is "relu" or "softrelu" or "clip" && worst.Where.Contains("softness", StringComparison.Ordinal))
        {
            // Rows hold x = ±1e6, far outside, which add 0 to this gradient; the reference adds the rounding errors of numbers of the size |x| / s.
            // Of ten rows computed to 60 digits ours were right to 1e-15.
            var sum = row.Inputs["x"].Data.Zip(row.Cotangent.Data, (x, c) => double.Abs(x * c)).Sum();
            return worst.Error < 1e-15 * sum / row.Softness;
        }

        // The reference holds t = b - v / 2 constant for 3 v² / 4 < 1e-12, and so its derivative there is off by v / t, with t = 0.79.
        var size = row.Op is "sigmoidal" or "heaviside" or "sign" ? row.Inputs["x"].Data.Select(double.Abs).Where(x => x < 1e-7).Max() : 1e-10;
        return row.ModeName == "_c2_pnorm" && worst.Where.Contains("gradient of", StringComparison.Ordinal)
            && worst.Error < 1.5 * size / (5 * row.Softness) / 0.79 * double.Max(double.Abs(worst.Expected), 1 / row.Softness);
    }
}
