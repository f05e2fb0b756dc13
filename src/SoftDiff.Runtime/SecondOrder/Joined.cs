using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using Dual = SoftDiff.SecondOrder.Dual;

namespace SoftDiff;

/// <summary>Dual numbers for the values and tangents that the rules are called with, and back.</summary>
internal static class Joined
{
    /// <summary>A number.</summary>
    public static Dual Of<T>(T value, T tangent)
        where T : IBinaryFloatingPointIeee754<T> => new(double.CreateTruncating(value), double.CreateTruncating(tangent));

    /// <summary>An input.</summary>
    public static Rented<Dual> Of<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<T> tangents,
        [CallerArgumentExpression(nameof(values))] string input = "",
        [CallerArgumentExpression(nameof(tangents))] string tangent = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        Shape.SameLength(tangents.Length, values.Length, tangent, input);
        return OfWanted(values, tangents, input, tangent);
    }

    /// <summary>An input whose tangents are 0 if there are none.</summary>
    public static Rented<Dual> OfWanted<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<T> tangents,
        [CallerArgumentExpression(nameof(values))] string input = "", [CallerArgumentExpression(nameof(tangents))] string tangent = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (!tangents.IsEmpty) Shape.SameLength(tangents.Length, values.Length, tangent, input);
        var duals = Scratch.Rent<Dual>(values.Length);
        for (var i = 0; i < values.Length; i++) duals.Span[i] = Of(values[i], tangents.IsEmpty ? T.Zero : tangents[i]);
        return duals;
    }

    /// <summary>Memory for an output as long as another span.</summary>
    public static Rented<Dual> Like<T>(ReadOnlySpan<T> values) => Scratch.Rent<Dual>(values.Length);

    /// <summary>The values.</summary>
    public static void Values<T>(ReadOnlySpan<Dual> duals, Span<T> values)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < duals.Length; i++) values[i] = T.CreateTruncating(duals[i].Value);
    }

    /// <summary>The tangents; none if they are not wanted.</summary>
    public static void Tangents<T>(ReadOnlySpan<Dual> duals, Span<T> tangents)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < tangents.Length; i++) tangents[i] = T.CreateTruncating(duals[i].Tangent);
    }

    /// <summary>A gradient that leaves out part of the derivative on purpose has no derivative that would be one of the value.</summary>
    public static void RequireGated(bool gatedGrad)
    {
        if (!gatedGrad) ThrowUngated();
    }

    [DoesNotReturn]
    private static void ThrowUngated() => throw new NotSupportedException(
        "Without 'gatedGrad' the gradient is not that of the value, and second derivatives do not exist; leave 'gatedGrad' true where derivatives nest.");
}
