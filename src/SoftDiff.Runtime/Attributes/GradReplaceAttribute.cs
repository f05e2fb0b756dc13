namespace SoftDiff;

/// <summary>
/// Replaces the derivative of a method that has a parameter <c>bool forward</c>. Generated code takes the method's value from a run with
/// <c>forward: true</c> and its derivatives from a run with <c>forward: false</c>, whatever argument the caller passes.
/// </summary>
/// <remarks>
/// A direct call of the method runs it as written. The two runs of generated code do not see each other's writes; buffers that the method
/// writes end with the contents of the run with <c>forward: true</c>.
/// </remarks>
/// <example>
/// <code>
/// [Differentiable, GradReplace]
/// public static double RoundWithSlope(double x, bool forward) =&gt; forward ? Math.Round(x) : x * x;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GradReplaceAttribute : Attribute;
