namespace SoftDiff;

/// <summary>
/// Makes SoftDiff.Runtime.Build write the array forms of a <see cref="SoftOperatorAttribute">soft operator</see>, with their derivatives.
/// The operator takes numbers, and its body calls <c>Elementwise.Value</c>. In the array forms its inputs are spans of one length, or
/// tensors that are broadcast.
/// </summary>
/// <param name="inputs">The inputs that become arrays; the others stay numbers. Without names all inputs become arrays.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false, AllowMultiple = true)]
internal sealed class ArrayFormsAttribute(params string[] inputs) : Attribute
{
    public IReadOnlyList<string> Inputs => inputs;

    /// <summary>Whether to write the tensor form as well as the span form.</summary>
    public bool Tensors { get; init; } = true;
}
