namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>An object with numbers that change, which the program makes.</summary>
internal sealed record MadeObject(string Name, Composite Class);

/// <summary>An object that the program gets, all of whose numbers are constants.</summary>
internal sealed record Constant(string Name, string Class);

/// <summary>Draws classes.</summary>
internal static class Objects
{
    /// <summary>A class of what changes: numbers, an array, a count, with a method that moves them on.</summary>
    public static Composite SomeMade(Sketch sketch)
    {
        if (sketch.Classes.Count > 0 && (sketch.Budget <= 0 || sketch.Dice.Chance(0.7))) return sketch.Dice.Pick<Composite>(sketch.Classes);
        string n = sketch.Number.Type, name = sketch.Fresh("Body"), state = sketch.Fresh("State"), count = sketch.Fresh("Count");
        List<Member> members = [.. Enumerable.Range(0, sketch.Dice.Between(1, 2)).Select(_ => new Member(sketch.Fresh("X"), null))];
        if (sketch.Composites.Count > 0) members.Add(new Member(sketch.Fresh("In"), sketch.Dice.Pick<Composite>(sketch.Composites)));
        Composite made = new(name, CompositeForm.Class, members);
        Code code = new(1);
        code.Open($"public sealed class {name}");
        Composites.WriteMembers(code, made, (member, text) => $"{member.Type?.Name ?? n} {text}");
        code.Line($"private readonly {n}[] {state} = new {n}[2];");
        code.Line($"public int {count} {{ get; private set; }}");
        Scope Inside(bool mayChange)
        {
            Scope scope = Composites.Inside(sketch, made, mayChange);
            scope.Integers.Add(count);
            Length length = new(["2"], 2, IsPositive: true);
            scope.Buffers.Add(new Buffer(state, length, mayChange, IsArray: true, IsLocal: false));
            return scope;
        }

        code.Line($"public {n} Size => {Terms.Draw(Inside(mayChange: false), 2)};");
        WriteMethod(sketch, code, "void Push", Inside(mayChange: true), result: null);
        WriteMethod(sketch, code, $"{n} Along", Inside(mayChange: false), scope => Terms.Draw(scope, 2));
        WriteMethod(sketch, code, $"{n} Step", Inside(mayChange: true), scope => Terms.Bounded(scope, 2), $"{count}++;");
        code.Close();
        sketch.Members.Add(code.ToString().TrimEnd('\n'));
        sketch.Classes.Add(made);
        return made;
    }

    private static void WriteMethod(Sketch sketch, Code code, string head, Scope scope, Func<Scope, string>? result, params string[] first)
    {
        string t = sketch.Fresh("t");
        scope.Scalars.Add(new Scalar(t, IsAssignable: true));
        code.Open($"public {head}({sketch.Number.Type} {t})");
        foreach (string line in first) code.Line(line);
        sketch.Statements(scope, code, sketch.Dice.Between(1, 3));
        if (scope.Assignable.FirstOrDefault(scalar => scalar.Name != t) is { } target) code.Line($"{target.Name} += {Terms.Bounded(scope, 1)};");
        if (result is not null) code.Line($"return {result(scope)};");
        code.Close();
    }

    /// <summary>A class of constants, with a method of a number that has a derivative.</summary>
    public static string DrawConstant(Sketch sketch)
    {
        string n = sketch.Number.Type, name = sketch.Fresh("Curve"), level = sketch.Fresh("Level"), rates = "_" + sketch.Fresh("rates"), t = sketch.Fresh("t");
        Scope scope = new(sketch);
        Length length = new([$"{rates}.Length"], 1, IsPositive: true);
        scope.Scalars.AddRange([new Scalar(level, IsAssignable: false), new Scalar(t, IsAssignable: true)]);
        scope.Buffers.Add(new Buffer(rates, length, IsWritable: false, IsArray: true, IsLocal: false));
        Code code = new(1);
        code.Open($"public sealed class {name}({n} level, params {n}[] rates)");
        code.Line($"private readonly {n}[] {rates} = rates;");
        code.Line($"public {n} {level} {{ get; set; }} = level;");
        code.Line($"public int Count => {rates}.Length;");
        code.Line($"public {n} this[int i] => {rates}[i];");
        code.Line($"public {n} Flat() => {rates}[0] * {level};");
        code.Open($"public {n} At({n} {t})");
        sketch.Statements(scope, code, sketch.Dice.Between(0, 2));
        code.Line($"return {Terms.Draw(scope, 2)};");
        code.Close();
        code.Close();
        sketch.Members.Add(code.ToString().TrimEnd('\n'));
        return name;
    }
}
