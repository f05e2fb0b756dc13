namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Statements on single numbers.</summary>
internal static class ScalarStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("declare", 3, s => s.Scalars.Count < 8, (s, code) => Declare(s, code)),
        new("assign", 2, s => s.Assignable.Any(), Assign),
        new("update", 3, s => s.Assignable.Any(), Update),
        new("chained", 0.3, s => s.Assignable.Count() > 1, Chained),
        new("integer local", 0.4, s => s.Integers.Count is > 0 and < 5, DeclareInteger),
        new("flag local", 0.3, s => s.Flags.Count < 3, DeclareFlag),
    ];

    public static Scalar Declare(Scope s, Code code)
    {
        Scalar scalar = new(s.Sketch.Fresh("v"), IsAssignable: true);
        code.Line($"{s.Number.Type} {scalar.Name} = {Terms.Value(s)};");
        s.Scalars.Add(scalar);
        return scalar;
    }

    private static void Assign(Scope s, Code code) => code.Line($"{Target(s)} = {Terms.Value(s)};");

    private static void Update(Scope s, Code code) => code.Line($"{Target(s)} {s.Dice.Pick("+=", "-=", "*=", "+=")} {Terms.Bounded(s, s.Dice.Between(0, 2))};");

    private static void Chained(Scope s, Code code) => code.Line($"{Target(s)} = {Target(s)} = {Terms.Value(s)};");

    private static void DeclareInteger(Scope s, Code code)
    {
        string name = s.Sketch.Fresh("q");
        string other = s.Dice.Pick<string>(s.Integers);
        code.Line($"int {name} = {s.Dice.Pick($"({other} + 1) % 3", $"{other} / 2", $"Math.Min({other}, 2)")};");
        s.Integers.Add(name);
    }

    private static void DeclareFlag(Scope s, Code code)
    {
        string name = s.Sketch.Fresh("flag");
        code.Line($"bool {name} = {Conditions.Draw(s)};");
        s.Flags.Add(name);
    }

    private static string Target(Scope s) => s.Dice.Pick([.. s.Assignable]).Name;
}
