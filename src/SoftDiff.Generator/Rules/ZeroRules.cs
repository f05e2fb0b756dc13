using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Rules;

/// <summary>The functions without derivative, listed so that "zero by decision" can be told from "forgotten".</summary>
internal static class ZeroRules
{
    private const string Whole = "its values are integers or bools";
    private const string Steps = "constant between its steps, 0 at them";

    public static readonly ImmutableArray<ZeroRule> All = ImmutableArray.Create(
        new ZeroRule(Opcode.BitAnd, Whole),
        new ZeroRule(Opcode.BitOr, Whole),
        new ZeroRule(Opcode.BitXor, Whole),
        new ZeroRule(Opcode.BitNot, Whole),
        new ZeroRule(Opcode.ShiftLeft, Whole),
        new ZeroRule(Opcode.ShiftRight, Whole),
        new ZeroRule(Opcode.ShiftRightUnsigned, Whole),
        new ZeroRule(Opcode.Not, Whole),
        new ZeroRule(Opcode.CheckIndex, Whole),
        new ZeroRule(Opcode.Equal, Whole),
        new ZeroRule(Opcode.NotEqual, Whole),
        new ZeroRule(Opcode.Less, Whole),
        new ZeroRule(Opcode.LessEqual, Whole),
        new ZeroRule(Opcode.Greater, Whole),
        new ZeroRule(Opcode.GreaterEqual, Whole),
        new ZeroRule(Opcode.StopGradient, "zero is what it is for"),
        new ZeroRule(Opcode.Floor, Steps),
        new ZeroRule(Opcode.Ceiling, Steps),
        new ZeroRule(Opcode.Truncate, Steps),
        new ZeroRule(Opcode.Round, Steps),
        new ZeroRule(Opcode.RoundAwayFromZero, Steps),
        new ZeroRule(Opcode.Sign, Steps),
        new ZeroRule(Opcode.Pure, "a method is lowered to it only if it has no derivative"));
}
