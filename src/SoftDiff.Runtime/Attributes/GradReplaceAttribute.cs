namespace SoftDiff;

/// <summary>
/// Marks a method with a parameter <c>bool forward</c>: in the methods generated from it and from methods that call it, its value is that of
/// <c>forward: true</c> and its derivatives are those of <c>forward: false</c>, whatever the caller passes.
/// </summary>
/// <remarks>
/// Calling the method itself runs it as written. A buffer that the method writes holds the forward run's contents afterwards; neither run sees what the
/// other writes.
/// </remarks>
/// <example>
/// <code>
/// [Differentiable, GradReplace]
/// public static double RoundWithSlope(double x, bool forward) =&gt; forward ? Math.Round(x) : x * x;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GradReplaceAttribute : Attribute;
