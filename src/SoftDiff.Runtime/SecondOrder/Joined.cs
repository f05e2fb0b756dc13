namespace SoftDiff.SecondOrder;

/// <summary>Spans of dual numbers for the spans of values and tangents that the rules are called with.</summary>
internal static class Joined
{
    /// <summary>An input. No tangents stand for tangents of 0.</summary>
    public static Rented<Dual> Of<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> tangents)
        where T : System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Shape.SameLength(tangents.Length, values.Length, "the tangent", "its input");
        var duals = Scratch.Rent<Dual>(values.Length);
        for (var i = 0; i < values.Length; i++) duals.Span[i] = Of(values[i], tangents[i]);
        return duals;
    }

    /// <summary>Memory for an output.</summary>
    public static Rented<Dual> Like<T>(ReadOnlySpan<T> values) => Scratch.Rent<Dual>(values.Length);

    /// <summary>A number.</summary>
    public static Dual Of<T>(T value, T tangent)
        where T : System.Numerics.IBinaryFloatingPointIeee754<T> => new(double.CreateTruncating(value), double.CreateTruncating(tangent));
}
