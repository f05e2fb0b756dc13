namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    private const double OneOverPi = 1 / Math.PI;

    private static IEnumerable<ScalarFunction> Trigonometric()
    {
        yield return Unary(Opcode.Sin, Home.Math).Library().Beside(Opcode.Cos, Home.Math, "SinCos")
            .Partials(Needs.Inputs, "cos x", (b, t) => b.Multiply(t, b.Apply(Opcode.Cos, b.X())))
            .On(Reals(-10, 10)).At(0, 1).At(Inf, NaN).At(-Inf, NaN);
        yield return Unary(Opcode.Cos, Home.Math).Library()
            .Partials(Needs.Inputs, "-sin x", (b, t) => b.Negate(b.Multiply(t, b.Apply(Opcode.Sin, b.X()))))
            .On(Reals(-10, 10)).At(0, 0).At(Inf, NaN).At(-Inf, NaN);
        yield return Unary(Opcode.Tan, Home.Math).Library()
            .Partials(Needs.Result, "1 + y²", (b, t) => b.Multiply(t, OnePlusSquare(b, b.Y)))
            .On(Reals(-1.4, 1.4)).At(0, 1).At(Inf, NaN).At(-Inf, NaN);

        const string ends = "An infinity at ±1, NaN beyond.";
        yield return Unary(Opcode.Asin, Home.Math).Library()
            .Partials(Needs.Inputs, "1/√((1 - x)·(1 + x))", (b, t) => b.Divide(t, RootOfOneMinusSquare(b)), ends)
            .On(Reals(-0.95, 0.95)).At(1, Inf).At(-1, Inf).At(0, 1).At(2, NaN).At(Inf, NaN);
        yield return Unary(Opcode.Acos, Home.Math).Library()
            .Partials(Needs.Inputs, "-1/√((1 - x)·(1 + x))", (b, t) => b.Negate(b.Divide(t, RootOfOneMinusSquare(b))), ends)
            .On(Reals(-0.95, 0.95)).At(1, -Inf).At(-1, -Inf).At(0, -1).At(2, NaN).At(Inf, NaN);
        yield return Unary(Opcode.Atan, Home.Math).Library()
            .Partials(Needs.Inputs, "1/(1 + x²)", (b, t) => b.Divide(t, OnePlusSquare(b, b.X())))
            .On(Reals(-10, 10)).At(0, 1).At(Inf, 0).At(-Inf, 0).At(1e300, 0);

        yield return Unary(Opcode.SinPi, Home.NumberType)
            .Partials(Needs.Inputs, "π·cosPi x", (b, t) => Scale(b, Math.PI, b.Multiply(t, b.Apply(Opcode.CosPi, b.X()))))
            .On(Reals(-3, 3)).At(0, Math.PI).At(0.5, 0).At(Inf, NaN).At(-Inf, NaN);
        yield return Unary(Opcode.CosPi, Home.NumberType)
            .Partials(Needs.Inputs, "-π·sinPi x", (b, t) => Scale(b, -Math.PI, b.Multiply(t, b.Apply(Opcode.SinPi, b.X()))))
            .On(Reals(-3, 3)).At(0, 0).At(0.5, -Math.PI).At(Inf, NaN).At(-Inf, NaN);
        yield return Unary(Opcode.TanPi, Home.NumberType)
            .Partials(Needs.Result, "π·(1 + y²)", (b, t) => Scale(b, Math.PI, b.Multiply(t, OnePlusSquare(b, b.Y))), "+∞ at the poles.")
            .On(Reals(-0.45, 0.45)).At(0, Math.PI).At(0.5, Inf).At(Inf, NaN).At(-Inf, NaN);
        yield return Unary(Opcode.AsinPi, Home.NumberType)
            .Partials(Needs.Inputs, "1/(π·√((1 - x)·(1 + x)))", (b, t) =>
                Scale(b, OneOverPi, b.Divide(t, RootOfOneMinusSquare(b))), ends)
            .On(Reals(-0.95, 0.95)).At(1, Inf).At(-1, Inf).At(0, OneOverPi).At(2, NaN);
        yield return Unary(Opcode.AcosPi, Home.NumberType)
            .Partials(Needs.Inputs, "-1/(π·√((1 - x)·(1 + x)))", (b, t) =>
                Scale(b, -OneOverPi, b.Divide(t, RootOfOneMinusSquare(b))), ends)
            .On(Reals(-0.95, 0.95)).At(1, -Inf).At(-1, -Inf).At(0, -OneOverPi).At(2, NaN);
        yield return Unary(Opcode.AtanPi, Home.NumberType)
            .Partials(Needs.Inputs, "1/(π·(1 + x²))", (b, t) => Scale(b, OneOverPi, b.Divide(t, OnePlusSquare(b, b.X()))))
            .On(Reals(-10, 10)).At(0, OneOverPi).At(Inf, 0).At(-Inf, 0).At(1e300, 0);

        // As (x/r)/r with r = hypot: x² + y² overflows, and near the origin vanishes, long before the partials do.
        Operand Angle(RuleBuilder b, int i, Operand t)
        {
            var radius = OneForZero(b, b.Apply(Opcode.Hypot, b.X(0), b.X(1)));
            var push = b.Divide(b.Multiply(t, b.Divide(b.X(1 - i), radius)), radius);
            return i == 0 ? push : b.Negate(push);
        }

        const string origin = "0, 0 at the origin; across the cut (negative x-axis) the partials are continuous.";
        var around = new[] { new Box((-20, 20), (0.1, 20)), new Box((0.1, 20), (-20, 20)), new Box((-20, -0.1), (-20, 20)) };
        yield return Binary(Opcode.Atan2, Home.Math).Library()
            .Partials(Needs.Inputs, "x/(y² + x²), -y/(y² + x²)", (b, i, t) => Angle(b, i, t), origin)
            .On(around).At(In(0, 0), 0, 0).At(In(0, -2), -0.5, 0).At(In(1e-200, 0), 0, -1e200)
            .At(In(3e200, 4e200), 0.16e-200, -0.12e-200).At(In(1, Inf), NaN, 0);
        yield return Binary(Opcode.Atan2Pi, Home.NumberType)
            .Partials(Needs.Inputs, "x/(π·(y² + x²)), -y/(π·(y² + x²))", (b, i, t) => Scale(b, OneOverPi, Angle(b, i, t)), origin)
            .On(around).At(In(0, 0), 0, 0).At(In(0, -2), -0.5 / Math.PI, 0).At(In(1, Inf), NaN, 0);

        // Linear: the tangent goes through the same conversion.
        yield return Unary(Opcode.DegreesToRadians, Home.NumberType)
            .Partials(Needs.None, "π/180", (b, t) => b.Apply(Opcode.DegreesToRadians, t))
            .On(Reals(-400, 400)).At(Inf, Math.PI / 180);
        yield return Unary(Opcode.RadiansToDegrees, Home.NumberType)
            .Partials(Needs.None, "180/π", (b, t) => b.Apply(Opcode.RadiansToDegrees, t))
            .On(Reals(-10, 10)).At(Inf, 180 / Math.PI);
    }

    private static Operand OnePlusSquare(RuleBuilder b, Operand x) => b.Add(b.Number(1), b.Multiply(x, x));

    /// <summary>(1 - x)·(1 + x): near ±1 all digits, where 1 - x² has few.</summary>
    private static Operand OneMinusSquare(RuleBuilder b, Operand x) => b.Multiply(b.Subtract(b.Number(1), x), b.Add(b.Number(1), x));

    private static Operand RootOfOneMinusSquare(RuleBuilder b) => b.Apply(Opcode.Sqrt, OneMinusSquare(b, b.X()));
}
