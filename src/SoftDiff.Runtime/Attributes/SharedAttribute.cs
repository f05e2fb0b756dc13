namespace SoftDiff;

/// <summary>On a parameter of a <see cref="VmapAttribute">[Vmap]</see> method: all examples of the batch share it, so it has no batch
/// axis.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SharedAttribute : Attribute;
