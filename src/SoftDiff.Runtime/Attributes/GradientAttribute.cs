namespace SoftDiff;

/// <summary>
/// Declares the gradient of a method that returns a number: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, then one gradient output for each parameter by which it is differentiated: <c>out
/// T</c> for a number, <c>Span&lt;T&gt;</c> for a span or an array. It returns the value of the target, or nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// [Gradient(nameof(Loss), Wrt = ["w"])]
/// public static partial double LossGradient(ReadOnlySpan&lt;double&gt; w, ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; dW);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GradientAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public GradientAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public GradientAttribute(Type type, string method) : base(type, method)
    {
    }
}
