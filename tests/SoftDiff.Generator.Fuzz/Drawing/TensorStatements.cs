namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Tensors of rank 2 and matrices. Those that are parameters are read and written by the loops over their lengths.</summary>
internal static class TensorStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("tensor over a matrix", 0.5, s => s.MayNest && s.Depth < 3 && s.Buffers.Any(IsMatrix), OverMatrix),
        new("tensor loop", 0.8, s => s.MayLoop && s.Loops < 2 && s.Tensors.Count > 0, Loop),
    ];

    private static bool IsMatrix(Buffer buffer) => buffer.Length.Factors is not null && buffer.IsWritable;

    private static void OverMatrix(Scope s, Code code)
    {
        Buffer matrix = s.Dice.Pick([.. s.Buffers.Where(IsMatrix)]);
        (Length rows, Length columns) = matrix.Length.Factors!.Value;
        string name = s.Sketch.Fresh("tensor");
        code.Open($"if ({matrix.Name}.Length > 0)");
        code.Line($"var {name} = new TensorSpan<{s.Number.Type}>({matrix.Name}, [{rows.Spellings[0]}, {columns.Spellings[0]}]);");
        Scope inner = s.Branch();
        inner.Buffers.Remove(matrix);
        inner.Buffers.Add(matrix with { IsLocal = false });
        inner.Tensors.Add(new Tensor(name, rows, columns, IsWritable: true));
        Loop(inner, code);
        s.Sketch.Statements(inner, code, s.Dice.Between(0, 2));
        code.Close();
    }

    public static void Loop(Scope s, Code code)
    {
        Tensor tensor = s.Dice.Pick<Tensor>(s.Tensors);
        (string r, string c) = (s.Sketch.Fresh("r"), s.Sketch.Fresh("c"));
        Scope body = s.Loop().Loop();
        body.Indices.AddRange([new Index(r, tensor.Rows), new Index(c, tensor.Columns)]);
        body.Integers.AddRange([r, c]);
        bool isAsked = tensor.IsMatrix && s.Dice.Chance(0.5);
        code.Open($"for (int {r} = 0; {r} < {(isAsked ? $"{tensor.Name}.GetLength(0)" : tensor.Rows.Spellings[0])}; {r}++)");
        code.Open($"for (int {c} = 0; {c} < {(isAsked ? $"{tensor.Name}.GetLength(1)" : tensor.Columns.Spellings[0])}; {c}++)");
        s.Sketch.Body(body, code);
        code.Close();
        code.Close();
    }
}
