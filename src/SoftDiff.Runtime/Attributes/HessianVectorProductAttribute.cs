namespace SoftDiff;

/// <summary>
/// Declares the product of the Hessian of a method and a vector: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, a tangent for each parameter by which it is differentiated, optionally their
/// gradient outputs, then an output for each of them. It returns the value of the target, or nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// [HessianVectorProduct(nameof(Loss))]
/// public static partial double Product(ReadOnlySpan&lt;double&gt; x, ReadOnlySpan&lt;double&gt; v, Span&lt;double&gt; hv);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class HessianVectorProductAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public HessianVectorProductAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public HessianVectorProductAttribute(Type type, string method) : base(type, method)
    {
    }
}
