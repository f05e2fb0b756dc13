namespace SoftDiff;

/// <summary>
/// Declares the gradient of a method that returns a number: the compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target, then one gradient output for each parameter by which it is differentiated: <c>out
/// T</c> for a number, <c>Span&lt;T&gt;</c> for a span or an array. It returns the value of the target, or nothing.</para>
/// <para>A span of the wrong length is an <see cref="ArgumentException"/> that names the parameter and both lengths; nothing is written
/// then. A signature that does not fit is the error SD0006, which prints the one that does.</para>
/// <para>The target is a <see cref="DifferentiableAttribute">[Differentiable]</see> method or another declared derivative. Declarations
/// nest to any depth, and a method to differentiate may call them.</para>
/// </remarks>
/// <example>
/// <code>
/// [Gradient(nameof(Loss), Wrt = ["w"])]
/// public static partial double LossGradient(ReadOnlySpan&lt;double&gt; w, ReadOnlySpan&lt;double&gt; x, Span&lt;double&gt; dW);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GradientAttribute : Attribute
{
    /// <summary>The target is a method of the same type.</summary>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public GradientAttribute(string method) => Method = method;

    /// <summary>The target is a method of another type.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public GradientAttribute(Type type, string method)
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
}
