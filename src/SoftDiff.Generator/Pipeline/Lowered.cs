namespace SoftDiff.Generator.Pipeline;

/// <summary>What the first step hands to the second: a method, or our failure to lower it.</summary>
internal sealed record Lowered(MethodSpec? Spec, Failure? Failure);
