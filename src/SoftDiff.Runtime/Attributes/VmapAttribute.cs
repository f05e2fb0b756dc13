namespace SoftDiff;

/// <summary>
/// Declares a method for a whole batch of examples: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes <c>int batch</c>, then the parameters of the target. Those without <see cref="SharedAttribute">[Shared]</see>
/// have a leading batch axis: a number becomes a span of <c>batch</c> numbers, a span of n numbers a row-major span of <c>batch</c>·n, an
/// <c>out T</c> a <c>Span&lt;T&gt;</c>. A returned value becomes a trailing <c>Span&lt;T&gt;</c>, and the method returns nothing.</para>
/// <para>A span of the wrong length is an <see cref="ArgumentException"/> that names the parameter and both lengths; nothing is written
/// then. A signature that does not fit is the error SD0006, which prints the one that does.</para>
/// <para>The target is a <see cref="DifferentiableAttribute">[Differentiable]</see> method or another declared derivative. Declarations
/// nest to any depth, and a method to differentiate may call them.</para>
/// </remarks>
/// <example>
/// <code>
/// [Vmap(nameof(LossGradient))]
/// public static partial void Gradients(int batch, [Shared] ReadOnlySpan&lt;double&gt; w, ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; dW, Span&lt;double&gt; values);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class VmapAttribute : Attribute
{
    /// <summary>The target is a method of the same type.</summary>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public VmapAttribute(string method) => Method = method;

    /// <summary>The target is a method of another type.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public VmapAttribute(Type type, string method)
    {
        Type = type;
        Method = method;
    }

    /// <summary>The name of the target.</summary>
    public string Method { get; }

    /// <summary>The type that declares the target; <see langword="null"/> for the type of the declaration.</summary>
    public Type? Type { get; }

    /// <summary>Whether the batch is split over the cores. The results have the same bits as without.</summary>
    public bool Parallel { get; set; }
}
