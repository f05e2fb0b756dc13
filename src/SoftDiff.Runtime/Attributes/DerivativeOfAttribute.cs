namespace SoftDiff;

/// <summary>
/// Declares the marked method as the derivative rule of a method in another library, which cannot carry an attribute itself.
/// </summary>
/// <remarks>
/// The signature of the marked method decides which rule it is. A backward rule has the form <c>TGradients Rule(primal's parameters, T
/// cotangent, Span&lt;T&gt; dX for each span input)</c>, as in <see cref="CustomVjpAttribute"/> without a residual. A forward rule returns
/// <c>(T Value, T Tangent)</c>, as in <see cref="CustomJvpAttribute"/>. A method with one result needs one of the two rules; a method that
/// writes spans needs both. To use one rule for several targets, repeat the attribute. If the target is overloaded, the parameters of the
/// rule select the overload.
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
