namespace SoftDiff.Generator.Transforms.Batching;

/// <summary>A parameter of the function that runs once for each example, and what the batch takes for it.</summary>
/// <param name="Example">The parameter of one example's function.</param>
/// <param name="Batch">The parameter of the batch's function: the same where shared, else an array with a part for each example.</param>
/// <param name="IsShared">Whether all examples have the same.</param>
/// <param name="IsWritten">Whether the function writes it: an array, a <c>ref</c> or an <c>out</c> parameter.</param>
internal sealed record BatchedParameter(Parameter Example, Parameter Batch, bool IsShared, bool IsWritten)
{
    /// <summary>Whether one example has one element of the array.</summary>
    public bool IsElement => !IsShared && Example.Value.Type is ScalarType;

    /// <summary>Whether one example has a row of the array.</summary>
    public bool IsRow => !IsShared && Example.Value.Type is ArrayType { IsTensor: false };

    /// <summary>Whether the array is a tensor with one axis more than an example's.</summary>
    public bool IsTensor => !IsShared && Example.Value.Type is ArrayType { IsTensor: true };

    /// <summary>What holds a part for each example of a batch.</summary>
    public static ArrayType TypeOf(Parameter example) => example.Value.Type switch
    {
        ScalarType scalar => new ArrayType(scalar, example.IsResult ? ArrayForm.Span : ArrayForm.ReadOnlySpan),
        ArrayType array => array,
        var type => throw new NotSupportedException(type + " has no batch."),
    };

    /// <summary>The same for a parameter that may still be an array, whose rows are spans.</summary>
    /// <param name="example">The parameter of one example.</param>
    /// <param name="isWritten">Whether the function writes it.</param>
    public static ArrayType TypeOf(Parameter example, bool isWritten) =>
        TypeOf(example) is { Form: ArrayForm.Array } array ? isWritten ? array.AsSpan() : array.ReadOnly() : TypeOf(example);
}
