namespace SoftDiff;

/// <summary>
/// On a <see cref="SoftOperatorAttribute">soft operator</see> of a row whose body hands a row operator to a driver: asks
/// SoftDiff.Runtime.Build for the operator along an axis of a tensor, with its derivatives.
/// </summary>
/// <param name="result">What comes out for a row.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class AxisFormAttribute(RowResult result) : Attribute
{
    public RowResult Result => result;

    /// <summary>The default axis; unless it is given, all elements are one row by default.</summary>
    public int Axis { get; init; }
}

/// <summary>The result of an operator on a row of n elements.</summary>
internal enum RowResult
{
    /// <summary>One number.</summary>
    Number,

    /// <summary>A soft index: n probabilities.</summary>
    Index,

    /// <summary>A row of n numbers.</summary>
    Row,

    /// <summary>A soft index for each of n places.</summary>
    Permutation,
}
