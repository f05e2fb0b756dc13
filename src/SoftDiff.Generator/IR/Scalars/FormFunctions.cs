namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    /// <summary>Functions with a syntax of their own in C#, and functions that only pass on an operand.</summary>
    private static IEnumerable<ScalarFunction> Forms()
    {
        yield return Form(Opcode.Convert, Domain.Number, OperandKind.Number)
            .Partials(Needs.None, "1, converted; none from or to an integer", (b, i, t) => b.ConvertTo(b.TypeOfPush(i), t))
            .On(Reals(-20, 20)).At(Inf, 1).At(NaN, 1);

        yield return Form(Opcode.StopGradient, Domain.Known, OperandKind.Own).InLanes().Zero("zero is what it is for");

        // Input 0 is the value; input 1 is the source of the derivative. The derivative is exact for the requested source only.
        yield return Form(Opcode.Replace, Domain.Float, OperandKind.Own, OperandKind.Own).InLanes()
            .Partials(Needs.None, "none for the value; 1 for what stands in for it", (_, i, t) => i == 0 ? null : t)
            .At(In(2, 3), 0, 1).At(In(NaN, Inf), 0, 1);

        // Input 0 is the condition. Zero on the side not taken, whatever t is.
        yield return Form(Opcode.Select, Domain.Any, OperandKind.Bool, OperandKind.Own, OperandKind.Own).InLanes()
            .Partials(Needs.Inputs, "none for the condition; a: 1 where it holds, else 0; b: the other", (b, i, t) => i switch
            {
                0 => null,
                1 => b.Select(b.X(0), t, b.Number(0)),
                _ => b.Select(b.X(0), b.Number(0), t),
            });

        yield return Form(Opcode.Pure, Domain.Any).Costs(4).ThrowsIn(Domain.Any, mayBeLeftOut: true).Open()
            .Zero("a method is lowered to it only if it has no derivative");
    }
}
