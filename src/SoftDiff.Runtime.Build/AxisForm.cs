namespace SoftDiff.Runtime.Build;

/// <summary>The result of an operator on a row of n elements, in the order of the runtime's enumeration of that name.</summary>
internal enum RowResult
{
    Number,
    Index,
    Row,
    Permutation,
}

/// <summary>A tensor form to write for an operator on a row: it applies the operator to each row along an axis.</summary>
/// <param name="Result">The shape of the result for one row.</param>
/// <param name="Axis">The text of the default axis.</param>
internal sealed record AxisForm(RowResult Result, string Axis)
{
    /// <summary>The driver for axes takes a softness, even if the driver for rows does not.</summary>
    public const bool IsSoft = true;

    private const string Destination = "destination";

    // An axis that is reduced may be kept, with the length 1.
    private bool Reduces => Result is RowResult.Number or RowResult.Index;

    /// <summary>The operator along an axis: the driver for axes runs the row operator that the call passes.</summary>
    public WrittenMember Of(MethodSpec row, DriverCall call)
    {
        var required = row.Parameters
            .Where(p => p.Default is null && p.Role != Role.Destination)
            .Select(p => p.Role == Role.Array ? p with { Modifiers = "in", Type = "ReadOnlyTensorSpan<double>" } : p)
            .ToList();
        ParameterSpec[] parameters =
        [
            .. required,
            new("", "in", "TensorSpan<double>", Destination, null, Role.Destination),
            Option("int?", "axis", Axis),
            .. Reduces ? [Option("bool", "keepDims", "false")] : Array.Empty<ParameterSpec>(),
            .. row.Parameters.Where(p => p.Default is not null),
            Option("bool", "parallel", "false"),
        ];
        var keepDims = Reduces ? "keepDims" : "false";
        var input = required.Single(p => p.Role == Role.Array).Name;
        return new WrittenMember(
            row.Name,
            "void",
            new EquatableArray<ParameterSpec>(parameters),
            [.. Documentation(row, input, parameters)],
            Rules.Attributes(row.Name + Rules.Backward, row.Name + Rules.Tangent),
            [$"AlongAxis.Value({input}, {Destination}, new(axis, {keepDims}, parallel), {call.Operator}, OutputNames.Destination)"]);
    }

    private static ParameterSpec Option(string type, string name, string value) => new("", "", type, name, value, Role.Passive);

    private IEnumerable<string> Documentation(MethodSpec row, string input, ParameterSpec[] parameters)
    {
        yield return $"<summary><see cref=\"{Member.Cref(row)}\"/> along an axis of a tensor.</summary>";
        yield return "<remarks>";
        yield return "<para>The operator works on each row of n elements along the axis, whatever the strides of the tensors. "
            + "Rows do not influence each other, so a NaN stays in its row.</para>";
        yield return "<para>Rows that are contiguous in memory are used in place. Outputs may lie in the memory of inputs, "
            + "which are then read before anything is written, but not in that of each other.</para>";
        yield return "</remarks>";
        foreach (var p in parameters) yield return Comment.ParamTag(p.Name, Meaning(row, p.Name, input)).Line;
        yield return "<exception cref=\"ArgumentException\">A tensor has another shape, there is no element along the axis, "
            + "or the options do not go together as those of one row must. Nothing is written then.</exception>";
        yield return "<exception cref=\"ArgumentOutOfRangeException\">There is no such axis.</exception>";
        foreach (var exception in row.Comment.Exceptions.Where(e => e.Key == "ArgumentOutOfRangeException")) yield return exception.Line;
    }

    private string Meaning(MethodSpec row, string name, string input) => name switch
    {
        "axis" => "The axis, counted from the end if negative; null for all elements in row-major order as one row.",
        "keepDims" => "Whether the axis stays, with the length 1.",
        "parallel" => "Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.",
        Destination => "Receives the result: of the shape of " + Comment.Names([input]) + Shape,
        _ when name == input => "The elements, of any shape.",
        _ => row.Comment.Param(name)?.Content ?? "",
    };

    private string Shape => Result switch
    {
        RowResult.Number => " without the axis ((1) where that would be no axis at all), or with length 1 along it.",
        RowResult.Index => " without the axis, or with length 1 along it, and one axis of length n more at the end.",
        RowResult.Row => "; of one axis for all elements.",
        _ => ", or of one axis for all elements, and one axis of length n more at the end.",
    };
}
