namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    private static IEnumerable<ScalarFunction> Power()
    {
        yield return Unary(Opcode.Sqrt, Home.Math).Costs(4)
            .Partials(Needs.Result, "1/(2·y)", HalfOverResult, "+∞ at 0 (and 0·∞ = NaN if what flows in is 0 there).")
            .On(Reals(0.01, 20)).At(0, Inf).At(-0.0, -Inf).At(Inf, 0)
            .At(1e300, 0.5e-150).At(double.Epsilon, 2.2494568972715982e161).At(-1, NaN);
        yield return Unary(Opcode.Cbrt, Home.Math).Library()
            .Partials(Needs.Result, "1/(3·y²)", ThirdOverResult, "+∞ at 0.")
            .On(Reals(0.05, 20), Reals(-20, -0.05))
            .At(0, Inf).At(-0.0, Inf).At(Inf, 0).At(-8, 1.0 / 12).At(double.Epsilon, 1.149094221479581e215);

        yield return Unary(Opcode.ReciprocalEstimate, Home.Math)
            .Partials(Needs.Inputs, "-1/x², the derivative of the exact reciprocal", (b, t) =>
                b.Negate(b.Divide(b.Divide(t, b.X()), b.X())), "-∞ at 0.")
            .On(Reals(0.1, 20), Reals(-20, -0.1)).At(0, -Inf).At(-0.0, -Inf).At(Inf, 0).At(1e300, 0).At(double.Epsilon, -Inf);
        yield return Unary(Opcode.ReciprocalSqrtEstimate, Home.Math)
            .Partials(Needs.Inputs, "-1/(2·x·√x), the derivative of the exact function", (b, t) =>
                Scale(b, -0.5, b.Divide(b.Divide(t, b.X()), b.Apply(Opcode.Sqrt, b.X()))), "-∞ at 0.")
            .On(Reals(0.1, 20)).At(0, -Inf).At(-0.0, -Inf).At(Inf, 0).At(1e300, 0).At(double.Epsilon, -Inf);

        // A power that is written out, for which the derivative has a form of its own.
        static Box Written(double low, double high, double power) => new((low, high), (power, power)) { Literal = true };
        yield return Binary(Opcode.Pow, Home.Math).Library()
            .Partials(Needs.Both, "p·x^(p-1), y·log x", (b, i, t) => i == 0 ? PowBase(b, t) : PowExponent(b, t),
                "Partial in x exactly 0 where p = 0, partial in p exactly 0 where x = 0; for x < 0 the partial in p is NaN.")
            .Recurs(SeriesRecurrence.Power).Expands(WrittenOut)
            .On(new Box((0.1, 5), (-3, 3)))
            .On(Written(-5, 5, 2), Written(-5, 5, 3), Written(0.1, 5, 0.5))
            .On(Written(-5, 5, 1), Written(-5, 5, 0), Written(0.1, 5, -1))
            .On(Written(-5, -0.1, -1), Written(-5, 5, 4), Written(0.1, 5, -2.5))
            .At(In(0, 0), 0, 0).At(In(0, 1), 1, 0).At(In(0, 2), 0, 0).At(In(0, 0.5), Inf, 0).At(In(0, -1), -Inf, 0).At(In(-2, 3), 12, NaN)
            .At(In(NaN, 0), 0, NaN).At(In(Inf, 0), 0, Inf).At(In(Inf, -1), 0, NaN).At(In(2, 0), 0, Ln2);

        static Box OfDegree(double low, double high, int least, int most) => new((low, high), new Interval(least, most, true));
        yield return Indexed(Opcode.RootN, Home.NumberType)
            .Partials(Needs.Both, "1/(n·y^(n-1)), none for n", Root, "An infinity at 0 for n > 1, as √ has.")
            .On(OfDegree(0.1, 20, 1, 5), OfDegree(0.1, 5, -4, -1), OfDegree(-20, -0.1, 3, 3))
            .On(OfDegree(0.1, 20, 2, 2) with { Literal = true }, OfDegree(-20, -0.1, 3, 3) with { Literal = true })
            .On(OfDegree(0.1, 20, 5, 5) with { Literal = true })
            .At(In(0, 2), Inf).At(In(0, 1), 1).At(In(Inf, 2), 0).At(In(0, 3), Inf);

        // x/y, not x/√(x² + y²): squares overflow. With 1 for a zero y the quotient is 0 and stays smooth for the next derivative.
        yield return Binary(Opcode.Hypot, Home.NumberType)
            .Partials(Needs.Both, "a/y, b/y", (b, i, t) => b.Multiply(t, b.Divide(b.X(i), OneForZero(b, b.Y))), "0, 0 at the origin.")
            .On(new Box((0.1, 20), (-20, 20)), new Box((-20, 20), (-20, -0.1)))
            .At(In(0, 0), 0, 0).At(In(-3, 0), -1, 0).At(In(3e300, 4e300), 0.6, 0.8).At(In(Inf, 1), NaN, 0).At(In(3e-200, 4e-200), 0.6, 0.8);
    }

    /// <summary>t/(2·y), also of the power 1/2.</summary>
    private static Operand HalfOverResult(RuleBuilder b, Operand t) => b.Divide(Scale(b, 0.5, t), b.Y);

    private static Operand ThirdOverResult(RuleBuilder b, Operand t) => b.Divide(t, b.Multiply(b.Number(3), b.Multiply(b.Y, b.Y)));

    private static Operand OneForZero(RuleBuilder b, Operand x) => b.Select(b.Compare(Opcode.Equal, x, b.Number(0)), b.Number(1), x);

    private static Operand? PowBase(RuleBuilder b, Operand t)
    {
        switch (b.Literal(1))
        {
            case 0: return null;
            case 1: return t;
            case 2: return b.Multiply(t, b.Multiply(b.Number(2), b.X(0)));
            case 3: return b.Multiply(t, b.Multiply(b.Number(3), b.Multiply(b.X(0), b.X(0))));
            case 0.5: return HalfOverResult(b, t);
            case -1: return b.Negate(b.Multiply(b.Multiply(t, b.Y), b.Y));
            case { } p: return b.Multiply(t, b.Multiply(b.Number(p), b.Apply(Opcode.Pow, b.X(0), b.Number(p - 1))));
        }

        // The exponent 1 in place of -1 keeps the unused side finite, so that its own derivative is no 0·∞ either.
        var isZero = b.Compare(Opcode.Equal, b.X(1), b.Number(0));
        var exponent = b.Select(isZero, b.Number(1), b.Subtract(b.X(1), b.Number(1)));
        return b.Select(isZero, b.Number(0), b.Multiply(t, b.Multiply(b.X(1), b.Apply(Opcode.Pow, b.X(0), exponent))));
    }

    /// <summary>A power with a constant exponent as products, a reciprocal of products, or a root; null for other exponents.</summary>
    private static Operand? WrittenOut(RuleBuilder b)
    {
        const int largest = 64;
        if (b.Literal(1) is not { } p) return null;
        if (p == 0.5) return b.Apply(Opcode.Sqrt, b.X(0));
        if (p != Math.Floor(p) || p == 0 || Math.Abs(p) > largest) return null;
        var power = Raise(b.X(0), (int)Math.Abs(p));
        return p > 0 ? power : b.Divide(b.Number(1), power);

        Operand Raise(Operand x, int times)
        {
            if (times == 1) return x;
            var half = Raise(x, times / 2);
            var square = b.Multiply(half, half);
            return times % 2 == 0 ? square : b.Multiply(square, x);
        }
    }

    private static Operand? PowExponent(RuleBuilder b, Operand t)
    {
        switch (b.Literal(0))
        {
            case 0: return null;
            case not null: return b.Multiply(t, b.Multiply(b.Y, b.Apply(Opcode.Log, b.X(0))));
        }

        var isZero = b.Compare(Opcode.Equal, b.X(0), b.Number(0));
        var log = b.Apply(Opcode.Log, b.Select(isZero, b.Number(1), b.X(0)));
        return b.Select(isZero, b.Number(0), b.Multiply(t, b.Multiply(b.Y, log)));
    }

    private static Operand? Root(RuleBuilder b, int i, Operand t)
    {
        if (i == 1) return null;
        switch (b.Literal(1))
        {
            case 1: return t;
            case 2: return HalfOverResult(b, t);
            case 3: return ThirdOverResult(b, t);
        }

        var n = b.ToNumber(b.X(1));
        var power = b.Apply(Opcode.Pow, b.Y, n is NumberConstant constant ? b.Number(constant.Number - 1) : b.Subtract(n, b.Number(1)));
        return b.Divide(t, b.Multiply(n, power));
    }
}
