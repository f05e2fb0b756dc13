namespace SoftDiff.Generator.IR;

/// <summary>A function and another of the same operand, which one call computes together for less than two calls.</summary>
/// <param name="Other">The function computed beside this one.</param>
/// <param name="Spelling">The call that gives both, this one first.</param>
internal sealed record FunctionPair(Opcode Other, Spelling Spelling);
