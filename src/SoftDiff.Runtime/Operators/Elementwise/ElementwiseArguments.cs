using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>
/// Checks the spans of elementwise operators. All have one length and are not empty. An output starts at the same element as an input or
/// shares no memory with it. Two outputs share no memory.
/// </summary>
internal static class ElementwiseArguments
{
    private const string Value = "destination";

    public static void Map<T>(scoped in PointwiseSpans<T> spans, InputNames names, string destination = Value)
    {
        Inputs(spans, names);
        Length(spans, spans.Value, destination, names);
        InPlace(spans, spans.Value, destination);
    }

    public static void Reverse<T>(scoped in PointwiseSpans<T> spans, InputNames names)
    {
        Inputs(spans, names);
        var gradients = names.Gradients;
        if (!spans.Value.IsEmpty) Length(spans, spans.Value, Value, names);
        Length(spans, spans.CValue, "cDestination", names);
        InPlace(spans, spans.Value, Value);
        Gradient(spans, spans.DX, gradients[0], names);
        if (gradients.Length > 1)
        {
            Gradient(spans, spans.DY, gradients[1], names);
            Shape.Disjoint(spans.DY, gradients[1], spans.DX, gradients[0]);
        }

        if (gradients.Length > 2)
        {
            Gradient(spans, spans.DZ, gradients[2], names);
            Shape.Disjoint(spans.DZ, gradients[2], spans.DX, gradients[0]);
            Shape.Disjoint(spans.DZ, gradients[2], spans.DY, gradients[1]);
        }
    }

    public static void Forward<T>(scoped in PointwiseSpans<T> spans, InputNames names)
    {
        Map(spans, names);
        var tangents = names.Tangents;
        Length(spans, spans.TX, tangents[0], names);
        if (tangents.Length > 1) Length(spans, spans.TY, tangents[1], names);
        if (tangents.Length > 2) Length(spans, spans.TZ, tangents[2], names);
        Length(spans, spans.TValue, "tDestination", names);
        InPlace(spans, spans.TValue, "tDestination");
        Shape.Disjoint(spans.TValue, "tDestination", spans.Value, Value);
    }

    private static void Inputs<T>(scoped in PointwiseSpans<T> spans, InputNames names)
    {
        SoftArguments.NotEmpty(spans.X.Length, names.Inputs[0]);
        if (names.Inputs.Length > 1) Length(spans, spans.Y, names.Inputs[1], names);
        if (names.Inputs.Length > 2) Length(spans, spans.Z, names.Inputs[2], names);
    }

    private static void Gradient<T>(scoped in PointwiseSpans<T> spans, ReadOnlySpan<T> gradient, string name, InputNames names)
    {
        Length(spans, gradient, name, names);
        InPlace(spans, gradient, name);
        Shape.Disjoint(gradient, name, spans.Value, Value);
    }

    private static void Length<T>(scoped in PointwiseSpans<T> spans, ReadOnlySpan<T> span, string name, InputNames names) =>
        Shape.SameLength(span.Length, spans.X.Length, name, names.Inputs[0]);

    private static void InPlace<T>(scoped in PointwiseSpans<T> spans, ReadOnlySpan<T> output, string name)
    {
        if (IsShifted(output, spans.X) || IsShifted(output, spans.Y) || IsShifted(output, spans.Z) || IsShifted(output, spans.CValue)
            || IsShifted(output, spans.TX) || IsShifted(output, spans.TY) || IsShifted(output, spans.TZ))
        {
            ThrowShifted(name);
        }
    }

    private static bool IsShifted<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> input) => output.Overlaps(input, out var offset) && offset != 0;

    [DoesNotReturn]
    private static void ThrowShifted(string output) =>
        throw new ArgumentException($"'{output}' overlaps an input in part; it must start where the input does or share no memory with it.", output);
}
