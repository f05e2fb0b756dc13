using System.Runtime.InteropServices;

namespace SoftDiff.SecondOrder;

/// <summary>Runs a row operator on dual numbers, with the derivatives that <see cref="Ties"/> gives to rows with equal elements.</summary>
internal static class InDouble
{
    public static Dual Number<T>(T value) => Dual.CreateTruncating(value);

    public static void Value<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<Dual> => row.Value(MemoryMarshal.Cast<T, Dual>(x), MemoryMarshal.Cast<T, Dual>(y));

    public static T Vjp<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<Dual> => T.CreateTruncating(Ties.Vjp(
            row, MemoryMarshal.Cast<T, Dual>(x), MemoryMarshal.Cast<T, Dual>(y), MemoryMarshal.Cast<T, Dual>(cY), MemoryMarshal.Cast<T, Dual>(dX)));

    public static void Jvp<T, TRow>(TRow row, ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<Dual> => Ties.Jvp(
            row, MemoryMarshal.Cast<T, Dual>(x), MemoryMarshal.Cast<T, Dual>(tX), Dual.CreateTruncating(tSoftness),
            MemoryMarshal.Cast<T, Dual>(y), MemoryMarshal.Cast<T, Dual>(tY));
}
