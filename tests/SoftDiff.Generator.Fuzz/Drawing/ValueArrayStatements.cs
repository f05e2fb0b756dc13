namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Arrays of composites, and what is done with their elements.</summary>
internal static class ValueArrayStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("new value array", 0.3, s => ValueStatements.MayDeclare(s) && s.ValueBuffers.Count < 2 && s.Lengths.Count > 0, NewArray),
        new("value array of values", 0.2, s => ValueStatements.MayDeclare(s) && s.ValueBuffers.Count < 2, ArrayOfValues),
        new("store value", 1.5, s => s.ValueBuffers.Any(buffer => Values.Elements(s, buffer.Type, written: true).Any()), Store),
        new("foreach value", 0.8, s => s.MayLoop && s.ValueBuffers.Count > 0, ForEach),
    ];

    private static void NewArray(Scope s, Code code)
    {
        Composite type = Composites.Some(s.Sketch);
        Length length = s.Dice.Pick<Length>(s.Lengths);
        ValueBuffer buffer = new(s.Sketch.Fresh("row"), type, length, IsWritable: true, IsArray: true);
        code.Line($"{type.Name}[] {buffer.Name} = new {type.Name}[{s.Dice.Pick<string>(length.Spellings)}];");
        if (s.Dice.Chance(0.8))
        {
            string i = s.Sketch.Fresh("i");
            Scope body = s.Loop();
            body.Indices.Add(new Index(i, length));
            body.Integers.Add(i);
            code.Line($"for (int {i} = 0; {i} < {buffer.Name}.Length; {i}++) {buffer.Name}[{i}] = {Values.Draw(body, type, 1)};");
        }

        s.ValueBuffers.Add(buffer);
    }

    private static void ArrayOfValues(Scope s, Code code)
    {
        Composite type = Composites.Some(s.Sketch);
        Length length = new(["2"], 2, IsPositive: true);
        ValueBuffer buffer = new(s.Sketch.Fresh("row"), type, length, IsWritable: true, IsArray: true);
        code.Line($"{type.Name}[] {buffer.Name} = [{Values.Draw(s, type, 1)}, {Values.Draw(s, type, 0)}];");
        s.Lengths.Add(length);
        s.ValueBuffers.Add(buffer);
    }

    private static void Store(Scope s, Code code)
    {
        (Composite Type, string Place)[] places =
            [.. s.Sketch.Composites.SelectMany(type => Values.Elements(s, type, written: true).Select(place => (type, place)))];
        (Composite type, string place) = s.Dice.Pick(places);
        Scalar[] numbers = [.. type.Leaves(place, isVariable: true).Where(leaf => leaf.IsAssignable)];
        code.Line(s.Dice.Below(3) switch
        {
            0 when numbers.Length > 0 => $"{s.Dice.Pick(numbers).Name} {s.Dice.Pick("=", "+=", "-=")} {Terms.Value(s)};",
            1 when type.IsMutable => $"{place}.Push({Terms.Value(s)});",
            _ => $"{place} = {Values.Draw(s, type, 1)};",
        });
    }

    private static void ForEach(Scope s, Code code)
    {
        ValueBuffer buffer = s.Dice.Pick<ValueBuffer>(s.ValueBuffers);
        string e = s.Sketch.Fresh("e");
        Scope body = s.Loop();
        body.Declare(new Value(e, buffer.Type, IsAssignable: false));
        code.Open($"foreach ({s.Dice.Pick("var", buffer.Type.Name)} {e} in {buffer.Name})");
        s.Sketch.Body(body, code);
        code.Close();
    }
}
