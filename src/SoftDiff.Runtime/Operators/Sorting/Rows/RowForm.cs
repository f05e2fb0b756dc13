using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>Row operators on one row of the caller: they check the spans, and let results lie in the memory of inputs.</summary>
internal static class RowForm
{
    private const string Destination = "destination";

    /// <summary>Throws unless the operator can write its result there.</summary>
    public static void Check<T, TRow>(TRow row, ReadOnlySpan<T> x, ReadOnlySpan<T> destination, string name = Destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        SoftArguments.NotEmpty(x.Length, nameof(x));
        Shape.SameLength(destination.Length, row.Shape(x.Length).Length, name, "the result");
        InPlace(destination, x, name);
    }

    public static void Map<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> destination, string name = Destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        Check<T, TRow>(row, x, destination, name);
        using var input = new Input<T>(x, destination);
        row.Value(input.Span, destination);
    }

    public static T MapVjp<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        if (!destination.IsEmpty) Check<T, TRow>(row, x, destination);
        SoftArguments.NotEmpty(x.Length, nameof(x));
        Shape.SameLength(cDestination.Length, row.Shape(x.Length).Length, nameof(cDestination), "the result");
        InPlace(destination, cDestination, Destination);
        Gradient(dX, x, cDestination);
        Shape.Disjoint(dX, nameof(dX), destination, Destination);
        using var input = new Input<T>(x, destination, dX);
        using var cotangent = new Input<T>(cDestination, destination, dX);
        return row.Vjp(input.Span, destination, cotangent.Span, dX);
    }

    public static void MapJvp<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        Check<T, TRow>(row, x, destination);
        Check<T, TRow>(row, x, tDestination, nameof(tDestination));
        Shape.SameLength(tX.Length, x.Length, nameof(tX), nameof(x));
        InPlace(destination, tX, Destination);
        InPlace(tDestination, tX, nameof(tDestination));
        Shape.Disjoint(tDestination, nameof(tDestination), destination, Destination);
        using var input = new Input<T>(x, destination, tDestination);
        using var tangent = new Input<T>(tX, destination, tDestination);
        row.Jvp(input.Span, tangent.Span, tSoftness, destination, tDestination);
    }

    public static T Reduce<T, TRow>(TRow row, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        var result = T.Zero;
        Map(row, x, new Span<T>(ref result));
        return result;
    }

    public static T ReduceVjp<T, TRow>(TRow row, ReadOnlySpan<T> x, T cResult, Span<T> dX, out T dSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        var result = T.Zero;
        dSoftness = MapVjp(row, x, new Span<T>(ref result), new ReadOnlySpan<T>(in cResult), dX);
        return result;
    }

    public static T ReduceJvp<T, TRow>(TRow row, ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, out T tResult)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<T>
    {
        (var result, tResult) = (T.Zero, T.Zero);
        MapJvp(row, x, new Span<T>(ref result), tX, new Span<T>(ref tResult), tSoftness);
        return result;
    }

    /// <summary>Throws unless the gradient of x can be written there.</summary>
    public static void Gradient<T>(ReadOnlySpan<T> dX, ReadOnlySpan<T> x, ReadOnlySpan<T> cotangent)
    {
        Shape.SameLength(dX.Length, x.Length, nameof(dX), nameof(x));
        InPlace(dX, x, nameof(dX));
        InPlace(dX, cotangent, nameof(dX));
    }

    private static void InPlace<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> input, string name)
    {
        if (output.Overlaps(input, out var offset) && offset != 0) ThrowShifted(name);
    }

    [DoesNotReturn]
    private static void ThrowShifted(string output) =>
        throw new ArgumentException($"'{output}' overlaps an input in part; it must start where the input does or share no memory with it.", output);

    /// <summary>An input, or a copy of it if an output is to be written over it.</summary>
    private ref struct Input<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private Rented<T> _copy;

        public Input(ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> otherOutput = default)
        {
            Span = input;
            if (!input.Overlaps(output) && !input.Overlaps(otherOutput)) return;
            _copy = Scratch.Rent<T>(input.Length);
            input.CopyTo(_copy.Span);
            Span = _copy.Span;
        }

        public ReadOnlySpan<T> Span { get; }

        public void Dispose() => _copy.Dispose();
    }
}
