namespace SoftDiff;

/// <summary>
/// Gives a method a forward-mode rule of one's own: the named method of the same type computes the value and its directional derivative,
/// and the body is never looked into in forward mode.
/// </summary>
/// <remarks>
/// <code>
/// (T Value, T Tangent) Tangent(primal's parameters, tangent for each differentiable input)
/// </code>
/// <para>A tangent is <c>T tX</c> for a scalar and <c>ReadOnlySpan&lt;T&gt; tX</c>, of the length of <c>x</c>, for a span. For a
/// <c>void</c> method whose output is a parameter <c>Span&lt;T&gt; destination</c> the tangent method is <c>void</c> as well: it takes the
/// primal's parameters including <c>destination</c>, which it fills, then the tangents of the inputs, and last
/// <c>Span&lt;T&gt; tDestination</c>, which it overwrites with the tangent of the output.</para>
/// <para>Of a method with a result and <c>out</c> parameters it returns a tuple of all values and then of all their tangents, and has none of
/// the <c>out</c> parameters itself.</para>
/// <para>Tensor spans stand where spans do, by value or <c>in</c>.</para>
/// <para>The method must be linear in the tangents.</para>
/// </remarks>
/// <example>
/// <code>
/// [CustomJvp(nameof(CubeTangent))]
/// public static double Cube(double x) => x * x * x;
/// private static (double Value, double Tangent) CubeTangent(double x, double tX) => (x * x * x, 3 * x * x * tX);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CustomJvpAttribute(string tangent) : Attribute
{
    /// <summary>The name of the method that computes the value and the tangent.</summary>
    public string Tangent { get; } = tangent;
}
