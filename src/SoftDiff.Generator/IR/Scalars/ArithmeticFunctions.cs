namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    private static IEnumerable<ScalarFunction> Arithmetic()
    {
        var pair = new Box((-20, 20), (-20, 20));

        yield return Operator(Opcode.Add, "+", Domain.Number, 2).InLanes()
            .Partials(Needs.None, "1, 1", (_, _, t) => t)
            .On(pair).At(In(Inf, 1), 1, 1);

        yield return Operator(Opcode.Subtract, "-", Domain.Number, 2).InLanes()
            .Partials(Needs.None, "1, -1", (b, i, t) => i == 0 ? t : b.Negate(t))
            .On(pair).At(In(Inf, 1), 1, -1);

        yield return Operator(Opcode.Multiply, "*", Domain.Number, 2).InLanes()
            .Partials(Needs.Inputs, "b, a", (b, i, t) => b.Multiply(t, b.X(1 - i))).Recurs(SeriesRecurrence.Product)
            .On(pair).At(In(0, Inf), Inf, 0).At(In(NaN, 2), 2, NaN);

        // The second partial as -y·(t/b), not -t·a/b²: b² overflows long before the partial does.
        yield return Operator(Opcode.Divide, "/", Domain.Number, 2).InLanes().Costs(3).ThrowsIn(Domain.Integer)
            .Partials(Needs.Both, "1/b, -y/b", (b, i, t) =>
            {
                // The partial of 1/b by its result: no second division.
                if (i == 1 && b.X(0) is NumberConstant one && one.Is(1)) return b.Negate(b.Multiply(b.Multiply(t, b.Y), b.Y));
                var quotient = b.Divide(t, b.X(1));
                return i == 0 ? quotient : b.Negate(b.Multiply(quotient, b.Y));
            })
            .Recurs(SeriesRecurrence.Quotient)
            .On(new Box((-20, 20), (0.1, 20)), new Box((-20, 20), (-20, -0.1)))
            .At(In(1, 0), Inf, -Inf).At(In(0, 0), Inf, NaN).At(In(1, -0.0), -Inf, -Inf).At(In(1, Inf), 0, 0)
            .At(In(1e300, 1e300), 1e-300, -1e-300);

        // a - y is the divisor times the truncated quotient, up to one rounding. Rounding (a - y)/b therefore gives the right integer, even
        // where a/b itself is rounded up to the next one.
        Operand? Remainder(RuleBuilder b, int i, Operand t) =>
            i == 0 ? t : b.Negate(b.Multiply(t, b.Apply(Opcode.Round, b.Divide(b.Subtract(b.X(0), b.Y), b.X(1)))));

        yield return Operator(Opcode.Remainder, "%", Domain.Number, 2).Costs(3).ThrowsIn(Domain.Integer)
            .Partials(Needs.Both, "1, -truncate(a/b)", Remainder, "At a multiple of b the partials of the branch that a itself is on.")
            .On(new Box((3.3, 3.6), (0.98, 1.02)), new Box((-7.9, -7.1), (2.9, 3.1)), new Box((0.1, 0.9), (1, 20)))
            .At(In(6, 3), 1, -2).At(In(1, Inf), 1, 0).At(In(1, 0), 1, NaN).At(In(1e300, 7), 1, -Math.Round((1e300 - (1e300 % 7)) / 7));

        yield return Binary(Opcode.Ieee754Remainder, Home.Math).NamedInMath("IEEERemainder")
            .Partials(Needs.Both, "1, -round(a/b)", Remainder,
                "Half-way between multiples of b the partials of the branch taken (ties to even).")
            .On(new Box((3.1, 3.2), (0.99, 1.01)), new Box((-7.2, -6.6), (2.95, 3.05)), new Box((0.1, 0.4), (1, 20)))
            .At(In(6, 3), 1, -2).At(In(1, 2), 1, 0).At(In(3, 2), 1, -2).At(In(1, Inf), 1, 0).At(In(1, 0), 1, NaN);

        yield return Operator(Opcode.Negate, "-", Domain.Number, 1).InLanes()
            .Partials(Needs.None, "-1", (b, t) => b.Negate(t))
            .On(Reals(-20, 20)).At(NaN, -1);

        Operand? MultiplyAdd(RuleBuilder b, int i, Operand t) => i == 2 ? t : b.Multiply(t, b.X(1 - i));
        Operand? ProductAndSum(RuleBuilder b) => b.Add(b.Multiply(b.X(0), b.X(1)), b.X(2));

        var triple = new Box((-20, 20), (-20, 20), (-20, 20));
        yield return Ternary(Opcode.FusedMultiplyAdd, Home.Math).Costs(2)
            .Partials(Needs.Inputs, "b, a, 1", MultiplyAdd).Expands(ProductAndSum).On(triple).At(In(2, Inf, 1), Inf, 2, 1);
        yield return Ternary(Opcode.MultiplyAddEstimate, Home.NumberType)
            .Partials(Needs.Inputs, "b, a, 1", MultiplyAdd).Expands(ProductAndSum).On(triple).At(In(2, Inf, 1), Inf, 2, 1);

        yield return Ternary(Opcode.Lerp, Home.NumberType)
            .Partials(Needs.Inputs, "1 - w, w, b - a", (b, i, t) => i switch
            {
                0 => b.Multiply(t, b.Subtract(b.Number(1), b.X(2))),
                1 => b.Multiply(t, b.X(2)),
                _ => b.Multiply(t, b.Subtract(b.X(1), b.X(0))),
            })
            .Expands(b => b.Add(b.X(0), b.Multiply(b.X(2), b.Subtract(b.X(1), b.X(0)))))
            .On(new Box((-20, 20), (-20, 20), (-1, 2))).At(In(3, 7, 0), 1, 0, 4).At(In(3, 7, 1), 0, 1, 4);
    }
}
