namespace SoftDiff;

/// <summary>
/// Declares the derivative of some order of a method with respect to one number: the compiler writes the body of the marked
/// <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target and returns the derivative, not the value. The target returns a number; exactly
/// one of its parameters, a number, is differentiated.</para>
/// </remarks>
/// <example>
/// <code>
/// [Derivative(nameof(Polynomial), Order = 3)]
/// public static partial double Third(double x);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DerivativeAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public DerivativeAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public DerivativeAttribute(Type type, string method) : base(type, method)
    {
    }

    /// <summary>How many times the target is differentiated; at least 1.</summary>
    public int Order { get; set; } = 1;
}
