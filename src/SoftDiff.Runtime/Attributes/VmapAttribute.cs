namespace SoftDiff;

/// <summary>
/// Declares a method for a whole batch of examples: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes <c>int batch</c>, then the parameters of the target. Those without <see cref="SharedAttribute">[Shared]</see>
/// have a leading batch axis: a number becomes a span of <c>batch</c> numbers, a span of n numbers a row-major span of <c>batch</c>·n, an
/// <c>out T</c> a <c>Span&lt;T&gt;</c>. A returned value becomes a trailing <c>Span&lt;T&gt;</c>, and the method returns nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// [Vmap(nameof(LossGradient))]
/// public static partial void Gradients(int batch, [Shared] ReadOnlySpan&lt;double&gt; w, ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; dW, Span&lt;double&gt; values);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class VmapAttribute : TransformationAttribute
{
    /// <inheritdoc cref="TransformationAttribute(string)"/>
    public VmapAttribute(string method) : base(method)
    {
    }

    /// <inheritdoc cref="TransformationAttribute(System.Type, string)"/>
    public VmapAttribute(Type type, string method) : base(type, method)
    {
    }

    /// <summary>Whether the batch is split over the cores. The results have the same bits as without.</summary>
    public bool Parallel { get; set; }
}
