namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    /// <summary>Functions whose values are integers or bools.</summary>
    private static IEnumerable<ScalarFunction> Whole() => new[]
    {
        Operator(Opcode.BitAnd, "&", Domain.Whole, 2),
        Operator(Opcode.BitOr, "|", Domain.Whole, 2),
        Operator(Opcode.BitXor, "^", Domain.Whole, 2),
        Operator(Opcode.BitNot, "~", Domain.Integer, 1),
        Shift(Opcode.ShiftLeft, "<<"),
        Shift(Opcode.ShiftRight, ">>"),
        Shift(Opcode.ShiftRightUnsigned, ">>>"),
        Operator(Opcode.Not, "!", Domain.Bool, 1),
        Comparison(Opcode.Equal, "==", Domain.Known),
        Comparison(Opcode.NotEqual, "!=", Domain.Known),
        Comparison(Opcode.Less, "<", Domain.Number),
        Comparison(Opcode.LessEqual, "<=", Domain.Number),
        Comparison(Opcode.Greater, ">", Domain.Number),
        Comparison(Opcode.GreaterEqual, ">=", Domain.Number),
        new ScalarFunction(Opcode.Count, Signature.Of(Domain.Index, 2), new Spelling(Home.Shape, "Count")) { Cost = 1 },
        new ScalarFunction(Opcode.CheckIndex, Signature.Of(Domain.Index, 2), new Spelling(Home.Shape, "Index")).ThrowsIn(Domain.Index, mayBeLeftOut: true),
        (new ScalarFunction(Opcode.RowCount, Signature.Of(Domain.Index, 2), new Spelling(Home.Shape, "RowCount")) { Cost = 1 }).ThrowsIn(Domain.Index, mayBeLeftOut: true),
    }.Select(function => function.Zero("its values are integers or bools"));

    private static ScalarFunction Shift(Opcode code, string symbol) =>
        Operator(code, symbol, Domain.Integer, 2) with { Signature = Signature.Of(Domain.Integer, OperandKind.Own, OperandKind.Integer) };

    private static ScalarFunction Comparison(Opcode code, string symbol, Domain compared) =>
        Operator(code, symbol, compared, 2) with { Signature = Signature.Of(compared, 2) with { GivesBool = true } };
}
