namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Arrays of two subscripts, and arrays of arrays.</summary>
internal static class MatrixStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("new matrix", 0.3, s => s.MayLoop && s.Loops < 2 && s.Tensors.Count < 3 && s.Lengths.Count > 0, NewMatrix),
        new("new jagged", 0.3, s => s.MayLoop && s.Loops < 2 && s.Jagged.Count < 2 && s.Lengths.Count > 0, NewJagged),
        new("row of jagged", 1, s => s.MayLoop && s.Jagged.Count > 0, Row),
        new("matrix helper", 0.5, s => s.MayCall && s.Scalars.Count < 12 && Matrices(s).Any(), Reduce),
        new("matrix writer", 0.5, s => s.MayCall && Matrices(s).Any(matrix => matrix.IsWritable), Sweep),
        new("jagged helper", 0.4, s => s.MayCall && s.Scalars.Count < 12 && s.Jagged.Count > 0, ReduceRows),
        new("exchange rows", 0.3, s => s.Jagged.Any(jagged => jagged.IsLocal), ExchangeRows),
    ];

    private static IEnumerable<Tensor> Matrices(Scope s) => s.Tensors.Where(tensor => tensor.IsMatrix);

    private static void NewMatrix(Scope s, Code code)
    {
        Length[] plain = [.. s.Lengths.Where(length => length.Factors is null)];
        Length rows = s.Dice.Pick<Length>(plain), columns = s.Dice.Pick<Length>(plain);
        string name = s.Sketch.Fresh("grid"), n = s.Number.Type;
        code.Line($"{n}[,] {name} = new {n}[{rows.Spellings[0]}, {columns.Spellings[0]}];");
        Tensor matrix = new(name, rows, columns, IsWritable: true) { IsMatrix = true };
        (string r, string c) = (s.Sketch.Fresh("r"), s.Sketch.Fresh("c"));
        Scope body = s.Loop().Loop();
        body.Indices.AddRange([new Index(r, rows), new Index(c, columns)]);
        body.Integers.AddRange([r, c]);
        code.Open($"for (int {r} = 0; {r} < {name}.GetLength(0); {r}++)");
        code.Line($"for (int {c} = 0; {c} < {name}.GetLength(1); {c}++) {name}[{r}, {c}] = {Terms.Value(body)};");
        code.Close();
        s.Tensors.Add(matrix);
    }

    private static void NewJagged(Scope s, Code code)
    {
        Length rows = s.Dice.Pick<Length>(s.Lengths);
        string name = s.Sketch.Fresh("jagged"), n = s.Number.Type, r = s.Sketch.Fresh("r"), c = s.Sketch.Fresh("c");
        Scope body = s.Loop().Loop();
        body.Indices.Add(new Index(r, rows));
        body.Integers.AddRange([r, c]);
        code.Line($"{n}[][] {name} = new {n}[{rows.Spellings[0]}][];");
        code.Open($"for (int {r} = 0; {r} < {name}.Length; {r}++)");
        code.Line($"{name}[{r}] = new {n}[{s.Dice.Pick($"{r} + 1", "2", $"({r} + 1) % 3")}];");
        code.Line($"for (int {c} = 0; {c} < {name}[{r}].Length; {c}++) {name}[{r}][{c}] = {Terms.Value(body)};");
        code.Close();
        s.Jagged.Add(new Jagged(name, rows, IsWritable: true, IsLocal: true));
    }

    /// <summary>Each row in turn, as an array.</summary>
    private static void Row(Scope s, Code code)
    {
        Jagged jagged = s.Dice.Pick<Jagged>(s.Jagged);
        string r = s.Sketch.Fresh("r"), row = s.Sketch.Fresh("row"), n = s.Number.Type;
        Scope body = s.Loop();
        body.Jagged.Remove(jagged);
        body.Indices.Add(new Index(r, jagged.Rows));
        body.Integers.Add(r);
        Length length = new([$"{row}.Length"]);
        body.Lengths.Add(length);
        body.Buffers.Add(new Buffer(row, length, jagged.IsWritable, IsArray: true, IsLocal: false));
        bool isForEach = s.Dice.Chance(0.3);
        if (isForEach) body.Indices.RemoveAt(body.Indices.Count - 1);
        if (isForEach) body.Integers.Remove(r);
        code.Open(isForEach ? $"foreach ({n}[] {row} in {jagged.Name})" : $"for (int {r} = 0; {r} < {jagged.Name}.Length; {r}++)");
        if (!isForEach) code.Line($"{n}[] {row} = {jagged.Name}[{r}];");
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static void Reduce(Scope s, Code code) =>
        Result(s, code, s.Dice.Pick([.. Matrices(s)]).Name, s.Sketch.HelperLike("matrix", () => MatrixHelpers.Reduction(s.Sketch)));

    private static void ReduceRows(Scope s, Code code) =>
        Result(s, code, s.Dice.Pick<Jagged>(s.Jagged).Name, s.Sketch.HelperLike("jagged", () => MatrixHelpers.OfRows(s.Sketch)));

    private static void Result(Scope s, Code code, string argument, Helper helper)
    {
        string result = s.Sketch.Fresh("v");
        code.Line($"{s.Number.Type} {result} = {helper.Name}{s.Sketch.TypeParameters}({argument}, {Terms.Value(s)});");
        s.Scalars.Add(new Scalar(result, IsAssignable: true));
    }

    private static void Sweep(Scope s, Code code)
    {
        Tensor matrix = s.Dice.Pick([.. Matrices(s).Where(matrix => matrix.IsWritable)]);
        string name = s.Sketch.HelperLike("matrix writer", () => MatrixHelpers.Writing(s.Sketch)).Name;
        code.Line($"{name}{s.Sketch.TypeParameters}({matrix.Name}, {Terms.Value(s)});");
    }

    private static void ExchangeRows(Scope s, Code code)
    {
        string name = s.Dice.Pick([.. s.Jagged.Where(jagged => jagged.IsLocal)]).Name;
        code.Line($"if ({name}.Length > 1) ({name}[0], {name}[^1]) = ({name}[^1], {name}[0]);");
    }
}
