namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Conditions. Those on numbers compare with constants or with each other; equality is never asked, so a point lies on a kink with probability 0.</summary>
internal static class Conditions
{
    public static string Draw(Scope s)
    {
        string first = Simple(s);
        return s.Dice.Below(6) switch
        {
            0 => $"{first} && {Simple(s)}",
            1 => $"{first} || {Simple(s)}",
            2 => $"!({first})",
            _ => first,
        };
    }

    private static string Simple(Scope s)
    {
        if (s.Flags.Count > 0 && s.Dice.Chance(0.3)) return s.Dice.Pick<string>(s.Flags);
        if (s.Integers.Count > 0 && s.Dice.Chance(0.4))
        {
            string n = s.Dice.Pick<string>(s.Integers);
            return s.Dice.Pick($"{n} % 2 == 0", $"{n} > 1", $"{n} != 2", $"{n} < 3");
        }

        string left = s.Dice.Chance(0.7) ? Terms.Draw(s, 0) : Terms.Draw(s, 1);
        return $"{left} {s.Dice.Pick(">", "<", ">=", "<=")} {s.Number.Literal(s.Dice.Decimal())}";
    }
}
