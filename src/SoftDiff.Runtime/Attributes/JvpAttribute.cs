namespace SoftDiff;

/// <summary>
/// Declares the Jacobian–vector product of a method: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, a tangent for each parameter that takes part, then <c>out T</c> for the tangent
/// of the result if there is one. It returns the results of the target, or nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// [Jvp(nameof(Price))]
/// public static partial double Slope(double spot, double strike, double tSpot, double tStrike, out double tPrice);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class JvpAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public JvpAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public JvpAttribute(Type type, string method) : base(type, method)
    {
    }
}
