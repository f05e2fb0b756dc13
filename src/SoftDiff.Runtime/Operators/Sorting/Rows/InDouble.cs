using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>
/// Runs a row operator in double precision; rows of float are copied. The operators along an axis depend on sums over whole rows and on
/// differences of large sums, for which float has too few digits.
/// </summary>
internal static class InDouble
{
    /// <summary>
    /// An option as a double. 0.1f becomes 0.1, although the float is not exactly 0.1, so that both precisions behave alike at multiples of
    /// it.
    /// </summary>
    public static double Number<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) return double.CreateTruncating(value);

        const double Scale = 1e6;
        var wide = double.CreateTruncating(value);
        var written = Math.Round(wide * Scale) / Scale;
        return T.CreateTruncating(written) == value ? written : wide;
    }

    public static void Value<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<double>
    {
        if (typeof(T) == typeof(double))
        {
            row.Value(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y));
            return;
        }

        using var wideX = Widened(x);
        using var wideY = Scratch.Rent<double>(y.Length);
        row.Value(wideX.Span, wideY.Span);
        Narrow(wideY.Span, y);
    }

    public static T Vjp<T, TRow>(TRow row, ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<double>
    {
        if (typeof(T) == typeof(double))
        {
            return T.CreateTruncating(row.Vjp(
                MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(y), MemoryMarshal.Cast<T, double>(cY), MemoryMarshal.Cast<T, double>(dX)));
        }

        using var wideX = Widened(x);
        using var wideY = Scratch.Rent<double>(y.Length);
        using var wideCotangent = Widened(cY);
        using var wideGradient = Scratch.Rent<double>(dX.Length);
        var dSoftness = row.Vjp(wideX.Span, wideY.Span, wideCotangent.Span, wideGradient.Span);
        Narrow(wideY.Span, y);
        Narrow(wideGradient.Span, dX);
        return T.CreateTruncating(dSoftness);
    }

    public static void Jvp<T, TRow>(TRow row, ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRow : struct, IRowOperator<double>
    {
        var wideSoftness = double.CreateTruncating(tSoftness);
        if (typeof(T) == typeof(double))
        {
            row.Jvp(
                MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(tX), wideSoftness,
                MemoryMarshal.Cast<T, double>(y), MemoryMarshal.Cast<T, double>(tY));
            return;
        }

        using var wideX = Widened(x);
        using var wideTangent = Widened(tX);
        using var wideY = Scratch.Rent<double>(y.Length);
        using var wideResult = Scratch.Rent<double>(tY.Length);
        row.Jvp(wideX.Span, wideTangent.Span, wideSoftness, wideY.Span, wideResult.Span);
        Narrow(wideY.Span, y);
        Narrow(wideResult.Span, tY);
    }

    private static Rented<double> Widened<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = Scratch.Rent<double>(x.Length);
        for (var i = 0; i < x.Length; i++) wide.Span[i] = double.CreateTruncating(x[i]);
        return wide;
    }

    private static void Narrow<T>(ReadOnlySpan<double> wide, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(wide[i]);
    }
}
