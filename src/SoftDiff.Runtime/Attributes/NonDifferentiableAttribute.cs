namespace SoftDiff;

/// <summary>
/// Excludes a parameter from differentiation. It has no gradient output and no tangent, its derivative is zero, and a custom rule returns
/// no gradient for it. A buffer with this mark is scratch memory: its contents on entry and exit carry no derivative.
/// </summary>
/// <remarks>
/// Parameters that are not of a floating-point type (<c>int</c>, <c>bool</c>, enumerations) need no mark.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class NonDifferentiableAttribute : Attribute;
