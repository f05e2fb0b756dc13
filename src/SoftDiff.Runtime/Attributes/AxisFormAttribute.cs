namespace SoftDiff;

/// <summary>
/// Makes SoftDiff.Runtime.Build write a form that applies a <see cref="SoftOperatorAttribute">soft operator</see> along an axis of a
/// tensor, with its derivatives. The operator takes one row, and its body passes a row operator to a driver.
/// </summary>
/// <param name="result">The shape of the result for one row.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class AxisFormAttribute(RowResult result) : Attribute
{
    public RowResult Result => result;

    /// <summary>The default of the parameter <c>axis</c>. If this is not set, the default treats all elements as one row.</summary>
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
