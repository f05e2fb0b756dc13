namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Jumps, each behind a condition, so that what follows can be reached.</summary>
internal static class JumpStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("break", 0.8, s => s.MayBreak, (s, code) => code.Line($"if ({Conditions.Draw(s)}) break;")),
        new("continue", 0.6, s => s.MayContinue, (s, code) => code.Line($"if ({Conditions.Draw(s)}) continue;")),
        new("return", 0.7, s => s.Result is not null && s.Depth > 0, (s, code) => code.Line($"if ({Conditions.Draw(s)}) return{s.Result!(s)};")),
        new("goto", 0.8, s => s.Label is not null, (s, code) => code.Line($"if ({Conditions.Draw(s)}) goto {s.Label};")),
        new("goto target", 0.3, s => s.MayLoop && s.Depth == 0 && s.Label is null && s.Lengths.Count > 0, Target),
        new("goto case", 0.3, s => s.MayNest && s.Integers.Count > 0, GotoCase),
    ];

    /// <summary>A loop that may be left by <c>goto</c> from any depth.</summary>
    private static void Target(Scope s, Code code)
    {
        string label = s.Sketch.Fresh("after");
        string i = s.Sketch.Fresh("i");
        Length length = s.Dice.Pick<Length>(s.Lengths);
        Scope body = s.Loop(label: label);
        body.Indices.Add(new Index(i, length));
        body.Integers.Add(i);
        code.Open($"for (int {i} = 0; {i} < {length.Spellings[0]}; {i}++)");
        s.Sketch.Body(body, code);
        code.Line($"if ({Conditions.Draw(body)}) goto {label};");
        s.Sketch.Body(body, code);
        code.Close();
        if (s.Assignable.Any()) code.Line($"{s.Assignable.First().Name} += {Terms.Bounded(s, 1)};");
        code.Line($"{label}: ;");
    }

    private static void GotoCase(Scope s, Code code)
    {
        code.Open($"switch ({s.Dice.Pick<string>(s.Integers)} % 3)");
        code.Open("case 0:");
        s.Sketch.Body(s.Section(), code);
        code.Line(s.Dice.Pick("goto case 1;", "goto default;"));
        code.Close();
        code.Open("case 1:");
        s.Sketch.Body(s.Section(), code);
        code.Line(s.Dice.Pick("goto default;", "break;"));
        code.Close();
        code.Open("default:");
        s.Sketch.Body(s.Section(), code);
        code.Line("break;");
        code.Close();
        code.Close();
    }
}
