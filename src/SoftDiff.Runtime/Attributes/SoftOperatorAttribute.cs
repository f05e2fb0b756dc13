namespace SoftDiff;

/// <summary>
/// Declares a soft operator on <see cref="double"/>. From this declaration SoftDiff.Runtime.Build writes the <see cref="float"/> forms, the
/// straight-through forms and the rules that generated code calls. It also writes the derivatives <c>…Vjp</c> and <c>…Jvp</c>, unless the
/// same type declares them by hand.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class SoftOperatorAttribute : Attribute;
