namespace SoftDiff;

/// <summary>
/// Marks a method for doubles that is to have a twin for floats: the same text in the other type, written while the runtime is built, by
/// SoftDiff.Runtime.Build. A <see cref="SoftOperatorAttribute">soft operator</see> has one anyway.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class FloatTwinAttribute : Attribute;
