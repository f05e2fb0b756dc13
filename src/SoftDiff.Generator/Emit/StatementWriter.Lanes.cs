namespace SoftDiff.Generator.Emit;

// Loops that run several iterations at once.
internal sealed partial class StatementWriter
{
    private static readonly int[] Widths = { 512, 256, 128 };

    /// <summary>One call for each width, the widest first. What a call leaves, because it does not fill the lanes, is for the next.</summary>
    private void WriteLaneCall(Node node, LaneCall call)
    {
        var element = call.Element.Name;
        var rest = call.Rest is null ? null : _variables.Find(call.Rest);
        var isOwn = rest is { IsDeclared: false, Values.Count: 1 };
        var (done, count) = (isOwn ? rest!.Text : _names.Fresh("done"), _print.At(call.Count, Precedence.Additive + 1));
        var arguments = string.Concat(_calls[node].Arguments.Skip(2).Select(a => ", " + Argument(a)));
        string Run(string lane) => call.Callee + "<global::SoftDiff." + lane + "<" + element + ">>(" + done + ", " + Text(call.Count) + arguments + ");";
        Statement("int " + done + " = 0;", call.Line, declares: true);
        foreach (var width in Widths)
        {
            _code.Line("if (global::SoftDiff.LaneLoop.Fills" + width + "<" + element + ">(" + count + " - " + done + "))", declares: false);
            _code.Line("    " + done + " = " + Run("Lane" + width));
        }

        if (call.Rest is null) _code.Line("if (" + done + " < " + count + ") " + Run("SingleLane"));
        else if (isOwn) rest!.IsDeclared = true;
        else if (rest is not null) Define(call.Rest, Code.Primary(done), call.Line);
    }

    private string StoreText(LaneStore store)
    {
        var arguments = _print.Arguments(new[] { store.Value, store.Array, store.Index });
        return store.Stride is null
            ? store.Lane.Name + ".Store(" + arguments + ");"
            : "global::SoftDiff.LaneLoop.Store<" + store.Lane.Name + ", " + store.Lane.LaneOf!.Name + ">(" + arguments + ", " + Text(store.Stride) + ");";
    }

    private string LaneMethod(string method, ScalarType lane, Op op) =>
        "global::SoftDiff.LaneLoop." + method + "<" + lane.Name + ", " + lane.LaneOf!.Name + ">(" + _print.Arguments(op.Reads()) + ");";
}
