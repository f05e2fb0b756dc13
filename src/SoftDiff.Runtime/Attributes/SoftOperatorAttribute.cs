namespace SoftDiff;

/// <summary>
/// Marks the declaration of a soft operator for doubles. Its derivatives <c>…Vjp</c> and <c>…Jvp</c>, unless they stand beside it, and all
/// else that follows from it (the forms for floats, the straight-through forms, the rules for generated code) are written while the runtime
/// is built, by SoftDiff.Runtime.Build.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class SoftOperatorAttribute : Attribute;
