namespace SoftDiff;

/// <summary>
/// Declares a method that follows from another one, its target. The compiler writes the body of the marked <c>partial</c> method.
/// </summary>
/// <remarks>
/// <para>The target is a <see cref="DifferentiableAttribute">[Differentiable]</see> method or another declared method. Declarations nest to
/// any depth, and a method to differentiate may call them.</para>
/// <para>A signature that does not fit is the error SD0006, which prints the one that does. A span of the wrong length is an
/// <see cref="ArgumentException"/> that names the parameter and both lengths; nothing is written then.</para>
/// </remarks>
public abstract class TransformationAttribute : Attribute
{
    /// <summary>The target is a method of the same type.</summary>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    private protected TransformationAttribute(string method) => Method = method;

    /// <summary>The target is a method of another type.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="method">Its name. Of several overloads the declared parameters choose one.</param>
    private protected TransformationAttribute(Type type, string method)
    {
        Type = type;
        Method = method;
    }

    /// <summary>The name of the target.</summary>
    public string Method { get; }

    /// <summary>The type that declares the target; <see langword="null"/> for the type of the declaration.</summary>
    public Type? Type { get; }
}
