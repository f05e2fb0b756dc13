using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Rules;

internal static partial class ScalarRules
{
    private static IEnumerable<ScalarRule> Misc()
    {
        yield return Row(Opcode.Abs, Needs.Inputs, "sign x", (b, t) => b.Multiply(t, b.Apply(Opcode.Sign, b.X())), "0 at 0.")
            .On(Reals(0.1, 20), Reals(-20, -0.1)).At(0, 0).At(-0.0, 0).At(Inf, 1).At(-Inf, -1).At(NaN, NaN);

        yield return Row(Opcode.CopySign, Needs.Inputs, "sign(x)·copySign(1, s), none for s", (b, i, t) => i == 1
                ? null
                : b.Multiply(t, b.Multiply(b.Apply(Opcode.Sign, b.X(0)), b.Apply(Opcode.CopySign, b.Number(1), b.X(1)))),
                "0 at x = 0, like |x|; a zero s counts with its sign.")
            .On(new Box((0.1, 20), (0.1, 20)), new Box((-20, -0.1), (0.1, 20)), new Box((0.1, 20), (-20, -0.1)), new Box((-20, -0.1), (-20, -0.1)))
            .At(In(0, -1), 0, 0).At(In(2, 0), 1, 0).At(In(2, -0.0), -1, 0).At(In(Inf, -1), -1, 0);

        // A factor of a power of two, so exact; the tangent goes through the same scaling.
        yield return Row(Opcode.ScaleB, Needs.Inputs, "2ⁿ, none for n", (b, i, t) => i == 1 ? null : b.Apply(Opcode.ScaleB, t, b.X(1)))
            .On(new Box((-20, 20), new Interval(-8, 8, true))).At(In(Inf, 3), 8).At(In(0, -1), 0.5);

        yield return Row(Opcode.BitIncrement, Needs.None, "1", (_, t) => t, "1 everywhere: the next number, seen as x + ε.").On(Reals(-20, 20)).At(0, 1);
        yield return Row(Opcode.BitDecrement, Needs.None, "1", (_, t) => t, "1 everywhere: the number before, seen as x - ε.").On(Reals(-20, 20)).At(0, 1);

        // Exact only for the derivative it was asked for: input 0 is the value, input 1 what to differentiate instead.
        yield return Row(Opcode.Replace, Needs.None, "none for the value; 1 for what stands in for it", (_, i, t) => i == 0 ? null : t)
            .At(In(2, 3), 0, 1).At(In(NaN, Inf), 0, 1);

        // Input 0 is the condition. Zero on the side not taken, whatever t is.
        yield return Row(Opcode.Select, Needs.Inputs, "none for the condition; a: 1 where it holds, else 0; b: the other", (b, i, t) => i switch
            {
                0 => null,
                1 => b.Select(b.X(0), t, b.Number(0)),
                _ => b.Select(b.X(0), b.Number(0), t),
            });
    }
}
