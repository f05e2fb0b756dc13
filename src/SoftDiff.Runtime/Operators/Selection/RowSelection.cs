using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace SoftDiff;

/// <summary>A weighting on one row, with the checks of its arguments. Outputs share no memory with anything.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TWeighting">The weighting.</typeparam>
internal static class RowSelection<T, TWeighting>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TWeighting : IWeighting<T>
{
    public static void Value(ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y, in SelectionNames names)
    {
        Require(x, p, y, y.Length, OutputNames.Destination.Value, names);
        TWeighting.Value(x, p, y);
    }

    public static void Vjp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX, Span<T> dP, in SelectionNames names)
    {
        var (value, cotangent, _) = OutputNames.Destination;
        if (!y.IsEmpty) Shape.SameLength(y.Length, cY.Length, value, cotangent);
        Require(x, p, y, cY.Length, value, names);
        Require(x, p, dX, cY.Length, names.DElements, names);
        Require(x, p, dP, cY.Length, names.DIndex, names);
        Shape.SameLength(dX.Length, x.Length, names.DElements, names.Elements);
        Shape.SameLength(dP.Length, p.Length, names.DIndex, names.Index);
        Shape.Disjoint(cY, cotangent, dX, names.DElements);
        Shape.Disjoint(cY, cotangent, dP, names.DIndex);
        Shape.Disjoint(dX, names.DElements, dP, names.DIndex);
        if (!y.IsEmpty) TWeighting.Value(x, p, y);
        dX.Clear();
        dP.Clear();
        TWeighting.AddPullbackOfElements(p, cY, dX);
        TWeighting.AddPullbackOfIndex(x, cY, dP);
    }

    public static void Jvp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y, ReadOnlySpan<T> tX, ReadOnlySpan<T> tP, Span<T> tY, in SelectionNames names)
    {
        var (value, _, tangent) = OutputNames.Destination;
        Require(x, p, y, y.Length, value, names);
        Shape.SameLength(tX.Length, x.Length, names.TElements, names.Elements);
        Shape.SameLength(tP.Length, p.Length, names.TIndex, names.Index);
        Shape.SameLength(tY.Length, y.Length, tangent, value);
        Require(x, p, tY, y.Length, tangent, names);
        Shape.Disjoint(tX, names.TElements, tY, tangent);
        Shape.Disjoint(tP, names.TIndex, tY, tangent);
        Shape.Disjoint(y, value, tY, tangent);
        using var part = Scratch.Rent<T>(y.Length);
        TWeighting.Value(x, p, y);
        TWeighting.Value(tX, p, tY);
        TWeighting.Value(x, tP, part.Span);
        Lanewise.Map(tY, part.Span, tY, default(Plus<T>));
    }

    private static void Require(ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> output, int positions, string outputName, in SelectionNames names)
    {
        SoftArguments.NotEmpty(x.Length, names.Elements);
        if (p.Length != TWeighting.IndexLength(x.Length, positions)) ThrowLengths(x.Length, p.Length, positions, names);
        Shape.Disjoint(x, names.Elements, output, outputName);
        Shape.Disjoint(p, names.Index, output, outputName);
    }

    [DoesNotReturn]
    private static void ThrowLengths(int n, int actual, int positions, in SelectionNames names) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"'{names.Index}' has length {actual}, which does not fit '{names.Elements}' of length {n} ")
        + string.Create(CultureInfo.InvariantCulture, $"and a result of length {positions}."), names.Index);
}
