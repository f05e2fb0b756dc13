using System.Numerics;
using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Golden;

internal delegate void Tensor1<T>(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination);

internal delegate T TensorVjp1<T>(
    in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination, in ReadOnlyTensorSpan<T> cDestination, in TensorSpan<T> dX);

internal delegate void TensorJvp1<T>(
    in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination, in ReadOnlyTensorSpan<T> tX, in TensorSpan<T> tDestination, T tSoftness);

internal delegate T Reduction<T>(ReadOnlySpan<T> x);

internal delegate T ReductionVjp<T>(ReadOnlySpan<T> x, T cResult, Span<T> dX, out T dSoftness);

internal delegate T ReductionJvp<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, out T tResult);

/// <summary>The forms of operators along an axis: tensors; one row; a row to a number.</summary>
internal static class Axes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Form<T> Tensor(string name, Call<T> call, Tensor1<T> value, TensorVjp1<T> vjp, TensorJvp1<T> jvp)
    {
        var x = call["x"];
        var shape = call.ShapeOf("x");
        return new Form<T>(
            name,
            () =>
            {
                var y = new T[call.OutputLength];
                value(Read(x, shape), Write(y, call.OutputShape));
                return y;
            },
            () =>
            {
                var (y, dX) = (new T[call.OutputLength], new T[x.Length]);
                var dSoftness = vjp(Read(x, shape), Write(y, call.OutputShape), Read(call.Cotangent, call.OutputShape), Write(dX, shape));
                return Pullback(y, dX, dSoftness);
            },
            direction =>
            {
                var (y, tY) = (new T[call.OutputLength], new T[call.OutputLength]);
                jvp(Read(x, shape), Write(y, call.OutputShape), Read(direction.Tangents["x"], shape), Write(tY, call.OutputShape), direction.Softness);
                return new Pushforward<T>(y, tY);
            });
    }

    /// <summary>Nothing unless the row is an array of one axis, or flattened.</summary>
    public static IEnumerable<Form<T>> Row(Call<T> call, Span1<T> value, SpanVjp1<T> vjp, SpanJvp1<T> jvp)
    {
        if (!IsOneRow(call)) yield break;
        var x = call["x"];
        yield return new Form<T>(
            "row",
            () =>
            {
                var y = new T[call.OutputLength];
                value(x, y);
                return y;
            },
            () =>
            {
                var (y, dX) = (new T[call.OutputLength], new T[x.Length]);
                var dSoftness = vjp(x, y, call.Cotangent, dX);
                return Pullback(y, dX, dSoftness);
            },
            direction =>
            {
                var (y, tY) = (new T[call.OutputLength], new T[call.OutputLength]);
                jvp(x, y, direction.Tangents["x"], tY, direction.Softness);
                return new Pushforward<T>(y, tY);
            });
        yield return new Form<T>(
            "row, value not wanted",
            () =>
            {
                var y = new T[call.OutputLength];
                value(x, y);
                return y;
            },
            () =>
            {
                var dX = new T[x.Length];
                var dSoftness = vjp(x, default, call.Cotangent, dX);
                return new Pullback<T>(null, new Dictionary<string, T[]> { ["x"] = dX }, dSoftness);
            },
            direction =>
            {
                var (y, tY) = (new T[call.OutputLength], new T[call.OutputLength]);
                jvp(x, y, direction.Tangents["x"], tY, direction.Softness);
                return new Pushforward<T>(y, tY);
            });
    }

    /// <summary>Nothing unless the row is an array of one axis, or flattened.</summary>
    public static IEnumerable<Form<T>> Number(Call<T> call, Reduction<T> value, ReductionVjp<T> vjp, ReductionJvp<T> jvp)
    {
        if (!IsOneRow(call)) yield break;
        var x = call["x"];
        yield return new Form<T>(
            "row to number",
            () => [value(x)],
            () =>
            {
                var dX = new T[x.Length];
                var y = vjp(x, call.Cotangent[0], dX, out var dSoftness);
                return Pullback([y], dX, dSoftness);
            },
            direction =>
            {
                var y = jvp(x, direction.Tangents["x"], direction.Softness, out var tY);
                return new Pushforward<T>([y], [tY]);
            });
    }

    private static bool IsOneRow(Call<T> call) => call.ShapeOf("x").Length == 1 || call.Axis is null;

    private static Pullback<T> Pullback(T[] y, T[] dX, T dSoftness) => new(y, new Dictionary<string, T[]> { ["x"] = dX }, dSoftness);

    private static ReadOnlyTensorSpan<T> Read(T[] data, int[] shape) => new(data, Array.ConvertAll(shape, n => (nint)n), default);

    private static TensorSpan<T> Write(T[] data, int[] shape) => new(data, Array.ConvertAll(shape, n => (nint)n), default);
}
