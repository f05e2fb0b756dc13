namespace SoftDiff;

/// <summary>
/// Marks the value method of a soft operator for doubles whose methods <c>…Vjp</c> and <c>…Jvp</c> stand beside it. What follows from them (the forms
/// for floats, the straight-through forms, the rules for generated code) is written while the runtime is built, by SoftDiff.Runtime.Build.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class SoftOperatorAttribute : Attribute;
