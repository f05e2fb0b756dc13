namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Calls that give one number.</summary>
internal static class CallTerms
{
    public static IReadOnlyList<Term> All { get; } =
    [
        new("call", 0.7, s => s.MayCall, (s, d) => Call(s, "numbers", () => Helpers.OfNumbers(s.Sketch), Terms.Draw(s, d), Terms.Draw(s, d), Count(s))),
        new("recursion", 0.4, s => s.MayCall, (s, d) => Call(s, "recursive", () => Helpers.Recursive(s.Sketch), Terms.Bounded(s, d), Count(s))),
        new("mutual recursion", 0.2, s => s.MayCall, (s, d) => Call(s, "mutual", () => Helpers.Mutual(s.Sketch), Terms.Bounded(s, d), Count(s))),
        new("reduction", 0.6, s => s.MayCall && s.Buffers.Count > 0, (s, _) => Call(s, "reduction", () => Helpers.Reduction(s.Sketch), s.Dice.Pick<Buffer>(s.Buffers).Name)),
        new("recursion over slices", 0.3, s => s.MayCall && s.Buffers.Count > 0, (s, _) => Call(s, "slices", () => Helpers.OverSlices(s.Sketch), s.Dice.Pick<Buffer>(s.Buffers).Name)),
        new("rule", 0.4, s => s.MayCall && !s.Number.IsGeneric, (s, d) => Call(s, "rule", () => Rules.OfNumber(s.Sketch), Terms.Bounded(s, d))),
        new("rule with residual", 0.3, s => s.MayCall && !s.Number.IsGeneric, (s, d) => Call(s, "rule with residual", () => Rules.WithResidual(s.Sketch), Terms.Draw(s, d), Terms.Draw(s, d))),
        new("reduction rule", 0.3, s => s.MayCall && s.Number.IsDouble && s.Buffers.Count > 0, (s, _) => Call(s, "reduction rule", () => Rules.OfSpan(s.Sketch), s.Dice.Pick<Buffer>(s.Buffers).Name)),
    ];

    private static string Call(Scope s, string form, Func<Helper> draw, params string[] arguments) =>
        $"{s.Sketch.HelperLike(form, draw).Name}{s.Sketch.TypeParameters}({string.Join(", ", arguments)})";

    /// <summary>A small integer.</summary>
    private static string Count(Scope s) => s.Integers.Count > 0 && s.Dice.Chance(0.5) ? $"{s.Dice.Pick<string>(s.Integers)} % 4" : s.Dice.Between(0, 3).ToString();
}
