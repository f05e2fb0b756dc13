namespace SoftDiff;

/// <summary>
/// Marks a solver: a method that finds the solution x of the equations r(x, p) = 0. Its derivative follows from the residual r at the
/// solution, by the implicit function theorem; the solver's body is not differentiated.
/// </summary>
/// <remarks>
/// <para>With one unknown, the solver returns it and the residual is a function of it:</para>
/// <code>
/// double Solver(double p, …)
/// double Residual(double x, double p, …)
/// </code>
/// <para>With several unknowns, the solver writes them to a span, and the residual writes as many numbers:</para>
/// <code>
/// void Solver(ReadOnlySpan&lt;double&gt; p, …, Span&lt;double&gt; x)
/// void Residual(ReadOnlySpan&lt;double&gt; x, ReadOnlySpan&lt;double&gt; p, …, Span&lt;double&gt; r)
/// </code>
/// <para>The residual's first parameter is the solution. Its others are matched with the solver's by name and type. Parameters of the
/// solver that the residual does not have (a start, a tolerance) are constant. A start that <c>x</c> holds on entry is constant too. All
/// of this may be <c>float</c>.</para>
/// <para>With J = ∂r/∂x at the solution, the tangent of x is -J⁻¹ (∂r/∂p) tP, and the gradient by p is -(∂r/∂p)ᵀ λ, where Jᵀ λ is the
/// cotangent of x: one linear solve, whatever the solver does. The derivatives are those of the exact solution at the point where the
/// solver stopped. They can be differentiated again.</para>
/// <para>Derivatives throw <see cref="InvalidOperationException"/> if J is singular.</para>
/// </remarks>
/// <example>
/// <code>
/// [Differentiable]
/// [ImplicitFunction(nameof(KeplerEquation))]
/// public static double EccentricAnomaly(double meanAnomaly, double eccentricity) { … Newton … }
/// private static double KeplerEquation(double x, double meanAnomaly, double eccentricity) => x - eccentricity * Math.Sin(x) - meanAnomaly;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ImplicitFunctionAttribute : Attribute
{
    /// <summary>Marks a solver whose residual is a method of the same type.</summary>
    /// <param name="residual">The name of the residual.</param>
    public ImplicitFunctionAttribute(string residual) => Residual = residual;

    /// <summary>Marks a solver whose residual is a method of another type.</summary>
    /// <param name="type">The type that declares the residual.</param>
    /// <param name="residual">The name of the residual.</param>
    public ImplicitFunctionAttribute(Type type, string residual)
    {
        Type = type;
        Residual = residual;
    }

    /// <summary>The type that declares the residual; <see langword="null"/> for the solver's own.</summary>
    public Type? Type { get; }

    /// <summary>The name of the residual.</summary>
    public string Residual { get; }

    /// <summary>
    /// The name of a method of the solver's type that solves linear systems, for example by a factorisation of another library:
    /// <c>static void Solve(ReadOnlySpan&lt;double&gt; matrix, bool transposed, ReadOnlySpan&lt;double&gt; right, Span&lt;double&gt;
    /// solution)</c>. The matrix is row-major; the method solves matrix · solution = right, or with the transposed matrix. It throws
    /// <see cref="InvalidOperationException"/> if the matrix is singular. <see langword="null"/> for
    /// <see cref="LinearSystem.Solve(ReadOnlySpan{double}, bool, ReadOnlySpan{double}, Span{double})"/>.
    /// </summary>
    public string? LinearSolver { get; set; }
}
