namespace SoftDiff.Generator.Emit;

// Functions of batches: the checks of their arrays, and calls that are split over the cores.
internal sealed partial class StatementWriter
{
    private string RowLengthText(RowLength rows)
    {
        var size = rows.Array.Type is ArrayType { IsTensor: true } ? LengthsOf(rows.Array) : LengthOf(rows.Array);
        return "global::SoftDiff.Shape.RowLength(" + size + ", " + Text(rows.Batch) + ", " + Quote(rows.Name) + ")";
    }

    private string RequireRowsText(RequireRows rows) => rows.LikeName.Length == 0
        ? Require("OnePerExample", LengthOf(rows.Array), Text(rows.Batch), Quote(rows.Name))
        : Require("RowsLike", LengthOf(rows.Array), Text(rows.Batch), Text(rows.Row), Quote(rows.Name), Quote(rows.LikeName));

    /// <summary>
    /// The arguments go into a struct on the stack, since a lambda cannot capture spans; each part of the range is one call that takes them from there.
    /// </summary>
    private void WriteParallelCall(Node node, ParallelCall call)
    {
        var type = ParallelArguments.TypeOf(call.Callee) + _typeParameters;
        var passed = ParallelArguments.Of(_calls[node]);
        var held = _names.Fresh("arguments");
        var fields = passed.Select(a => ParallelArguments.Field(a) + " = " + _print.Argument(a.Input!));
        Statement(type + " " + held + " = new() { " + string.Join(", ", fields) + " };", call.Line, declares: true);
        var lambda = IsInstance ? "(in " : "static (in ";
        _code.Line("global::SoftDiff.ParallelBatch.Run(" + Text(call.Count) + ", in " + held + ", " + lambda + type + " a, int first, int end) =>");
        var read = passed.Select(a => ", a." + ParallelArguments.Field(a));
        _code.Line("    " + call.Callee + _typeParameters + "(first, end" + string.Concat(read) + "));");
    }
}
