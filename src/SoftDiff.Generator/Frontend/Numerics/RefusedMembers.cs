using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Numerics;

/// <summary>The members of System.Numerics that have no formula, with what to write instead.</summary>
internal static class RefusedMembers
{
    private const string Mask = "it makes or reads a mask of bits; compare the components, such as a.X > b.X";
    private const string Bits = "it works on the bits of numbers; compute with the components";
    private const string Memory = "it reads memory by address; use the constructor that takes a span";
    private const string Text = "it makes or reads text; do that outside the differentiated method";
    private const string Generic = "convert the number to double first";

    private static readonly Dictionary<string, string> Reasons = Table(
        (Mask, "Equals GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual ConditionalSelect AllWhereAllBitsSet AnyWhereAllBitsSet"),
        (Mask, "NoneWhereAllBitsSet CountWhereAllBitsSet IndexOfWhereAllBitsSet LastIndexOfWhereAllBitsSet get_AllBitsSet"),
        (Mask, "IsEvenInteger IsFinite IsInfinity IsInteger IsNaN IsNegative IsNegativeInfinity IsNormal IsOddInteger IsPositive"),
        (Mask, "IsPositiveInfinity IsSubnormal IsZero"),
        (Bits, "BitwiseAnd BitwiseOr AndNot Xor OnesComplement op_BitwiseAnd op_BitwiseOr op_ExclusiveOr op_OnesComplement"),
        (Bits, "op_LeftShift op_RightShift op_UnsignedRightShift"),
        (Memory, "Load LoadAligned LoadAlignedNonTemporal LoadUnsafe"),
        (Text, "ToString Parse TryParse TryFormat"),
        (Generic, "CreateChecked CreateSaturating CreateTruncating op_Explicit op_Implicit"),
        ("compare the values with ==", "GetHashCode"),
        ("its other components may hold anything; use CreateScalar, or the constructor with all components", "CreateScalarUnsafe"),
        ("take the translation from Translation, the scale from the lengths of the rows, and the rotation from Quaternion.CreateFromRotationMatrix", "Decompose"));

    /// <summary>What to write instead of a method or operator of System.Numerics; null for any other method.</summary>
    public static string? Advice(IMethodSymbol method) =>
        NumericTypes.Is(method.ContainingType) && Reasons.TryGetValue(method.Name, out var advice) ? advice : null;

    private static Dictionary<string, string> Table(params (string Reason, string Names)[] rows) =>
        rows.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Reason))).ToDictionary(pair => pair.name, pair => pair.Reason, StringComparer.Ordinal);
}
