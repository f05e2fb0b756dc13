namespace SoftDiff;

/// <summary>
/// Makes the marked method the derivative rule of a method that cannot carry an attribute itself, because it belongs to another library.
/// </summary>
/// <remarks>
/// The shape of the marked method says which rule it is: that of a backward method without a residual (see
/// <see cref="CustomVjpAttribute"/>), <c>TGradients Rule(primal's parameters, T cotangent, Span&lt;T&gt; dX for each span input)</c>, or
/// that of a tangent method (see <see cref="CustomJvpAttribute"/>), which returns <c>(T Value, T Tangent)</c>. For a method with one result either
/// is enough; for one that writes spans there must be both. One method may serve
/// several targets: repeat the attribute. Overloads of the target are told apart by the parameters of the rule.
/// </remarks>
/// <example>
/// <code>
/// [DerivativeOf(typeof(ThirdParty), nameof(ThirdParty.Bessel))]
/// private static double BesselVjp(double x, double cotangent) => -cotangent * ThirdParty.Bessel1(x);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class DerivativeOfAttribute(Type type, string method) : Attribute
{
    /// <summary>The type that declares the method to be differentiated.</summary>
    public Type Type { get; } = type;

    /// <summary>The name of the method to be differentiated.</summary>
    public string Method { get; } = method;
}
