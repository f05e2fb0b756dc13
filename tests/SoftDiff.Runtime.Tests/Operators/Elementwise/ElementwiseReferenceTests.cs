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
    private static readonly Dictionary<string, (string Name, Type Owner)> Names = new(StringComparer.Ordinal)
    {
        ["sigmoidal"] = ("Sigmoidal", typeof(Soft)),
        ["heaviside"] = ("Heaviside", typeof(Soft)),
        ["softrelu"] = ("Softrelu", typeof(Soft)),
        ["relu"] = ("Relu", typeof(Soft)),
        ["abs"] = ("Abs", typeof(Soft)),
        ["sign"] = ("Sign", typeof(Soft)),
        ["clip"] = ("Clamp", typeof(Soft)),
        ["round"] = ("Round", typeof(Soft)),
        ["greater"] = ("Greater", typeof(Soft)),
        ["greater_equal"] = ("GreaterEqual", typeof(Soft)),
        ["less"] = ("Less", typeof(Soft)),
        ["less_equal"] = ("LessEqual", typeof(Soft)),
        ["equal"] = ("Equal", typeof(Soft)),
        ["not_equal"] = ("NotEqual", typeof(Soft)),
        ["isclose"] = ("IsClose", typeof(Soft)),
        ["logical_and"] = ("And", typeof(Soft)),
        ["logical_or"] = ("Or", typeof(Soft)),
        ["logical_xor"] = ("Xor", typeof(Soft)),
        ["logical_not"] = ("Not", typeof(Soft)),
        ["all"] = ("All", typeof(Soft)),
        ["any"] = ("Any", typeof(Soft)),
        ["where"] = ("Where", typeof(Soft)),
        ["sqrt"] = ("Sqrt", typeof(Safe)),
        ["log"] = ("Log", typeof(Safe)),
        ["arcsin"] = ("Asin", typeof(Safe)),
        ["arccos"] = ("Acos", typeof(Safe)),
        ["div"] = ("Div", typeof(Safe)),
        ["norm"] = ("Norm", typeof(Safe)),
    };

    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var op in Names.Keys)
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
        var worst = outcomes.MaxBy(o => o.Worst.Ratio)!.Worst;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{op} {precision}: {rows.Count} rows, {outcomes.Sum(o => o.Forms)} forms, {outcomes.Sum(o => o.Numbers)} numbers, largest error {outcomes.Max(o => o.Worst.Error):G3}, worst {worst.Ratio:G3} tolerances"));
        var failed = outcomes.Where(o => !o.Passed).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} rows:\n" + string.Join('\n', failed.Take(8)));
    }

    private static IEnumerable<Form<T>> Forms<T>(Call<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => PublicForms<T>.Of(call);
}
