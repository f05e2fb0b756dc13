using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Whether all members of a row hold: their product, or the exponential of the mean of ln max(m, ε). Whether any holds is one minus the same of
/// one minus each; in its derivatives the two signs cancel.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct JunctionRow<T> : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _epsilon;
    private readonly bool _useGeometricMean;
    private readonly bool _isAny;

    public JunctionRow(T epsilon, bool useGeometricMean, bool isAny)
    {
        if (!(epsilon > T.Zero)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon must be greater than 0.");
        (_epsilon, _useGeometricMean, _isAny) = (epsilon, useGeometricMean, isAny);
    }

    public RowShape Shape(int length) => new(1, 1, Reduces: true, HasIndexAxis: false);

    public void Value(ReadOnlySpan<T> x, Span<T> y)
    {
        using var memory = Scratch.Rent<T>(_isAny ? x.Length : 0);
        y[0] = Result(All(Members(x, memory.Span)));
    }

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX)
    {
        // dX may be x, and cY may be y.
        var c = cY[0];
        using var memory = Scratch.Rent<T>(_isAny ? x.Length : 0);
        var members = Members(x, memory.Span);
        var all = All(members);
        if (T.IsNaN(all)) dX.Fill(all);
        else if (_useGeometricMean) Lanewise.Map(members, dX, new FlooredReciprocal<T>(_epsilon, c * all / T.CreateTruncating(x.Length)));
        else ProductGradient(members, c, dX);
        if (!y.IsEmpty) y[0] = Result(all);
        return T.Zero;
    }

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
    {
        using var memory = Scratch.Rent<T>(_isAny ? x.Length : 0);
        var members = Members(x, memory.Span);
        var all = All(members);
        var t = T.IsNaN(all) ? all : _useGeometricMean ? MeanTangent(members, tX, all) : ProductTangent(members, tX);
        (y[0], tY[0]) = (Result(all), t);
    }

    private T Result(T all) => _isAny ? T.One - all : all;

    private ReadOnlySpan<T> Members(ReadOnlySpan<T> x, Span<T> memory)
    {
        if (!_isAny) return x;
        Lanewise.Map(x, memory, new Rest<T>(T.One));
        return memory;
    }

    private T All(ReadOnlySpan<T> members)
    {
        if (!_useGeometricMean) return TensorPrimitives.Product(members);
        var mean = Lanewise.Sum(members, members, new FlooredLog<T>(_epsilon)) / members.Length;
        return T.CreateTruncating(Math.Exp(mean));
    }

    private T MeanTangent(ReadOnlySpan<T> members, ReadOnlySpan<T> t, T all) =>
        T.CreateTruncating(Lanewise.Sum(members, t, new FlooredReciprocal<T>(_epsilon, all / T.CreateTruncating(members.Length), isProduct: true)));

    /// <summary>c times the product of the other members, which is not a quotient: members may be 0.</summary>
    private static void ProductGradient(ReadOnlySpan<T> members, T c, Span<T> dX)
    {
        using var memory = Scratch.Rent<T>(members.Length);
        var following = memory.Span;
        var product = c;
        for (var i = members.Length - 1; i >= 0; i--)
        {
            following[i] = product;
            product *= members[i];
        }

        product = T.One;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            dX[i] = product * following[i];
            product *= member;
        }
    }

    private static T ProductTangent(ReadOnlySpan<T> members, ReadOnlySpan<T> t)
    {
        var (product, tangent) = (T.One, T.Zero);
        for (var i = 0; i < members.Length; i++)
        {
            tangent = (tangent * members[i]) + (product * t[i]);
            product *= members[i];
        }

        return tangent;
    }
}

/// <summary>ln max(x, ε).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct FlooredLog<T>(T epsilon) : IOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Logarithm.Log<T, TVector, TLanes>(Floor.Of<T, TVector, TLanes>(x, TLanes.Broadcast(epsilon)));
}

/// <summary>A factor times the derivative of ln max(x, ε), and, as a product, times y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct FlooredReciprocal<T>(T epsilon, T factor, bool isProduct = false) : IOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var floor = TLanes.Broadcast(epsilon);
        var slope = TLanes.Multiply(Floor.Slope<T, TVector, TLanes>(x, floor), TLanes.Broadcast(factor));
        var derivative = TLanes.Divide(slope, Floor.Of<T, TVector, TLanes>(x, floor));
        return isProduct ? TLanes.Multiply(derivative, y) : derivative;
    }
}
