using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Axes;

/// <summary>Row operators whose results are easily written down: y depends on all elements of the row and on the softness.</summary>
internal static class ToyRows
{
    /// <summary>Like a sort: y[i] = s x[i] Σ x.</summary>
    public readonly struct Scale<T>(T softness) : IRowOperator<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public RowShape Shape(int length) => new(length, 1, Reduces: false, HasIndexAxis: false);

        public void Value(ReadOnlySpan<T> x, Span<T> y)
        {
            var sum = Sum(x);
            for (var i = 0; i < x.Length; i++) y[i] = softness * x[i] * sum;
        }

        public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
        {
            var (sum, product) = (Sum(x), Dot(x, cY));
            if (!y.IsEmpty) Value(x, y);
            for (var i = 0; i < x.Length; i++) dX[i] = softness * ((cY[i] * sum) + product);
            return product * sum;
        }

        public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
        {
            var (sum, tSum) = (Sum(x), Sum(tX));
            Value(x, y);
            for (var i = 0; i < x.Length; i++) tY[i] = (tSoftness * x[i] * sum) + (softness * ((tX[i] * sum) + (x[i] * tSum)));
        }
    }

    /// <summary>Like a maximum: y = s Σ (i + 1) x[i].</summary>
    public readonly struct Reduce<T>(T softness) : IRowOperator<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public RowShape Shape(int length) => new(1, 1, Reduces: true, HasIndexAxis: false);

        public void Value(ReadOnlySpan<T> x, Span<T> y) => y[0] = softness * Weighted(x);

        public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
        {
            if (!y.IsEmpty) Value(x, y);
            for (var i = 0; i < x.Length; i++) dX[i] = softness * cY[0] * T.CreateTruncating(i + 1);
            return cY[0] * Weighted(x);
        }

        public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
        {
            Value(x, y);
            tY[0] = (tSoftness * Weighted(x)) + (softness * Weighted(tX));
        }

        private static T Weighted(ReadOnlySpan<T> x)
        {
            var sum = T.Zero;
            for (var i = 0; i < x.Length; i++) sum += x[i] * T.CreateTruncating(i + 1);
            return sum;
        }
    }

    /// <summary>Like soft indices, of one reduced or of several positions: y[r, j] = s (r + 1) x[j].</summary>
    public readonly struct Index<T>(T softness, int positions, bool reduces) : IRowOperator<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public RowShape Shape(int length) => new(positions, length, reduces, HasIndexAxis: true);

        public void Value(ReadOnlySpan<T> x, Span<T> y)
        {
            for (var i = 0; i < y.Length; i++) y[i] = softness * Weight(i, x.Length) * x[i % x.Length];
        }

        public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
        {
            var dSoftness = T.Zero;
            if (!y.IsEmpty) Value(x, y);
            dX.Clear();
            for (var i = 0; i < cY.Length; i++)
            {
                dX[i % x.Length] += softness * Weight(i, x.Length) * cY[i];
                dSoftness += Weight(i, x.Length) * x[i % x.Length] * cY[i];
            }

            return dSoftness;
        }

        public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
        {
            Value(x, y);
            for (var i = 0; i < y.Length; i++)
            {
                tY[i] = Weight(i, x.Length) * ((tSoftness * x[i % x.Length]) + (softness * tX[i % x.Length]));
            }
        }

        private static T Weight(int i, int n) => T.CreateTruncating((i / n) + 1);
    }

    private static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        foreach (var element in x) sum += element;
        return sum;
    }

    private static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
