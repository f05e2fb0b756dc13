using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>The order statistics that an operator returns, independent of the length of the row.</summary>
internal readonly record struct Selection
{
    private readonly RowKind _kind;
    private readonly int _k;
    private readonly bool _descending;
    private readonly double _q;
    private readonly QuantileMethod _quantileMethod;

    private Selection(RowKind kind, int k = 0, bool descending = false, double q = 0, QuantileMethod quantileMethod = default) =>
        (_kind, _k, _descending, _q, _quantileMethod) = (kind, k, descending, q, quantileMethod);

    /// <summary>The largest element.</summary>
    public static Selection Largest => new(RowKind.ArgMax);

    /// <summary>All elements in order.</summary>
    public static Selection All(bool descending) => new(RowKind.ArgSort, descending: descending);

    /// <summary>The k largest elements, the largest first. Throws unless k is more than 0.</summary>
    public static Selection Top(int k)
    {
        if (k <= 0) ThrowCount(k, "it must be at least 1");
        return new Selection(RowKind.TopK, k);
    }

    /// <summary>The quantile q, clipped to [0, 1]. Throws unless q is a number and there is such a method.</summary>
    public static Selection Quantile(double q, QuantileMethod quantileMethod)
    {
        if (double.IsNaN(q)) ThrowQuantile(q);
        if (!Enum.IsDefined(quantileMethod)) ThrowMethod(quantileMethod);
        return new Selection(RowKind.Quantile, q: q, quantileMethod: quantileMethod);
    }

    /// <summary>The rows that the order statistics are made of, and the part of the second of two.</summary>
    public (RowRequest Request, double Fraction) For(int n)
    {
        if (_kind != RowKind.Quantile) return (new RowRequest(_kind, _k, _descending), 0);
        var position = QuantilePosition.Of(_q, n, _quantileMethod);
        return (new RowRequest(_kind, position.Index, HasNext: position.HasNext), position.Fraction);
    }

    /// <summary>The shape of what a row becomes. Throws if the row has fewer elements than requested.</summary>
    public RowShape Shape(int n, bool isIndex)
    {
        if (_k > n) ThrowCount(_k, string.Create(CultureInfo.InvariantCulture, $"there are {n} elements"));
        var count = _kind switch { RowKind.ArgSort => n, RowKind.TopK => _k, _ => 1 };
        return new RowShape(count, isIndex ? n : 1, _kind is RowKind.ArgMax or RowKind.Quantile, isIndex);
    }

    [DoesNotReturn]
    private static void ThrowCount(int k, string reason) =>
        throw new ArgumentOutOfRangeException(nameof(k), k, string.Create(CultureInfo.InvariantCulture, $"'k' is {k}; {reason}."));

    [DoesNotReturn]
    private static void ThrowQuantile(double q) => throw new ArgumentOutOfRangeException(nameof(q), q, "The quantile must be a number.");

    [DoesNotReturn]
    private static void ThrowMethod(QuantileMethod quantileMethod) => throw new ArgumentOutOfRangeException(
        nameof(quantileMethod), quantileMethod, $"'quantileMethod' is not a value of {nameof(QuantileMethod)}.");
}
