using System.Numerics.Tensors;
using Dual = SoftDiff.SecondOrder.Dual;

namespace SoftDiff;

/// <summary>Dual numbers for the values and tangents that the rules are called with, and back.</summary>
internal static class Joined
{
    /// <summary>A number.</summary>
    public static Dual Of<T>(T value, T tangent)
        where T : IBinaryFloatingPointIeee754<T> => new(double.CreateTruncating(value), double.CreateTruncating(tangent));

    /// <summary>Writes the values.</summary>
    public static void Values<T>(ReadOnlySpan<Dual> duals, Span<T> values)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < duals.Length; i++) values[i] = T.CreateTruncating(duals[i].Value);
    }

    /// <summary>Writes the tangents, unless they are not wanted.</summary>
    public static void Tangents<T>(ReadOnlySpan<Dual> duals, Span<T> tangents)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < tangents.Length; i++) tangents[i] = T.CreateTruncating(duals[i].Tangent);
    }

    /// <inheritdoc cref="Values{T}(ReadOnlySpan{Dual}, Span{T})"/>
    public static void Values<T>(
        in TensorSpan<Dual> duals, in TensorSpan<T> values, [CallerArgumentExpression(nameof(values))] string output = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        using var elements = new Elements<T>(values, output);
        Values(TensorMemory.Of(duals, output), elements.Span);
    }

    /// <inheritdoc cref="Tangents{T}(ReadOnlySpan{Dual}, Span{T})"/>
    public static void Tangents<T>(
        in TensorSpan<Dual> duals, in TensorSpan<T> tangents, [CallerArgumentExpression(nameof(tangents))] string output = "")
        where T : IBinaryFloatingPointIeee754<T>
    {
        using var elements = new Elements<T>(tangents, output);
        Tangents(TensorMemory.Of(duals, output), elements.Span);
    }
}
