namespace SoftDiff;

/// <summary>
/// Gives a method its own forward-mode rule. The named method of the same type computes the value and the directional derivative; forward
/// mode never reads the marked method's body.
/// </summary>
/// <remarks>
/// <code>
/// (T Value, T Tangent) Tangent(primal's parameters, tangent for each differentiable input)
/// </code>
/// <para>The tangent of a scalar <c>x</c> is <c>T tX</c>. The tangent of a span <c>x</c> is <c>ReadOnlySpan&lt;T&gt; tX</c>, which has the
/// length of <c>x</c>. If the method is <c>void</c> and its output is a parameter <c>Span&lt;T&gt; destination</c>, the tangent method is
/// <c>void</c> as well. It takes the primal's parameters, then the tangents of the inputs, and last <c>Span&lt;T&gt; tDestination</c>. It
/// fills <c>destination</c> with the output and overwrites <c>tDestination</c> with the output's tangent.</para>
/// <para>If the method has a result and <c>out</c> parameters, the tangent method has no <c>out</c> parameters. It returns one tuple: all
/// values, then all their tangents.</para>
/// <para>Tensor spans may take the place of spans, by value or <c>in</c>.</para>
/// <para>The tangent method must be linear in the tangents.</para>
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
