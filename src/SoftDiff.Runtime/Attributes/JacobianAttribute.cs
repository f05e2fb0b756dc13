namespace SoftDiff;

/// <summary>
/// Declares the matrix of first derivatives of a method: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, then <c>Span&lt;T&gt;</c> for the matrix in row-major order. It has a row for each
/// number of the outputs: the buffers, <c>ref</c> and <c>out</c> parameters in the order of their declaration, then the result. It has a
/// column for each number of the parameters by which the target is differentiated. A buffer counts among these only if <see
/// cref="DerivativeDeclarationAttribute.Wrt"/> names it. The method writes the buffers of the target too and returns what the target
/// returns, or nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// [Jacobian(nameof(Residuals))]
/// public static partial void ResidualsJacobian(ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; y, Span&lt;double&gt; jacobian);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class JacobianAttribute : DerivativeDeclarationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public JacobianAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public JacobianAttribute(Type type, string method) : base(type, method)
    {
    }

    /// <summary>
    /// Forward mode runs the method once for each column, reverse mode once for each row. <see cref="DiffMode.Auto"/> compares the
    /// numbers of rows and columns.
    /// </summary>
    public DiffMode Mode { get; set; }

    /// <summary>
    /// Whether the method returns a <see cref="SparseMatrix{T}"/> instead of writing a dense matrix. It then takes the parameters of the
    /// target and no more. The pattern covers all branches; it is found again when a shape or the content of an integer or bool argument
    /// differs from the call before. Columns or rows that do not meet are computed together.
    /// </summary>
    public bool Sparse { get; set; }
}
