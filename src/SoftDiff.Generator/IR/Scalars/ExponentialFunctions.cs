namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    private const double Ln2 = 0.693147180559945309417232121458;
    private const double Ln10 = 2.30258509299404568401799145468;
    private const double Log2E = 1.44269504088896340735992468100;
    private const double Log10E = 0.434294481903251827651128918917;

    private static IEnumerable<ScalarFunction> Exponential()
    {
        yield return Unary(Opcode.Exp, Home.Math).Library()
            .Partials(Needs.Result, "y", (b, t) => b.Multiply(t, b.Y))
            .On(Reals(-20, 20)).At(-Inf, 0).At(Inf, Inf).At(1e300, Inf).At(-1e300, 0);
        yield return Unary(Opcode.Exp2, Home.NumberType).Library()
            .Partials(Needs.Result, "y·ln 2", (b, t) => Scale(b, Ln2, b.Multiply(t, b.Y)))
            .On(Reals(-20, 20)).At(-Inf, 0).At(Inf, Inf).At(1e300, Inf).At(0, Ln2);
        yield return Unary(Opcode.Exp10, Home.NumberType).Library()
            .Partials(Needs.Result, "y·ln 10", (b, t) => Scale(b, Ln10, b.Multiply(t, b.Y)))
            .On(Reals(-10, 10)).At(-Inf, 0).At(Inf, Inf).At(1e300, Inf).At(0, Ln10);

        // y + 1 would cost less, but for very negative x it is 0 long before the derivative is.
        yield return Unary(Opcode.ExpM1, Home.NumberType)
            .Partials(Needs.Inputs, "exp(x)", (b, t) => b.Multiply(t, b.Apply(Opcode.Exp, b.X())))
            .On(Reals(-20, 20)).At(0, 1).At(-Inf, 0).At(Inf, Inf).At(1e300, Inf).At(-40, 4.248354255291589e-18);
        yield return Unary(Opcode.Exp2M1, Home.NumberType)
            .Partials(Needs.Inputs, "exp2(x)·ln 2", (b, t) => Scale(b, Ln2, b.Multiply(t, b.Apply(Opcode.Exp2, b.X()))))
            .On(Reals(-20, 20)).At(0, Ln2).At(-Inf, 0).At(Inf, Inf).At(1e300, Inf);
        yield return Unary(Opcode.Exp10M1, Home.NumberType)
            .Partials(Needs.Inputs, "exp10(x)·ln 10", (b, t) => Scale(b, Ln10, b.Multiply(t, b.Apply(Opcode.Exp10, b.X()))))
            .On(Reals(-10, 10)).At(0, Ln10).At(-Inf, 0).At(Inf, Inf).At(1e300, Inf);

        const string pole = "At the pole what the formula gives, an infinity; beyond it the formula still, though the function is NaN.";
        yield return Unary(Opcode.Log, Home.Math).Library()
            .Partials(Needs.Inputs, "1/x", (b, t) => b.Divide(t, b.X()), pole)
            .On(Reals(0.01, 20)).At(0, Inf).At(-0.0, -Inf).At(Inf, 0).At(1e300, 1e-300).At(-1, -1).At(double.Epsilon, Inf);
        yield return Unary(Opcode.Log2, Home.Math).Library()
            .Partials(Needs.Inputs, "log2(e)/x", (b, t) => Scale(b, Log2E, b.Divide(t, b.X())), pole)
            .On(Reals(0.01, 20)).At(0, Inf).At(-0.0, -Inf).At(Inf, 0).At(1, Log2E).At(double.Epsilon, Inf);
        yield return Unary(Opcode.Log10, Home.Math).Library()
            .Partials(Needs.Inputs, "log10(e)/x", (b, t) => Scale(b, Log10E, b.Divide(t, b.X())), pole)
            .On(Reals(0.01, 20)).At(0, Inf).At(-0.0, -Inf).At(Inf, 0).At(1, Log10E).At(double.Epsilon, Inf);

        Operand OnePlus(RuleBuilder b) => b.Add(b.Number(1), b.X());

        yield return Unary(Opcode.LogP1, Home.NumberType)
            .Partials(Needs.Inputs, "1/(1 + x)", (b, t) => b.Divide(t, OnePlus(b)), pole)
            .On(Reals(-0.95, 20)).At(-1, Inf).At(0, 1).At(Inf, 0).At(1e300, 1e-300);
        yield return Unary(Opcode.Log2P1, Home.NumberType)
            .Partials(Needs.Inputs, "log2(e)/(1 + x)", (b, t) => Scale(b, Log2E, b.Divide(t, OnePlus(b))), pole)
            .On(Reals(-0.95, 20)).At(-1, Inf).At(0, Log2E).At(Inf, 0);
        yield return Unary(Opcode.Log10P1, Home.NumberType)
            .Partials(Needs.Inputs, "log10(e)/(1 + x)", (b, t) => Scale(b, Log10E, b.Divide(t, OnePlus(b))), pole)
            .On(Reals(-0.95, 20)).At(-1, Inf).At(0, Log10E).At(Inf, 0);

        yield return Binary(Opcode.LogBase, Home.Math).Named("Log")
            .Partials(Needs.Both, "1/(x·log b), -y/(b·log b)", (b, i, t) =>
            {
                var log = b.Apply(Opcode.Log, b.X(1));
                return i == 0 ? b.Divide(b.Divide(t, b.X(0)), log) : b.Negate(b.Divide(b.Divide(b.Multiply(t, b.Y), b.X(1)), log));
            }, pole)
            .On(new Box((0.1, 20), (1.5, 20)), new Box((0.1, 20), (0.1, 0.7))).At(In(1, 2), Log2E, 0).At(In(0, 2), Inf, Inf);

        // y·(1 - y) with 1 - y as Sigmoid(-x): the difference has no digits left from x = 37 on.
        yield return Unary(Opcode.Sigmoid, Home.Soft)
            .Partials(Needs.Both, "y·sigmoid(-x)", (b, t) =>
                b.Multiply(b.Multiply(t, b.Y), b.Apply(Opcode.Sigmoid, b.Negate(b.X()))))
            .On(Reals(-20, 20)).At(0, 0.25).At(Inf, 0).At(-Inf, 0).At(1e300, 0)
            .At(40, 4.248354255291589e-18).At(-40, 4.248354255291589e-18);
        yield return Unary(Opcode.Softplus, Home.Soft).Beside(Opcode.Sigmoid, Home.Soft, "SoftplusAndSigmoid")
            .Partials(Needs.Inputs, "sigmoid(x)", (b, t) => b.Multiply(t, b.Apply(Opcode.Sigmoid, b.X())))
            .On(Reals(-20, 20)).At(0, 0.5).At(Inf, 1).At(-Inf, 0).At(1e300, 1).At(-40, 4.248354255291589e-18);
    }
}
