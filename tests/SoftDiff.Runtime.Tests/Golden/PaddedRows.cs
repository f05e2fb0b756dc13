using System.Numerics;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>
/// Which numbers of a row of the references can be compared although its sorting network pads with 1 + the largest element of the whole array: all where nothing
/// is padded, and those of the array's row that holds the largest element, which pads alike; but not the gradient of that element, to which the padding of
/// the other rows adds.
/// </summary>
internal sealed class PaddedRows(GoldenRow row)
{
    private readonly GoldenArray x = row.Inputs["x"];
    private readonly int axis = Axis(row);

    private bool IsPadded => !BitOperations.IsPow2(x.Shape[axis]);

    private int Largest => Array.IndexOf(x.Data, x.Data.Max());

    public static bool Has(GoldenRow row) =>
        row.TextOrNull("note") is { } note && note.StartsWith("padding sentinel", StringComparison.Ordinal);

    /// <summary>What a value that cannot be compared may be off by, as both are within the range of the operator; 0 for other numbers.</summary>
    public double ErrorOfValue(Number number) =>
        number.Quantity == Quantity.Output && IsPadded && RowOfOutput(number.Index) != RowOf(Largest, x.Shape, axis) ? LargestOutput : 0;

    /// <summary>Whether a number is a gradient that cannot be compared; that of the softness is a sum over all rows.</summary>
    public bool HasOtherGradient(Number number) => IsPadded && number.Quantity switch
    {
        Quantity.Gradient => number.Index == Largest || RowOf(number.Index, x.Shape, axis) != RowOf(Largest, x.Shape, axis),
        Quantity.SoftnessGradient => true,
        _ => false,
    };

    // Ranks are from 1 to n; probabilities from 0 to 1; values between the smallest element and the padding.
    private double LargestOutput => row.Op == "rank" ? x.Shape[axis] - 1 : HoldsProbabilities ? 1 : x.Data.Max() - x.Data.Min() + 1;

    private bool HoldsProbabilities => row.Op.StartsWith("arg", StringComparison.Ordinal) || row.Op.EndsWith("indices", StringComparison.Ordinal);

    // The axis may stay, with another length, or be gone; probabilities have an axis of their own at the end.
    private int RowOfOutput(int index)
    {
        var shape = row.Output.Shape;
        if (HoldsProbabilities) (index, shape) = (index / shape[^1], shape[..^1]);
        return shape.Length == x.Shape.Length ? RowOf(index, shape, axis) : index;
    }

    /// <summary>The number of the row, without its axis.</summary>
    private static int RowOf(int index, int[] shape, int axis)
    {
        var inner = shape.Skip(axis + 1).Aggregate(1, (product, length) => product * length);
        return (index / (inner * shape[axis]) * inner) + (index % inner);
    }

    private static int Axis(GoldenRow row)
    {
        var axis = row.Integers("axis")!.Single();
        return axis < 0 ? axis + row.Inputs["x"].Shape.Length : axis;
    }
}
