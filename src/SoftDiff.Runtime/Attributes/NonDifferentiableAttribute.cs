namespace SoftDiff;

/// <summary>
/// Takes a parameter out of differentiation: it has no gradient output and no tangent, and its derivative is zero. A custom rule then has
/// no gradient for it either. On a buffer that the method writes it says that the buffer is scratch, whose contents
/// on entry and exit carry no derivative.
/// </summary>
/// <remarks>
/// Parameters that are not of a floating-point type (<c>int</c>, <c>bool</c>, enumerations) need no mark.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class NonDifferentiableAttribute : Attribute;
