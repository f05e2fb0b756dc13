namespace SoftDiff.Runtime.Build;

/// <summary>An array form to write for an operator on numbers.</summary>
/// <param name="Inputs">The inputs that become arrays; without names, all of them.</param>
/// <param name="Tensors">Whether to write the tensor form as well as the span form.</param>
internal sealed record ArrayForms(EquatableArray<string> Inputs, bool Tensors)
{
    /// <summary>
    /// The operator on arrays. Its body is the same call of the elementwise driver, with the method Map instead of Value.
    /// </summary>
    public IEnumerable<WrittenMember> Of(MethodSpec number, DriverCall call)
    {
        yield return Of(number, call, tensor: false);
        if (Tensors) yield return Of(number, call, tensor: true);
    }

    private const string Destination = "destination";

    private bool IsArray(ParameterSpec p) => Inputs.Count == 0 || Inputs.Contains(p.Name);

    private WrittenMember Of(MethodSpec number, DriverCall call, bool tensor)
    {
        var (modifier, kind) = tensor ? ("in", "TensorSpan<double>") : ("", "Span<double>");
        var inputs = number.Parameters.Where(p => p.Default is null)
            .Select(p => IsArray(p) ? p with { Modifiers = modifier, Type = "ReadOnly" + kind, Role = Role.Array } : p)
            .ToList();
        var destination = new ParameterSpec("", modifier, kind, Destination, null, Role.Destination);
        var parameters = inputs.Append(destination).Concat(number.Parameters.Where(p => p.Default is not null)).ToList();
        return new WrittenMember(
            number.Name,
            "void",
            new EquatableArray<ParameterSpec>(parameters),
            [.. Documentation(number, inputs, parameters, tensor)],
            Rules.Attributes(number.Name + Rules.Backward, number.Name + Rules.Tangent),
            [call.Map(Destination)]);
    }

    private static IEnumerable<string> Documentation(
        MethodSpec number, List<ParameterSpec> inputs, List<ParameterSpec> parameters, bool tensor)
    {
        var (arrays, numbers) = (inputs.Where(p => p.Role == Role.Array).ToList(), inputs.Where(p => p.Role == Role.Number).ToList());
        yield return $"<summary>{number.Comment.Summary}</summary>";
        yield return "<remarks>";
        yield return tensor ? "<para>Works on each element by itself, whatever the strides.</para>"
            : "<para>Works on each element by itself: a result does not depend on the position or on the length. "
                + "An element that is NaN gives NaN.</para>";
        if (tensor && arrays.Count > 1)
        {
            yield return "<para>The inputs are broadcast: their shapes are aligned at the last axis, "
                + "and an axis that is missing or of length 1 goes with any length. A gradient is summed over what its input was broadcast to.</para>";
        }

        foreach (var n in numbers) yield return $"<para>All elements share the one number <paramref name=\"{n.Name}\"/>.</para>";
        yield return $"<para>Formula, kinks and limits are those of <see cref=\"{Member.Cref(number)}\"/>.</para>";
        yield return "</remarks>";
        foreach (var p in parameters) yield return Comment.ParamTag(p.Name, Meaning(number, p, arrays, tensor)).Line;
        var (size, sharing) = tensor
            ? ("shape", "shares memory with one that is written and laid out otherwise")
            : ("length", "shares memory in part with one that is written");
        yield return $"<exception cref=\"ArgumentException\">An array is empty or has another {size}, or {sharing}. "
            + "Nothing is written then.</exception>";
        foreach (var exception in number.Comment.Exceptions) yield return exception.Line;
    }

    private static string Meaning(MethodSpec number, ParameterSpec p, List<ParameterSpec> arrays, bool tensor) => (p.Role, tensor) switch
    {
        (Role.Array, true) => arrays.Count > 1 ? "An input, not empty." : "The input, not empty.",
        (Role.Array, false) => p == arrays[0] ? "The input, of at least one element." : $"As long as {Comment.Names([arrays[0].Name])}.",
        (Role.Destination, true) =>
            $"Receives the value, in the shape of {(arrays.Count > 1 ? "the inputs taken together" : "the input")}. "
            + "It is laid out in the memory of an input as that is, or shares no memory with it.",
        (Role.Destination, false) =>
            $"Receives the value; as long as {Comment.Names([arrays[0].Name])}. It starts where an input does or shares no memory with it.",
        _ => number.Comment.Param(p.Name)?.Content ?? "",
    };
}
