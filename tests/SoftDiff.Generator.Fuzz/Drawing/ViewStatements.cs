namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Parts of buffers: slices, rows of matrices.</summary>
internal static class ViewStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("slice", 0.8, s => s.MayNest && s.Buffers.Count > 0, Slice),
        new("rows", 1, s => s.MayLoop && s.Loops < 2 && Matrices(s).Any(), Rows),
        new("matrix", 0.5, s => s.Loops < 2 && s.Buffers.Count < 6 && s.Lengths.Any(length => length.Factors is null), Matrix),
    ];

    private static IEnumerable<Buffer> Matrices(Scope s) => s.Buffers.Where(buffer => buffer.Length.Factors is not null);

    private static void Slice(Scope s, Code code)
    {
        Buffer whole = s.Dice.Pick<Buffer>(s.Buffers);
        string name = s.Sketch.Fresh("part");
        string span = whole.IsArray ? $"{whole.Name}.AsSpan()" : whole.Name;
        string type = whole.IsWritable ? "Span" : "ReadOnlySpan";
        code.Open($"if ({whole.Name}.Length > 1)");
        code.Line($"{type}<{s.Number.Type}> {name} = {s.Dice.Pick($"{span}[1..]", $"{span}[..^1]", $"{span}.Slice(1)", $"{span}.Slice(0, {whole.Name}.Length - 1)")};");
        Scope inner = s.Branch();
        Length length = new([$"{name}.Length"], IsPositive: true);
        inner.Lengths.Add(length);
        inner.Buffers.Add(new Buffer(name, length, whole.IsWritable, IsArray: false, IsLocal: false));

        // The part is of the buffer that the variable has now.
        inner.Buffers.Remove(whole);
        inner.Buffers.Add(whole with { IsLocal = false });
        s.Sketch.Body(inner, code);
        code.Close();
    }

    private static void Rows(Scope s, Code code)
    {
        Buffer matrix = s.Dice.Pick([.. Matrices(s)]);
        (Length rows, Length columns) = matrix.Length.Factors!.Value;
        string r = s.Sketch.Fresh("r");
        string name = s.Sketch.Fresh("row");
        string span = matrix.IsArray ? $"{matrix.Name}.AsSpan()" : matrix.Name;
        string type = matrix.IsWritable ? "Span" : "ReadOnlySpan";
        Scope body = s.Loop();
        body.Buffers.Remove(matrix);
        body.Buffers.Add(matrix with { IsLocal = false });
        body.Buffers.Add(new Buffer(name, columns, matrix.IsWritable, IsArray: false, IsLocal: false));
        body.Indices.Add(new Index(r, rows));
        body.Integers.Add(r);
        code.Open($"for (int {r} = 0; {r} < {rows.Spellings[0]}; {r}++)");
        code.Line($"{type}<{s.Number.Type}> {name} = {span}.Slice({r} * {columns.Spellings[0]}, {columns.Spellings[0]});");
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static void Matrix(Scope s, Code code)
    {
        Length[] plain = [.. s.Lengths.Where(length => length.Factors is null)];
        Length rows = s.Dice.Pick<Length>(plain);
        Length columns = s.Dice.Pick<Length>(plain);
        string name = s.Sketch.Fresh("m");
        Length length = new([$"{name}.Length"]) { Factors = (rows, columns) };
        Buffer buffer = new(name, length, IsWritable: true, IsArray: true, IsLocal: false);
        code.Line($"{s.Number.Type}[] {name} = new {s.Number.Type}[{rows.Spellings[0]} * {columns.Spellings[0]}];");
        BufferStatements.FillByLoop(s, code, buffer);
        s.Buffers.Add(buffer);
        s.Lengths.Add(length);
    }
}
