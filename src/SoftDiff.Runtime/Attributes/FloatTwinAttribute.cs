namespace SoftDiff;

/// <summary>
/// Makes SoftDiff.Runtime.Build write the <see cref="float"/> overload of a method on <see cref="double"/>: the same text with the type
/// replaced. A <see cref="SoftOperatorAttribute">soft operator</see> gets this overload without the mark.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class FloatTwinAttribute : Attribute;
