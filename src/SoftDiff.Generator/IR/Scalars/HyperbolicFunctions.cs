namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    private static IEnumerable<ScalarFunction> Hyperbolic()
    {
        yield return Unary(Opcode.Sinh, Home.Math).Library()
            .Partials(Needs.Inputs, "cosh x", (b, t) => b.Multiply(t, b.Apply(Opcode.Cosh, b.X())))
            .On(Reals(-10, 10)).At(0, 1).At(Inf, Inf).At(-Inf, Inf).At(1e300, Inf).At(-1e300, Inf);
        yield return Unary(Opcode.Cosh, Home.Math).Library()
            .Partials(Needs.Inputs, "sinh x", (b, t) => b.Multiply(t, b.Apply(Opcode.Sinh, b.X())))
            .On(Reals(-10, 10)).At(0, 0).At(Inf, Inf).At(-Inf, -Inf).At(1e300, Inf).At(-1e300, -Inf);

        // Reads the result alone, so a tape holds one value and no exponential is computed twice. The absolute error is that of y, 2^-53.
        // That is small compared with the partials that matter, but not relative to this partial where |x| > 15. 1/cosh² would be
        // relatively exact there, but its own derivative is 0·∞ where cosh overflows.
        yield return Unary(Opcode.Tanh, Home.Math).Library()
            .Partials(Needs.Result, "(1 - y)·(1 + y)", (b, t) => b.Multiply(t, OneMinusSquare(b, b.Y)))
            .On(Reals(-8, 8)).At(0, 1).At(Inf, 0).At(-Inf, 0).At(1e300, 0);

        // Through hypot, because 1 + x² overflows where the derivative 1/|x| is still far from 0.
        yield return Unary(Opcode.Asinh, Home.Math).Library()
            .Partials(Needs.Inputs, "1/√(1 + x²)", (b, t) => b.Divide(t, b.Apply(Opcode.Hypot, b.Number(1), b.X())))
            .On(Reals(-10, 10)).At(0, 1).At(Inf, 0).At(-Inf, 0).At(1e300, 1e-300);
        yield return Unary(Opcode.Acosh, Home.Math).Library()
            .Partials(Needs.Inputs, "1/(√(x - 1)·√(x + 1))", (b, t) => b.Divide(
                b.Divide(t, b.Apply(Opcode.Sqrt, b.Subtract(b.X(), b.Number(1)))),
                b.Apply(Opcode.Sqrt, b.Add(b.X(), b.Number(1)))), "+∞ at 1, NaN below.")
            .On(Reals(1.1, 20)).At(1, Inf).At(Inf, 0).At(1e300, 1e-300).At(0, NaN);
        yield return Unary(Opcode.Atanh, Home.Math).Library()
            .Partials(Needs.Inputs, "1/((1 - x)·(1 + x))", (b, t) => b.Divide(t, OneMinusSquare(b, b.X())),
                "+∞ at ±1; beyond what the formula gives, though the function is NaN.")
            .On(Reals(-0.95, 0.95)).At(0, 1).At(1, Inf).At(-1, Inf);
    }
}
