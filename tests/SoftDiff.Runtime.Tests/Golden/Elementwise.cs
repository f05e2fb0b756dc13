using System.Numerics;

namespace SoftDiff.Runtime.Tests.Golden;

internal delegate T Scalar1<T>(T x);

internal delegate T ScalarVjp1<T>(T x, T cResult, out T dX, out T dSoftness);

internal delegate T ScalarJvp1<T>(T x, T tX, T tSoftness, out T tResult);

internal delegate void Span1<T>(ReadOnlySpan<T> x, Span<T> destination);

internal delegate T SpanVjp1<T>(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX);

internal delegate void SpanJvp1<T>(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination, T tSoftness);

internal delegate T Scalar2<T>(T x, T y);

internal delegate T ScalarVjp2<T>(T x, T y, T cResult, out T dX, out T dY, out T dSoftness);

internal delegate T ScalarJvp2<T>(T x, T y, T tX, T tY, T tSoftness, out T tResult);

internal delegate void Span2<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination);

internal delegate T SpanVjp2<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX, Span<T> dY);

internal delegate void SpanJvp2<T>(
    ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, ReadOnlySpan<T> tX, ReadOnlySpan<T> tY, Span<T> tDestination, T tSoftness);

/// <summary>The forms of operators of one or two numbers: number by number, spans, spans in place.</summary>
internal static class Elementwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static IEnumerable<Form<T>> Unary(
        Call<T> call,
        Scalar1<T>? scalar,
        ScalarVjp1<T>? scalarVjp,
        ScalarJvp1<T>? scalarJvp,
        Span1<T> span,
        SpanVjp1<T> spanVjp,
        SpanJvp1<T> spanJvp,
        bool inPlace = true)
    {
        var x = call["x"];
        if (scalar is not null) yield return Scalars(x, call, scalar, scalarVjp!, scalarJvp!);

        yield return new Form<T>(
            "span",
            () => New(x.Length, y => span(x, y)),
            () =>
            {
                var (y, dX) = (new T[x.Length], new T[x.Length]);
                var dSoftness = spanVjp(x, y, call.Cotangent, dX);
                return new Pullback<T>(y, One(dX), dSoftness);
            },
            direction =>
            {
                var (y, tY) = (new T[x.Length], new T[x.Length]);
                spanJvp(x, y, direction.Tangents["x"], tY, direction.Softness);
                return new Pushforward<T>(y, tY);
            });
        if (!inPlace) yield break;

        yield return new Form<T>(
            "span in place",
            () =>
            {
                var y = Copy(x);
                span(y, y);
                return y;
            },
            () =>
            {
                // The value is not wanted, and the gradient replaces the cotangent.
                var c = Copy(call.Cotangent);
                var dSoftness = spanVjp(x, default, c, c);
                return new Pullback<T>(null, One(c), dSoftness);
            },
            direction =>
            {
                var y = Copy(x);
                var tY = new T[x.Length];
                spanJvp(y, y, direction.Tangents["x"], tY, direction.Softness);
                return new Pushforward<T>(y, tY);
            });
    }

    public static IEnumerable<Form<T>> Binary(
        Call<T> call,
        Scalar2<T> scalar,
        ScalarVjp2<T> scalarVjp,
        ScalarJvp2<T> scalarJvp,
        Span2<T> span,
        SpanVjp2<T> spanVjp,
        SpanJvp2<T> spanJvp)
    {
        var (x, y) = (call["x"], call["y"]);
        yield return new Form<T>(
            "scalar",
            () => New(x.Length, z => Each(x.Length, i => z[i] = scalar(x[i], y[i]))),
            () =>
            {
                var (z, dX, dY, sum) = (new T[x.Length], new T[x.Length], new T[x.Length], 0.0);
                for (var i = 0; i < x.Length; i++)
                {
                    z[i] = scalarVjp(x[i], y[i], call.Cotangent[i], out dX[i], out dY[i], out var dSoftness);
                    sum += double.CreateChecked(dSoftness);
                }

                return new Pullback<T>(z, Two(dX, dY), T.CreateChecked(sum));
            },
            direction =>
            {
                var (z, tZ) = (new T[x.Length], new T[x.Length]);
                var (tX, tY) = (direction.Tangents["x"], direction.Tangents["y"]);
                for (var i = 0; i < x.Length; i++) z[i] = scalarJvp(x[i], y[i], tX[i], tY[i], direction.Softness, out tZ[i]);
                return new Pushforward<T>(z, tZ);
            });

        yield return new Form<T>(
            "span",
            () => New(x.Length, z => span(x, y, z)),
            () =>
            {
                var (z, dX, dY) = (new T[x.Length], new T[x.Length], new T[x.Length]);
                var dSoftness = spanVjp(x, y, z, call.Cotangent, dX, dY);
                return new Pullback<T>(z, Two(dX, dY), dSoftness);
            },
            direction =>
            {
                var (z, tZ) = (new T[x.Length], new T[x.Length]);
                spanJvp(x, y, z, direction.Tangents["x"], direction.Tangents["y"], tZ, direction.Softness);
                return new Pushforward<T>(z, tZ);
            });
    }

    private static Form<T> Scalars(T[] x, Call<T> call, Scalar1<T> scalar, ScalarVjp1<T> scalarVjp, ScalarJvp1<T> scalarJvp) => new(
        "scalar",
        () => Array.ConvertAll(x, e => scalar(e)),
        () =>
        {
            var (y, dX, sum) = (new T[x.Length], new T[x.Length], 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                y[i] = scalarVjp(x[i], call.Cotangent[i], out dX[i], out var dSoftness);
                sum += double.CreateChecked(dSoftness);
            }

            return new Pullback<T>(y, One(dX), T.CreateChecked(sum));
        },
        direction =>
        {
            var (y, tY) = (new T[x.Length], new T[x.Length]);
            for (var i = 0; i < x.Length; i++) y[i] = scalarJvp(x[i], direction.Tangents["x"][i], direction.Softness, out tY[i]);
            return new Pushforward<T>(y, tY);
        });

    private static T[] New(int length, Action<T[]> fill)
    {
        var array = new T[length];
        fill(array);
        return array;
    }

    private static void Each(int count, Action<int> action)
    {
        for (var i = 0; i < count; i++) action(i);
    }

    private static T[] Copy(T[] x) => (T[])x.Clone();

    private static Dictionary<string, T[]> One(T[] dX) => new() { ["x"] = dX };

    private static Dictionary<string, T[]> Two(T[] dX, T[] dY) => new() { ["x"] = dX, ["y"] = dY };
}
