namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    private static IEnumerable<ScalarFunction> Sign()
    {
        yield return Unary(Opcode.Abs, Home.Math).Costs(2)
            .Partials(Needs.Inputs, "sign x", (b, t) => b.Multiply(t, b.Apply(Opcode.Sign, b.X())), "0 at 0.")
            .On(Reals(0.1, 20), Reals(-20, -0.1)).At(0, 0).At(-0.0, 0).At(Inf, 1).At(-Inf, -1).At(NaN, NaN);

        yield return Binary(Opcode.CopySign, Home.Math).Costs(2)
            .Partials(Needs.Inputs, "sign(x)·copySign(1, s), none for s", (b, i, t) => i == 1
                ? null
                : b.Multiply(t, b.Multiply(b.Apply(Opcode.Sign, b.X(0)), b.Apply(Opcode.CopySign, b.Number(1), b.X(1)))),
                "0 at x = 0, like |x|; a zero s counts with its sign.")
            .On(new Box((0.1, 20), (0.1, 20)), new Box((-20, -0.1), (0.1, 20)), new Box((0.1, 20), (-20, -0.1)))
            .On(new Box((-20, -0.1), (-20, -0.1)))
            .At(In(0, -1), 0, 0).At(In(2, 0), 1, 0).At(In(2, -0.0), -1, 0).At(In(Inf, -1), -1, 0);

        // A factor of a power of two, so exact; the tangent goes through the same scaling.
        yield return Indexed(Opcode.ScaleB, Home.Math)
            .Partials(Needs.Inputs, "2ⁿ, none for n", (b, i, t) => i == 1 ? null : b.Apply(Opcode.ScaleB, t, b.X(1)))
            .On(new Box((-20, 20), new Interval(-8, 8, true))).At(In(Inf, 3), 8).At(In(0, -1), 0.5);

        // One call computes the product with sign(x); it copies the sign bit. Both partials are zero at x = 0, and NaN where x is.
        yield return Binary(Opcode.TimesSign, Home.Partials).Costs(2)
            .Partials(Needs.Inputs, "sign x, none for x", (b, i, t) => i == 1 ? null : b.Apply(Opcode.TimesSign, t, b.X(1)),
                "0 at x = 0, like |x|.")
            .On(new Box((-20, 20), (0.1, 20)), new Box((-20, 20), (-20, -0.1)))
            .At(In(2, 0), 0, 0).At(In(2, -0.0), 0, 0).At(In(2, Inf), 1, 0).At(In(2, -Inf), -1, 0).At(In(2, NaN), NaN, 0);

        yield return Unary(Opcode.BitIncrement, Home.Math)
            .Partials(Needs.None, "1", (_, t) => t, "1 everywhere: the next number, seen as x + ε.").On(Reals(-20, 20)).At(0, 1);
        yield return Unary(Opcode.BitDecrement, Home.Math)
            .Partials(Needs.None, "1", (_, t) => t, "1 everywhere: the number before, seen as x - ε.").On(Reals(-20, 20)).At(0, 1);
    }
}
