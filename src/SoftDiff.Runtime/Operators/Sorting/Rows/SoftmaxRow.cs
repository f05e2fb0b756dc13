using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>
/// The smooth soft index of the largest element by SoftSort, the softmax of w / s, in the precision of the row and a few passes over it: no sum in it
/// cancels, so float needs no detour.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">s, more than 0.</param>
/// <param name="squashes">Whether w is the squashed row, and not the row itself.</param>
internal readonly struct SoftmaxRow<T>(T softness, bool squashes) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T Scale => T.One / softness;

    public RowShape Shape(int length) => Selection.Largest.Shape(length, isIndex: true);

    public void Value(ReadOnlySpan<T> x, Span<T> y)
    {
        if (IsUndefined(x))
        {
            y.Fill(T.NaN);
            return;
        }

        var squash = Squash.Of(x, squashes);
        squash.Apply(x, y);
        Normalize(y, y);
    }

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
    {
        if (IsUndefined(x))
        {
            y.Fill(T.NaN);
            dX.Fill(T.NaN);
            return T.NaN;
        }

        using var weights = Scratch.Rent<T>(y.IsEmpty ? x.Length : 0);
        using var squashed = Scratch.Rent<T>(squashes ? x.Length : 0);
        var p = y.IsEmpty ? weights.Span : y;
        var squash = Squash.Of(x, squashes);
        squash.Apply(x, squashed.Span);
        var w = squashes ? squashed.Span : x;
        Normalize(w, p);

        var mean = T.CreateTruncating(Lanewise.Sum(p, cY, default(Product<T>)));
        Lanewise.Map(p, cY, dX, new ScaledDeviation<T>(mean, Scale));
        var dSoftness = -Lanewise.Sum(w, dX, default(Product<T>)) * double.CreateTruncating(Scale);
        squash.Pullback(x, w, dX);
        return T.CreateTruncating(dSoftness);
    }

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
    {
        if (IsUndefined(x))
        {
            y.Fill(T.NaN);
            tY.Fill(T.NaN);
            return;
        }

        using var squashed = Scratch.Rent<T>(squashes ? x.Length : 0);
        var squash = Squash.Of(x, squashes);
        squash.Apply(x, squashed.Span);
        var w = squashes ? squashed.Span : x;
        Normalize(w, y);

        // The tangent of w / s, but for the factor 1 / s.
        squash.Pushforward(x, w, tX, tY);
        Lanewise.Map(tY, w, tY, new PlusScaled<T>(-tSoftness * Scale));
        var mean = T.CreateTruncating(Lanewise.Sum(y, tY, default(Product<T>)));
        Lanewise.Map(y, tY, tY, new ScaledDeviation<T>(mean, Scale));
    }

    // As for the other methods: infinite elements have no differences.
    private static bool IsUndefined(ReadOnlySpan<T> x) => double.IsNaN(Lanewise.Sum(x, x, new Scaled<T>(T.Zero)));

    private void Normalize(ReadOnlySpan<T> w, Span<T> p)
    {
        var max = Lanewise.Max(w);
        var sum = Lanewise.MapAndSum(w, p, new ExpDifference<T>(max, Scale));
        Lanewise.Map(p, p, new Scaled<T>(T.CreateTruncating(1 / sum)));
    }

    /// <summary>w = σ((x - m) / d), or w = x.</summary>
    private readonly record struct Squash(bool IsUsed, T Mean, T Inverse)
    {
        private const double Epsilon = 1e-6;

        public static Squash Of(ReadOnlySpan<T> x, bool squashes)
        {
            if (!squashes) return default;
            var mean = T.CreateTruncating(Lanewise.Sum(x, x, default(First<T>)) / x.Length);
            var variance = Lanewise.Sum(x, x, new SquareFrom<T>(mean)) / x.Length;
            return new Squash(true, mean, T.CreateTruncating(1 / Math.Sqrt(variance + Epsilon)));
        }

        public void Apply(ReadOnlySpan<T> x, Span<T> w)
        {
            if (IsUsed) Lanewise.Map(x, w, new LogisticFrom<T>(Mean, Inverse));
            else if (!w.IsEmpty) x.CopyTo(w);
        }

        /// <summary>The cotangents of w become those of x, in place: g = w (1 - w) c, and (g - mean g - (x - m) mean (g (x - m)) / d²) / d.</summary>
        public void Pullback(ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> c)
        {
            if (!IsUsed) return;
            Lanewise.Map(w, c, c, default(LogisticSlopeProduct<T>));
            Center(x, c, c);
        }

        /// <summary>The tangents of w for those of x: the transpose of <see cref="Pullback"/>.</summary>
        public void Pushforward(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> tX, Span<T> tW)
        {
            if (!IsUsed)
            {
                tX.CopyTo(tW);
                return;
            }

            Center(x, tX, tW);
            Lanewise.Map(w, tW, tW, default(LogisticSlopeProduct<T>));
        }

        // The Jacobian of z = (x - m) / d is symmetric.
        private void Center(ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> result)
        {
            var mean = T.CreateTruncating(Lanewise.Sum(g, g, default(First<T>)) / x.Length);
            var moment = Lanewise.Sum(x, g, new DifferenceProduct<T>(Mean)) / x.Length;
            var factor = T.CreateTruncating(moment * double.CreateTruncating(Inverse) * double.CreateTruncating(Inverse));
            Lanewise.Map(g, x, result, new CenteredDifference<T>(mean, Mean, factor, Inverse));
        }
    }
}

/// <summary>x (y - mean) factor.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ScaledDeviation<T>(T mean, T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Multiply(TLanes.Multiply(x, TLanes.Subtract(y, TLanes.Broadcast(mean))), TLanes.Broadcast(factor));
}

/// <summary>exp((x - max) factor).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ExpDifference<T>(T max, T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        Exponential.Exp<T, TVector, TLanes>(TLanes.Multiply(TLanes.Subtract(x, TLanes.Broadcast(max)), TLanes.Broadcast(factor)));
}

/// <summary>(x - centre)².</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SquareFrom<T>(T centre) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var difference = TLanes.Subtract(x, TLanes.Broadcast(centre));
        return TLanes.Multiply(difference, difference);
    }
}

/// <summary>σ((x - mean) inverse).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct LogisticFrom<T>(T mean, T inverse) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => default(LogisticOperator<T>).Invoke<TVector, TLanes>(
        TLanes.Multiply(TLanes.Subtract(x, TLanes.Broadcast(mean)), TLanes.Broadcast(inverse)), y);
}

/// <summary>x (1 - x) y: the slope of σ from its value.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct LogisticSlopeProduct<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Multiply(x, TLanes.Subtract(TLanes.Constant(1), x)), y);
}

/// <summary>(x - mean - (y - centre) factor) scale.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct CenteredDifference<T>(T mean, T centre, T factor, T scale) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var moved = TLanes.Multiply(TLanes.Subtract(y, TLanes.Broadcast(centre)), TLanes.Broadcast(factor));
        return TLanes.Multiply(TLanes.Subtract(TLanes.Subtract(x, TLanes.Broadcast(mean)), moved), TLanes.Broadcast(scale));
    }
}
