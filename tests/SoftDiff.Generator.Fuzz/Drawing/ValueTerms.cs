namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Numbers that values of composite types give.</summary>
internal static class ValueTerms
{
    public static IReadOnlyList<Term> All { get; } =
    [
        new("property of a value", 0.5, HasTypes, (s, d) => $"{Some(s, d)}.Size"),
        new("method of a value", 0.6, HasTypes, (s, d) => $"{Some(s, d)}.Along({Terms.Draw(s, d)})"),
        new("member of a value", 0.4, HasTypes, Member),
        new("pattern of a value", 0.3, s => HasTypes(s) && s.Values.Count > 0, Pattern),
        new("helper of values", 0.3, s => HasTypes(s) && s.MayCall, Call),
    ];

    /// <summary>Types are declared by statements, so that other programs stay free of them, and their own methods do not call each other.</summary>
    private static bool HasTypes(Scope s) => s.Sketch.Composites.Count > 0 && (s.MayCall || s.Values.Count > 0);

    private static string Some(Scope s, int depth) => Values.Draw(s, s.Dice.Pick<Composite>(s.Sketch.Composites), Math.Min(depth, 1));

    private static string Member(Scope s, int depth)
    {
        Composite type = s.Dice.Pick<Composite>(s.Sketch.Composites);
        return s.Dice.Pick([.. type.Leaves(Values.Draw(s, type, depth), isVariable: false)]).Name;
    }

    private static string Pattern(Scope s, int depth)
    {
        Value value = s.Dice.Pick<Value>(s.Values);
        Member[] numbers = [.. value.Type.Members.Where(member => member.Type is null)];
        string bound = s.Number.Literal(s.Dice.Decimal());
        string pattern = $"{{ {s.Dice.Pick(numbers).Name}: {s.Dice.Pick(">", "<", ">=", "<=")} {bound} }}";
        return $"({value.Name} is {pattern} ? {Terms.Draw(s, depth)} : {Terms.Draw(s, depth)})";
    }

    private static string Call(Scope s, int depth)
    {
        Composite type = s.Dice.Pick<Composite>(s.Sketch.Composites);
        string name = s.Sketch.HelperLike("blend " + type.Name, () => ValueHelpers.Blend(s.Sketch, type)).Name;
        return $"{name}({Values.Draw(s, type, depth)}, {Values.Draw(s, type, depth)}, {Terms.Bounded(s, depth)})";
    }
}
