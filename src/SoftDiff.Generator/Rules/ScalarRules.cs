using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Rules;

/// <summary>
/// The table of derivative rules, one row per scalar function. To add a function: a row here (in the file of its topic), a name in Emit,
/// its line in docs/kinks.md. <see cref="Opcode.Convert"/> has no row: its operand and result differ in type, so that what to convert the
/// tangent or cotangent to depends on the direction, and the transforms write that conversion themselves.
/// </summary>
internal static partial class ScalarRules
{
    /// <summary>Every function with a derivative.</summary>
    public static readonly ImmutableArray<ScalarRule> All = new[]
    {
        Arithmetic(), Exponentials(), Powers(), Trigonometry(), Hyperbolic(), MinMax(), Misc(),
    }.SelectMany(rows => rows).ToImmutableArray();

    private static readonly Dictionary<Opcode, ScalarRule> Rows = All.ToDictionary(row => row.Code);

    /// <summary>The row of a function, or null if its derivative is zero wherever it exists (comparisons, rounding, integer functions).</summary>
    public static ScalarRule? Find(Opcode code) => Rows.TryGetValue(code, out var row) ? row : null;

    private static ScalarRule Row(Opcode code, Needs needs, string partials, Func<RuleBuilder, int, Operand, Operand?> push, string kink = "") =>
        new(code, needs, partials, kink, push);

    private static ScalarRule Row(Opcode code, Needs needs, string partials, Func<RuleBuilder, Operand, Operand> push, string kink = "") =>
        new(code, needs, partials, kink, (b, _, t) => push(b, t));

    private static Box Reals(double low, double high) => new(new Interval(low, high));

    private static double[] In(params double[] inputs) => inputs;

    /// <summary>x * c with the constant folded into a constant x.</summary>
    private static Operand Scale(RuleBuilder b, double factor, Operand t) => b.Multiply(b.Number(factor), t);

    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
}
