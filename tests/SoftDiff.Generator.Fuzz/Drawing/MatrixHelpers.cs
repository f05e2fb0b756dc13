namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Draws methods that take matrices and arrays of arrays.</summary>
internal static class MatrixHelpers
{
    public static Helper Reduction(Sketch sketch)
    {
        Scope scope = new(sketch) { Result = s => " " + Terms.Draw(s, 2) };
        return Write(sketch, "matrix", "Trace", sketch.Number.Type, Matrix(sketch, scope, isWritable: false), scope);
    }

    public static Helper Writing(Sketch sketch)
    {
        Scope scope = new(sketch) { Result = _ => "" };
        return Write(sketch, "matrix writer", "Sweep", "void", Matrix(sketch, scope, isWritable: true), scope);
    }

    public static Helper OfRows(Sketch sketch)
    {
        Scope scope = new(sketch) { Result = s => " " + Terms.Draw(s, 2) };
        string name = sketch.Fresh("rows");
        Length rows = new([$"{name}.Length"]);
        scope.Lengths.Add(rows);
        scope.Jagged.Add(new Jagged(name, rows, IsWritable: false));
        return Write(sketch, "jagged", "Weigh", sketch.Number.Type, $"{sketch.Number.Type}[][] {name}", scope);
    }

    private static string Matrix(Sketch sketch, Scope scope, bool isWritable)
    {
        string name = sketch.Fresh("grid");
        Length rows = new([$"{name}.GetLength(0)"]), columns = new([$"{name}.GetLength(1)"]);
        scope.Lengths.AddRange([rows, columns]);
        scope.Tensors.Add(new Tensor(name, rows, columns, isWritable) { IsMatrix = true });
        return $"{sketch.Number.Type}[,] {name}";
    }

    private static Helper Write(Sketch sketch, string form, string stem, string returns, string parameter, Scope scope)
    {
        string name = sketch.Fresh(stem), t = sketch.Fresh("t");
        scope.Scalars.Add(new Scalar(t, IsAssignable: true));
        Code loop = new(2);
        if (scope.Tensors.Count > 0) TensorStatements.Loop(scope, loop);
        string[] first = [.. loop.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[8..])];
        Helpers.Write(sketch, $"private static {returns} {name}{sketch.TypeParameters}({parameter}, {sketch.Number.Type} {t})", scope, first);
        return new Helper(form, name);
    }
}
