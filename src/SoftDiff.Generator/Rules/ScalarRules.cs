using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Rules;

/// <summary>The table of derivative rules, one row per scalar function.</summary>
internal static class ScalarRules
{
    private static readonly Dictionary<Opcode, ScalarRule> Rows = new();

    /// <summary>The row of a function, or null if its derivative is zero wherever it exists (comparisons, rounding, integer functions).</summary>
    public static ScalarRule? Find(Opcode code) => Rows.TryGetValue(code, out var row) ? row : null;
}
