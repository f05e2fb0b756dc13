namespace SoftDiff.Generator.IR;

// Checks operations on lanes.
internal sealed partial class Verifier
{
    private void CheckLanes(Op op, string name)
    {
        switch (op)
        {
            case LaneCount o:
                RequireType(o.Result, ScalarType.Int32, name);
                RequireLane(o.Lane, name);
                break;
            case LaneLoad o:
                CheckElement(o.Array, o.Index, (o.Result.Type as ScalarType)?.LaneOf, name);
                if (o.Stride is not null) RequireInt(o.Stride, name);
                break;
            case LaneStore o:
                CheckWrittenLanes(o.Array, o.Index, o.Value, o.Lane, name);
                if (o.Stride is not null) RequireInt(o.Stride, name);
                break;
            case LaneColumn o:
                RequireArray(o.Matrix, name);
                RequireWritable(o.Matrix, name);
                foreach (var number in new[] { o.Start, o.Width, o.Rows }) RequireInt(number, name);
                var isColumn = o.Result.Type is ArrayType { Form: ArrayForm.Column, Element.LaneOf: { } of } && of == Element(o.Matrix);
                if (!isColumn) Fault($"{name}: {Show(o.Result)} is no column of {Show(o.Matrix)}");
                break;
            case LaneDiagonal o:
                CheckElement(o.Array, o.Index, Element(o.Array), name);
                RequireLane(Element(o.Array), name);
                RequireWritable(o.Array, name);
                if (!o.Value.Type.Equals(Element(o.Array)?.LaneOf)) Fault($"{name}: {Show(o.Value)} is no number of {Show(o.Array)}");
                break;
            case LaneNumbers o:
                RequireLane(Element(o.Array), name);
                if (o.Result.Type is not ArrayType { Form: ArrayForm.Span } || Element(o.Result) != Element(o.Array)?.LaneOf) Fault($"{name}: {Show(o.Result)} has other numbers");
                break;
            case RowsToLanes o:
                CheckRows(o.Rows, o.Lanes, o.Lanes, name);
                RequireInt(o.Start, name);
                RequireInt(o.Stride, name);
                break;
            case LanesToRows o:
                CheckRows(o.Rows, o.Lanes, o.Rows, name);
                break;
            case LaneSum o:
                CheckWrittenLanes(o.Array, o.Index, o.Value, o.Lane, name);
                break;
            case LaneRowSum o:
                CheckWrittenLanes(o.Array, o.Start, o.Factor, o.Lane, name);
                foreach (var number in new[] { o.Count, o.Stride }) RequireInt(number, name);
                CheckElement(o.Rows, o.First, o.Lane.LaneOf, name);
                break;
            case LaneCall o:
                CheckLaneCall(o, name);
                break;
        }
    }

    /// <summary>Lanes that are written or added to elements of an array.</summary>
    private void CheckWrittenLanes(Operand array, Operand index, Operand value, ScalarType lane, string name)
    {
        RequireLane(lane, name);
        CheckElement(array, index, lane.LaneOf, name);
        RequireWritable(array, name);
        if (!Converts(value.Type, lane)) Fault($"{name}: {Show(value)} cannot be {lane}");
    }

    private void CheckRows(Operand rows, Operand lanes, Operand written, string name)
    {
        RequireLane(Element(lanes), name);
        RequireWritable(written, name);
        if (Element(lanes)?.LaneOf != Element(rows)) Fault($"{name}: {Show(rows)} has other elements than {Show(lanes)}");
    }

    private void CheckLaneCall(LaneCall call, string name)
    {
        RequireType(call.Count, ScalarType.Int32, name);
        if (call.Rest is not null) RequireType(call.Rest, ScalarType.Int32, name);
        if (Callee(call.Callee) is not { } callee) return;
        CheckArguments(callee, call.Args.Insert(0, call.Count).Insert(0, call.Count));
        var gives = callee.Returns is { } returns && returns.Equals(ScalarType.Int32) && !callee.Parameters.Any(p => p.IsResult);
        if (!gives) Fault($"call of {call.Callee}: it must give the first iteration that is left, and nothing else");
        if (callee.Lane?.LaneOf != call.Element) Fault($"call of {call.Callee}: its lanes do not hold {call.Element}");
    }

    private void CheckElement(Operand array, Operand index, ScalarType? element, string name)
    {
        RequireArray(array, name);
        RequireInt(index, name);
        if (element is null || Element(array) != element) Fault($"{name}: {Show(array)} has other elements");
    }

    private void RequireLane(ScalarType? type, string name)
    {
        if (type?.LaneOf is null) Fault($"{name}: {type} is no lane type");
    }
}
