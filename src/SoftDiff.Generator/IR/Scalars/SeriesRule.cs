namespace SoftDiff.Generator.IR;

/// <summary>
/// A recurrence for the coefficients of a power series, for functions that have one which costs less than the derivative.
/// </summary>
internal enum SeriesRecurrence
{
    /// <summary>None: the series is the integral of the series of the derivative.</summary>
    None,

    /// <summary>y = a·b: y[k] = Σ a[j]·b[k - j].</summary>
    Product,

    /// <summary>y = a/b: y[k] = (a[k] - Σ b[j]·y[k - j])/b[0], with j from 1.</summary>
    Quotient,

    /// <summary>
    /// y = aᵖ: y[k] = Σ (p·j - (k - j))·a[j]·y[k - j]/(k·a[0]), with j from 1. The derivative would need another power for each order.
    /// </summary>
    Power,
}

/// <summary>
/// How Taylor mode computes the power series y[0], y[1], … of a scalar function's value from those of its operands. Most functions need no
/// rule of their own: where the partials do not depend on what varies, each coefficient is what Push makes of the operands' coefficients;
/// elsewhere y[k] is d[k - 1]/k, and d is the series of the derivative, which Push writes in functions that have rows.
/// </summary>
/// <param name="Recurrence">A recurrence that takes the place of the derivative.</param>
/// <param name="Expansion"> An expression that equals the function but for roundings. Its coefficients, from the first on, are taken for
/// the function's. It may be null for some operands. </param>
internal sealed record SeriesRule(SeriesRecurrence Recurrence, Func<RuleBuilder, Operand?>? Expansion)
{
    /// <summary>What holds for a function whose row says nothing.</summary>
    public static readonly SeriesRule Integrate = new(SeriesRecurrence.None, null);
}
