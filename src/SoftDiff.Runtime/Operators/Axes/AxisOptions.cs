namespace SoftDiff;

/// <summary>The options of an operator on tensors that are not those of its rows.</summary>
/// <param name="Axis">The axis, counted from the start or, if negative, from the end; null for all elements as one row.</param>
/// <param name="KeepDims">Whether an axis that is reduced stays, with the length 1.</param>
/// <param name="Parallel">Whether the rows are shared among the cores.</param>
internal readonly record struct AxisOptions(int? Axis, bool KeepDims, bool Parallel);

/// <summary>How errors call an output and its derivatives.</summary>
internal readonly record struct OutputNames(string Value, string Cotangent, string Tangent)
{
    public static OutputNames Destination { get; } = new("destination", "cDestination", "tDestination");

    public static OutputNames Values { get; } = new("values", "cValues", "tValues");

    public static OutputNames Indices { get; } = new("indices", "cIndices", "tIndices");
}
