using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Rules;

/// <summary>
/// The derivative of one scalar function as a linear map per input: <c>Push(b, i, t)</c> is the partial with respect to input i
/// times t, or null where that partial is identically zero. A tangent and a cotangent go through the same map, so the one row
/// gives both modes.
/// </summary>
internal sealed record ScalarRule(Opcode Code, Func<RuleBuilder, int, Operand, Operand?> Push);
