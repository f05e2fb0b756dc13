namespace SoftDiff.Generator.Emit;

/// <summary>Types as C# text.</summary>
internal static class TypeNames
{
    /// <summary>The type of the C# parameter to which one of the function belongs.</summary>
    public static string Of(Parameter parameter) => parameter switch
    {
        { Part: { } part } => part.Type.Name,
        { ElementsOf: { } element, Value.Type: ArrayType array } => Of(array with { Element = new ScalarType(ScalarKind.Opaque, element.Name) }),
        _ => Of(parameter.Value.Type),
    };

    /// <summary>As a parameter or return type is written.</summary>
    public static string Of(IrType type) => type switch
    {
        ScalarType scalar => scalar.Name,
        ArrayType { Form: ArrayForm.Array } array => array.Element.Name + "[]",
        ArrayType { Form: ArrayForm.Span } array => Span(array.Element),
        ArrayType { Form: ArrayForm.ReadOnlySpan } array => ReadOnlySpan(array.Element),
        ArrayType { Form: ArrayForm.Column } array => "global::SoftDiff.LaneColumn<" + array.Element.Name + ", " + array.Element.LaneOf!.Name + ">",
        ArrayType { IsMemory: true } memory => "global::System." + (memory.IsReadOnly ? "ReadOnly" : "") + "Memory<" + memory.Element.Name + ">",
        ArrayType { Form: ArrayForm.Listed } => "global::System.ReadOnlySpan<global::System.Array>",
        ArrayType { IsJagged: true } jagged => jagged.Element.Name + "[][]",
        ArrayType { IsMatrix: true } matrix => matrix.Element.Name + "[" + new string(',', matrix.Rank - 1) + "]",
        ArrayType array => "global::System.Numerics.Tensors." + (array.IsReadOnly ? "ReadOnly" : "") + "TensorSpan<" + array.Element.Name + ">",
        TapeType => "global::SoftDiff.Tape",
        _ => throw new NotSupportedException(type.GetType().Name),
    };

    /// <summary>As a local is written: arrays made or viewed inside a method are spans.</summary>
    public static string OfLocal(IrType type) => type is ArrayType { Form: ArrayForm.Array } array ? Span(array.Element) : Of(type);

    public static string Span(ScalarType element) => "global::System.Span<" + element.Name + ">";

    private static string ReadOnlySpan(ScalarType element) => "global::System.ReadOnlySpan<" + element.Name + ">";
}
