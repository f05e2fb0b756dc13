namespace SoftDiff;

/// <summary>
/// On a <see cref="SoftOperatorAttribute">soft operator</see> of numbers whose body is a call of <c>Elementwise.Value</c>: asks
/// SoftDiff.Runtime.Build for the operator on arrays, with its derivatives. Inputs are spans of one length, or tensors that are broadcast.
/// </summary>
/// <param name="inputs">The inputs that are arrays, while the others stay numbers; all if none is named.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false, AllowMultiple = true)]
internal sealed class ArrayFormsAttribute(params string[] inputs) : Attribute
{
    public IReadOnlyList<string> Inputs => inputs;

    /// <summary>Whether the operator on tensors is wanted beside that on spans.</summary>
    public bool Tensors { get; init; } = true;
}
