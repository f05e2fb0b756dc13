namespace SoftDiff;

/// <summary>
/// Declares the derivative of some order of a method with respect to one number: the compiler writes the body of the marked
/// <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The method takes the parameters of the target and returns the derivative, not the value. The target returns a number; exactly
/// one of its parameters, a number, is differentiated.</para>
/// <para>A signature that does not fit is the error SD0006, which prints the one that does.</para>
/// <para>The target is a <see cref="DifferentiableAttribute">[Differentiable]</see> method or another declared derivative. Declarations
/// nest to any depth, and a method to differentiate may call them.</para>
/// </remarks>
/// <example>
/// <code>
/// [Derivative(nameof(Polynomial), Order = 3)]
/// public static partial double Third(double x);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DerivativeAttribute : Attribute
{
    /// <summary>The target is a method of the same type.</summary>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public DerivativeAttribute(string method) => Method = method;

    /// <summary>The target is a method of another type.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    public DerivativeAttribute(Type type, string method)
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

    /// <summary>How many times the target is differentiated; at least 1.</summary>
    public int Order { get; set; } = 1;
}
