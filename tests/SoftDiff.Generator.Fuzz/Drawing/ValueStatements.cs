namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Variables of composite types.</summary>
internal static class ValueStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("declare value", 0.5, s => MayDeclare(s) && s.Values.Count < 4, Declare),
        new("assign value", 0.8, s => Assignable(s).Any(), Assign),
        new("change value", 0.8, s => Assignable(s).Any(value => value.Type.IsMutable), Push),
        new("deconstruct value", 0.4, s => s.Scalars.Count < 12 && s.Values.Any(MayDeconstruct), Deconstruct),
        new("exchange values", 0.4, s => Pairs(s).Any(), Exchange),
        new("value by reference", 0.4, s => s.MayCall && Assignable(s).Any(), ByReference),
        new("value state", 0.4, s => s.MayLoop && Assignable(s).Any(), State),
    ];

    /// <summary>Types are declared at the top, where helpers may be called, and not for type parameters.</summary>
    public static bool MayDeclare(Scope s) => s.MayCall && !s.Number.IsGeneric && (s.Sketch.Budget > 0 || s.Sketch.Composites.Count > 0);

    private static IEnumerable<Value> Assignable(Scope s) => s.Values.Where(value => value.IsAssignable);

    private static bool MayDeconstruct(Value value) => value.Type is { IsFlat: true, Members.Count: > 1 };

    private static IEnumerable<(Value First, Value Second)> Pairs(Scope s) =>
        from first in Assignable(s)
        from second in Assignable(s)
        where first != second && first.Type == second.Type
        select (first, second);

    private static void Declare(Scope s, Code code)
    {
        Composite type = Composites.Some(s.Sketch);
        string name = s.Sketch.Fresh("p");
        code.Line($"{s.Dice.Pick("var", type.Name)} {name} = {Values.Draw(s, type, s.Dice.Between(0, 2))};");
        s.Declare(new Value(name, type, IsAssignable: true));
    }

    private static void Assign(Scope s, Code code)
    {
        Value value = s.Dice.Pick([.. Assignable(s)]);
        code.Line($"{value.Name} = {Values.Draw(s, value.Type, s.Dice.Between(1, 2))};");
    }

    private static void Push(Scope s, Code code)
    {
        Value value = s.Dice.Pick([.. Assignable(s).Where(value => value.Type.IsMutable)]);
        code.Line($"{value.Name}.Push({Terms.Value(s)});");
    }

    private static void Deconstruct(Scope s, Code code)
    {
        Value value = s.Dice.Pick([.. s.Values.Where(MayDeconstruct)]);
        Scalar[] parts = [.. value.Type.Members.Select(_ => new Scalar(s.Sketch.Fresh("u"), IsAssignable: true))];
        string from = s.Dice.Chance(0.5) ? value.Name : Values.Draw(s, value.Type, 1);
        code.Line($"var ({string.Join(", ", parts.Select(part => part.Name))}) = {from};");
        s.Scalars.AddRange(parts);
    }

    private static void Exchange(Scope s, Code code)
    {
        (Value a, Value b) = s.Dice.Pick([.. Pairs(s)]);
        code.Line($"({a.Name}, {b.Name}) = ({b.Name}, {s.Dice.Pick(a.Name, $"{a.Name}.Moved({Terms.Bounded(s, 1)})")});");
    }

    private static void ByReference(Scope s, Code code)
    {
        Value value = s.Dice.Pick([.. Assignable(s)]);
        string name = s.Sketch.HelperLike("change " + value.Type.Name, () => ValueHelpers.Change(s.Sketch, value.Type)).Name;
        string[] places = [value.Name, .. Values.Elements(s, value.Type, written: true)];
        code.Line($"{name}(ref {s.Dice.Pick<string>(places)}, {Terms.Value(s)});");
    }

    /// <summary>A value as the state of a loop.</summary>
    private static void State(Scope s, Code code)
    {
        Value value = s.Dice.Pick([.. Assignable(s)]);
        string k = s.Sketch.Fresh("k");
        Scope body = s.Loop();
        body.Integers.Add(k);
        code.Open($"for (int {k} = 0; {k} < {s.Dice.Between(1, 4)}; {k}++)");
        s.Sketch.Body(body, code);
        code.Line($"{value.Name} = {Values.Draw(body, value.Type, 1)};");
        code.Close();
    }
}
