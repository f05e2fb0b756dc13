namespace SoftDiff;

/// <summary>Which order statistics an operator gives, whatever the length of the row.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="K">How many for <see cref="RowKind.TopK"/>.</param>
/// <param name="Descending">The order, for <see cref="RowKind.ArgSort"/>.</param>
/// <param name="Q">The quantile from 0 to 1, for <see cref="RowKind.Quantile"/>.</param>
/// <param name="QuantileMethod">What to take between two elements, for <see cref="RowKind.Quantile"/>.</param>
internal readonly record struct Selection(
    RowKind Kind, int K = 0, bool Descending = false, double Q = 0, QuantileMethod QuantileMethod = QuantileMethod.Linear)
{
    /// <summary>How many order statistics.</summary>
    public int Count(int n) => Kind switch { RowKind.ArgSort => n, RowKind.TopK => K, _ => 1 };

    /// <summary>The rows that they are made of, and the part of the second of two.</summary>
    public (RowRequest Request, double Fraction) For(int n)
    {
        if (Kind != RowKind.Quantile) return (new RowRequest(Kind, K, Descending), 0);
        var position = QuantilePosition.Of(Q, n, QuantileMethod);
        return (new RowRequest(Kind, position.Index, HasNext: position.HasNext), position.Fraction);
    }

    public RowShape Shape(int n, bool isIndex) => new(Count(n), isIndex ? n : 1, Kind is RowKind.ArgMax or RowKind.Quantile, isIndex);
}
