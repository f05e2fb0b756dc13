namespace SoftDiff.Generator.Emit;

// Arrays of arrays: their elements are copied to one span.
internal sealed partial class StatementWriter
{
    /// <summary>Opens the rows of each array of arrays that the function does more with than passing it on and checking it.</summary>
    private void WriteRows()
    {
        var ops = _tree.Function.Body.AllOps().ToList();
        var users = ops.Where(op => op is Flatten or RowStarts or Length or FindPattern);
        foreach (var jagged in users.SelectMany(op => op.Reads()).Where(IsJagged).Distinct())
        {
            var isOnlyRead = ops.OfType<Flatten>().Where(flatten => flatten.Tensor.Equals(jagged)).All(flatten => flatten.IsOnlyRead);
            var name = jagged is Value { Name: { Length: > 0 } own } ? own.TrimStart('@') : "";
            var rows = _names.Fresh(name.Length > 0 ? name + "Rows" : "rows");
            _code.Line(
                "using global::SoftDiff.Rows<" + ((ArrayType)jagged.Type).Element.Name + "> " + rows + " = new(" + Text(jagged) + ", "
                + Quote(name.Length > 0 ? name : Text(jagged)) + ", " + (isOnlyRead ? "true" : "false") + ");",
                declares: true);
            _print.AddRows(jagged, rows);
        }
    }

    private static bool IsJagged(Operand operand) => operand.Type is ArrayType { IsJagged: true };
}
