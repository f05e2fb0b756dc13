using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>A weighting on one row, with the checks of its arguments. Outputs may lie in the memory of inputs, in any way.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TWeighting">The weighting.</typeparam>
internal static class RowSelection<T, TWeighting>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TWeighting : IWeighting<T>
{
    public static void Value(ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y, in SelectionNames names) =>
        WeightedRows<T, TWeighting>.Value(
            Plan(x, p, y.Length, OutputNames.Destination.Value, names, [y.Length]), Read(x), Read(p), new TensorSpan<T>(y));

    public static void Vjp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX, Span<T> dP, in SelectionNames names) =>
        WeightedRows<T, TWeighting>.Vjp(
            Plan(x, p, cY.Length, OutputNames.Destination.Cotangent, names, [cY.Length]), Read(x), Read(p), new TensorSpan<T>(y), Read(cY),
            new TensorSpan<T>(dX), new TensorSpan<T>(dP));

    public static void Jvp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y, ReadOnlySpan<T> tX, ReadOnlySpan<T> tP, Span<T> tY, in SelectionNames names) =>
        WeightedRows<T, TWeighting>.Jvp(
            Plan(x, p, y.Length, OutputNames.Destination.Value, names, [y.Length]), Read(x), Read(p), new TensorSpan<T>(y), Read(tX),
            Read(tP), new TensorSpan<T>(tY));

    private static ReadOnlyTensorSpan<T> Read(ReadOnlySpan<T> row) => new(row);

    private static SelectionPlan Plan(
        scoped ReadOnlySpan<T> x, scoped ReadOnlySpan<T> p, int length, string result, in SelectionNames names, ReadOnlySpan<nint> shape)
    {
        SoftArguments.NotEmpty(x.Length, names.Elements);
        SoftArguments.NotEmpty(length, result);
        if (p.Length != TWeighting.IndexLength(x.Length, length)) ThrowLengths(x.Length, p.Length, length, names);
        return new SelectionPlan(new RowRole(0), new RowRole(0), new RowRole(0), default, shape, names);
    }

    [DoesNotReturn]
    private static void ThrowLengths(int n, int actual, int length, in SelectionNames names) => throw new ArgumentException(
        FormattableString.Invariant($"'{names.Index}' has length {actual}, which does not fit '{names.Elements}' of length {n} ")
        + FormattableString.Invariant($"and a result of length {length}."), names.Index);
}
