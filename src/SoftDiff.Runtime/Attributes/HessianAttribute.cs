namespace SoftDiff;

/// <summary>
/// Declares the matrix of second derivatives of a method that returns a number: the compiler writes the body of the marked <c>partial</c>
/// method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, optionally a gradient output for each parameter by which it is differentiated,
/// then <c>Span&lt;T&gt;</c> for the N×N matrix in row-major order over all numbers of these parameters, in the order of their
/// declaration. It returns the value of the target, or nothing.</para>
/// <para>Element (i, j) is the derivative of gradient element i by number j, by forward mode of the gradient. Where a rule of the user's
/// own is not the true derivative, the matrix need not be symmetric.</para>
/// </remarks>
/// <example>
/// <code>
/// [Hessian(nameof(Loss))]
/// public static partial double LossHessian(ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; hessian);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class HessianAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public HessianAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public HessianAttribute(Type type, string method) : base(type, method)
    {
    }
}
