namespace SoftDiff;

/// <summary>
/// Declares the matrix of first derivatives of a method: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, then <c>Span&lt;T&gt;</c> for the matrix in row-major order. It has a row for
/// each number of the outputs: the buffers, <c>ref</c> and <c>out</c> parameters in the order of their declaration, then the result. It
/// has a column for each number of the parameters by which the target is differentiated. A buffer counts among these only if <see
/// cref="Wrt"/> names it. The method writes the buffers of the target too and returns what the target returns, or nothing.</para>
/// <para>A span of the wrong length is an <see cref="ArgumentException"/> that names the parameter and both lengths; nothing is written
/// then. A signature that does not fit is the error SD0006, which prints the one that does.</para>
/// <para>The target is a <see cref="DifferentiableAttribute">[Differentiable]</see> method or another declared derivative. Declarations
/// nest to any depth, and a method to differentiate may call them.</para>
/// </remarks>
/// <example>
/// <code>
/// [Jacobian(nameof(Residuals))]
/// public static partial void ResidualsJacobian(ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; y, Span&lt;double&gt; jacobian);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class JacobianAttribute : Attribute
{
    /// <summary>The target is a method of the same type.</summary>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public JacobianAttribute(string method) => Method = method;

    /// <summary>The target is a method of another type.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public JacobianAttribute(Type type, string method)
    {
        Type = type;
        Method = method;
    }

    /// <summary>The name of the target.</summary>
    public string Method { get; }

    /// <summary>The type that declares the target; <see langword="null"/> for the type of the declaration.</summary>
    public Type? Type { get; }

    /// <summary>
    /// The names of the target's parameters to differentiate with respect to. Empty, as it is by default, stands for those of the target:
    /// the <see cref="DifferentiableAttribute.Wrt"/> of a method, or the parameters by which a declared derivative is taken.
    /// </summary>
    public string[] Wrt { get; set; } = [];

    /// <summary>
    /// Forward mode runs the method once for each column, reverse mode once for each row. <see cref="DiffMode.Auto"/> compares the
    /// numbers of rows and columns.
    /// </summary>
    public DiffMode Mode { get; set; }

    /// <summary>Whether the method returns a sparse matrix instead of writing a dense one.</summary>
    public bool Sparse { get; set; }
}
