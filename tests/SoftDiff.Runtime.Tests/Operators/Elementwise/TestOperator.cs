using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>An elementwise operator with its options, of one to three inputs; the spans of those it does not have are ignored.</summary>
internal abstract class TestOperator<T>(string name, SoftMode? mode)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The mode; null for an operator without one, which has no softness either.</summary>
    public SoftMode? Mode => mode;

    public abstract int Inputs { get; }

    public abstract void Map(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination);

    public abstract T Vjp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination, ReadOnlySpan<T> c, Span<T> dX, Span<T> dY, Span<T> dZ);

    public abstract void Jvp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination,
        ReadOnlySpan<T> tX, ReadOnlySpan<T> tY, ReadOnlySpan<T> tZ, Span<T> tDestination, T tSoftness);

    public abstract T Scalar(T x, T y, T z);

    public abstract T ScalarVjp(T x, T y, T z, T c, out T dX, out T dY, out T dZ, out T dSoftness);

    public abstract T ScalarJvp(T x, T y, T z, T tX, T tY, T tZ, T tSoftness, out T t);

    public T[] Map(T[][] x)
    {
        var y = new T[x[0].Length];
        Map(x[0], x[1], x[2], y);
        return y;
    }

    public (T[] Value, T[][] Gradients, T Softness) Vjp(T[][] x, T[] c)
    {
        var n = c.Length;
        var (value, gradients) = (new T[n], new[] { new T[n], new T[n], new T[n] });
        var softness = Vjp(x[0], x[1], x[2], value, c, gradients[0], gradients[1], gradients[2]);
        return (value, gradients, softness);
    }

    public (T[] Value, T[] Tangent) Jvp(T[][] x, T[][] t, T tSoftness)
    {
        var (value, tangent) = (new T[x[0].Length], new T[x[0].Length]);
        Jvp(x[0], x[1], x[2], value, t[0], t[1], t[2], tangent, tSoftness);
        return (value, tangent);
    }

    public override string ToString() => $"{name} {mode} {typeof(T).Name}";
}

internal sealed class TestOperator<T, TOperator>(string name, SoftMode? mode, TOperator @operator) : TestOperator<T>(name, mode)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperator : struct, IElementwise<T>
{
    public override int Inputs => TOperator.Names.Inputs.Length;

    public override void Map(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination)
    {
        if (Inputs == 1) SoftDiff.Elementwise.Map(@operator, x, destination);
        else if (Inputs == 2) SoftDiff.Elementwise.Map(@operator, x, y, destination);
        else SoftDiff.Elementwise.Map(@operator, x, y, z, destination);
    }

    public override T Vjp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination, ReadOnlySpan<T> c, Span<T> dX, Span<T> dY, Span<T> dZ) => Inputs switch
        {
            1 => SoftDiff.Elementwise.MapVjp(@operator, x, destination, c, dX),
            2 => SoftDiff.Elementwise.MapVjp(@operator, x, y, destination, c, dX, dY),
            _ => SoftDiff.Elementwise.MapVjp(@operator, x, y, z, destination, c, dX, dY, dZ),
        };

    public override void Jvp(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination,
        ReadOnlySpan<T> tX, ReadOnlySpan<T> tY, ReadOnlySpan<T> tZ, Span<T> tDestination, T tSoftness)
    {
        if (Inputs == 1) SoftDiff.Elementwise.MapJvp(@operator, x, destination, tX, tDestination, tSoftness);
        else if (Inputs == 2) SoftDiff.Elementwise.MapJvp(@operator, x, y, destination, tX, tY, tDestination, tSoftness);
        else SoftDiff.Elementwise.MapJvp(@operator, x, y, z, destination, tX, tY, tZ, tDestination, tSoftness);
    }

    public override T Scalar(T x, T y, T z) => Inputs switch
    {
        1 => SoftDiff.Elementwise.Value(@operator, x),
        2 => SoftDiff.Elementwise.Value(@operator, x, y),
        _ => SoftDiff.Elementwise.Value(@operator, x, y, z),
    };

    public override T ScalarVjp(T x, T y, T z, T c, out T dX, out T dY, out T dZ, out T dSoftness)
    {
        (dY, dZ) = (T.Zero, T.Zero);
        if (Inputs == 1) return SoftDiff.Elementwise.Vjp(@operator, x, c, out dX, out dSoftness);
        return Inputs == 2
            ? SoftDiff.Elementwise.Vjp(@operator, x, y, c, out dX, out dY, out dSoftness)
            : SoftDiff.Elementwise.Vjp(@operator, x, y, z, c, out dX, out dY, out dZ, out dSoftness);
    }

    public override T ScalarJvp(T x, T y, T z, T tX, T tY, T tZ, T tSoftness, out T t) => Inputs switch
    {
        1 => SoftDiff.Elementwise.Jvp(@operator, x, tX, tSoftness, out t),
        2 => SoftDiff.Elementwise.Jvp(@operator, x, y, tX, tY, tSoftness, out t),
        _ => SoftDiff.Elementwise.Jvp(@operator, x, y, z, tX, tY, tZ, tSoftness, out t),
    };
}
