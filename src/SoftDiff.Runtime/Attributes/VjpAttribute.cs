namespace SoftDiff;

/// <summary>
/// Declares the vector–Jacobian product of a method: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, the cotangent of its result if it has one, then for each parameter that takes
/// part a gradient output, in-out for buffers. It returns the results of the target, or nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// [Vjp(nameof(Residuals))]
/// public static partial void Pullback(ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; y, Span&lt;double&gt; dX, Span&lt;double&gt; dY);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class VjpAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public VjpAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public VjpAttribute(Type type, string method) : base(type, method)
    {
    }
}
