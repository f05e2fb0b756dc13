namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Tuples.</summary>
internal static class TupleStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("deconstruct", 0.6, s => s.Scalars.Count < 8, Deconstruct),
        new("exchange", 0.5, s => s.Assignable.Count() > 1, Exchange),
        new("tuple state", 0.5, s => s.MayLoop, State),
    ];

    private static void Deconstruct(Scope s, Code code)
    {
        string a = s.Sketch.Fresh("u"), b = s.Sketch.Fresh("u");
        code.Line($"({s.Number.Type} {a}, {s.Number.Type} {b}) = ({Terms.Value(s)}, {Terms.Value(s)});");
        s.Scalars.Add(new Scalar(a, IsAssignable: true));
        s.Scalars.Add(new Scalar(b, IsAssignable: true));
    }

    private static void Exchange(Scope s, Code code)
    {
        Scalar[] assignable = [.. s.Assignable];
        int first = s.Dice.Below(assignable.Length);
        (string a, string b) = (assignable[first].Name, assignable[(first + 1) % assignable.Length].Name);
        code.Line($"({a}, {b}) = ({Terms.Value(s)}, {s.Dice.Pick(a, $"({a} + {Terms.Bounded(s, 1)})")});");
    }

    /// <summary>A tuple as the state of a loop.</summary>
    private static void State(Scope s, Code code)
    {
        string t = s.Sketch.Fresh("t");
        string k = s.Sketch.Fresh("k");
        code.Line($"({s.Number.Type} X, {s.Number.Type} Y) {t} = ({Terms.Value(s)}, {Terms.Value(s)});");
        Scope body = s.Loop();
        body.Integers.Add(k);
        body.Scalars.Add(new Scalar(t + ".X", IsAssignable: true));
        body.Scalars.Add(new Scalar(t + ".Y", IsAssignable: true));
        code.Open($"for (int {k} = 0; {k} < {s.Dice.Between(1, 4)}; {k}++)");
        s.Sketch.Body(body, code);
        code.Line($"{t} = ({Terms.Bounded(body, 1)}, {t}.X);");
        code.Close();
        s.Scalars.Add(new Scalar(t + ".X", IsAssignable: true));
        s.Scalars.Add(new Scalar(t + ".Y", IsAssignable: true));
    }
}
