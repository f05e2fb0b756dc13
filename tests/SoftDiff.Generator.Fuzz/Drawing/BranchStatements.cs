namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Branches.</summary>
internal static class BranchStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("if", 2.5, s => s.MayNest, If),
        new("switch", 0.7, s => s.MayNest && s.Integers.Count > 0, Switch),
        new("pattern switch", 0.4, s => s.MayNest && s.Scalars.Count > 0 && !s.Number.IsGeneric, PatternSwitch),
    ];

    private static void If(Scope s, Code code)
    {
        code.Open($"if ({Conditions.Draw(s)})");
        s.Sketch.Body(s.Branch(), code);
        code.Close();
        int more = s.Dice.Below(3);
        if (more == 2)
        {
            code.Open($"else if ({Conditions.Draw(s)})");
            s.Sketch.Body(s.Branch(), code);
            code.Close();
        }

        if (more == 0) return;
        code.Open("else");
        s.Sketch.Body(s.Branch(), code);
        code.Close();
    }

    private static void Switch(Scope s, Code code)
    {
        code.Open($"switch ({s.Dice.Pick<string>(s.Integers)} % 4)");
        foreach (string label in (string[])["case 0:", s.Dice.Pick("case 1:", "case 1: case 2:"), "default:"])
        {
            if (label == "default:" && s.Dice.Chance(0.3)) continue;
            code.Open(label);
            s.Sketch.Body(s.Section(), code);
            code.Line("break;");
            code.Close();
        }

        code.Close();
    }

    private static void PatternSwitch(Scope s, Code code)
    {
        string name = s.Sketch.Fresh("seen");
        code.Open($"switch ({s.Dice.Pick<Scalar>(s.Scalars).Name})");
        code.Open($"case {s.Number.Type} {name} when {name} > {s.Number.Literal(s.Dice.Decimal())}:");
        Scope section = s.Section();
        section.Scalars.Add(new Scalar(name, IsAssignable: false));
        s.Sketch.Body(section, code);
        code.Line("break;");
        code.Close();
        code.Open("default:");
        s.Sketch.Body(s.Section(), code);
        code.Line("break;");
        code.Close();
        code.Close();
    }
}
