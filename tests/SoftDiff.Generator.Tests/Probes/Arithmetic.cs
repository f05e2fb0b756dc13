using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Arithmetic
{
    //? `+ - * /` and unary minus
    //? x = 1.3, y = -0.7
    //? x = -2.1, y = 0.4
    [Differentiable]
    public static double FourOperations(double x, double y) => (x + y) * (x - 2 * y) / (1 + x * x) - -y;

    //? unary plus and nested parentheses
    //? x = 0.8
    [Differentiable]
    public static double UnaryPlus(double x) => +(+x * (-(-(x))) + (((x))));

    //? floating-point remainder `%`
    //? x = 7.3, y = 2.2
    //? x = -5.1, y = 1.4
    [Differentiable]
    public static double Remainder(double x, double y) => x % y * x;

    //? a method whose result is a constant
    //? x = 4
    [Differentiable]
    public static double Constant(double x) => 3.5;

    //? an unused parameter
    //? x = 1.5, unused = 9
    [Differentiable]
    public static double UnusedParameter(double x, double unused) => x * x * x;

    //? the identity
    //? x = -0.25
    [Differentiable]
    public static double Identity(double x) => x;

    //? division by a parameter, and of a constant
    //? x = 0.9, y = 1.4
    //? x = -3, y = -0.6
    [Differentiable]
    public static double Quotients(double x, double y) => x / y + 1 / x + y / 3;

    //? literals in every notation
    //? x = 1.1
    [Differentiable]
    public static double Literals(double x) => 1_000.5 * x + 1e-3 / x - 0x10 * x + 2d + .5 * x * 'A' / 65 - 1e300 * 1e-300 * x;

    //? negative literals and subtraction of negatives
    //? x = 0.3
    [Differentiable]
    public static double NegativeLiterals(double x) => x - -1.5 * x - (-2 - -x) * -x;

    //? named constants: `Math.PI`, `double.Epsilon`, `const` fields of other types
    //? x = 0.4
    [Differentiable]
    public static double NamedConstants(double x) => Math.PI * x * x + Math.E / (x + double.Epsilon) + int.MaxValue / 2147483647 * x;

    //? a `const` field and a local `const`
    //? x = 0.6
    [Differentiable]
    public static double Constants(double x)
    {
        const double half = 0.5;
        const int three = 3;
        return Rate * x * half + x * x * three;
    }

    //? a `static readonly` scalar
    //? x = 2.5
    [Differentiable]
    public static double ReadOnlyField(double x) => Gravity * x * x / 2;

    //? a `static readonly` array
    //? x = 0.7
    //? x = -1.2
    [Differentiable]
    public static double ReadOnlyArray(double x)
    {
        double sum = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            sum = sum * x + Weights[i];
        }

        return sum;
    }

    //? single precision
    //? x = 1.25, y = 0.5
    [Differentiable]
    public static float SinglePrecision(float x, float y) => (x * y + 1f) / (x + 2f * y);

    //? a long expression of one variable
    //? x = 0.35
    [Differentiable]
    public static double LongExpression(double x)
        => x * (1 + x * (2 + x * (3 + x * (4 + x * (5 + x * (6 + x * (7 + x * (8 + x)))))))) / (1 + x * (1 + x * (1 + x)));

    //? the same subexpression written several times
    //? x = 1.7, y = 0.2
    [Differentiable]
    public static double CommonSubexpressions(double x, double y)
        => (x * y + 1) * (x * y + 1) + Math.Exp(x * y + 1) * (x * y) - Math.Exp(x * y + 1);

    //? Rosenbrock's function, expression-bodied
    //? x = 1.5, y = 2
    //? x = -0.5, y = 1.1
    [Differentiable]
    public static double Rosenbrock(double x, double y)
        => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);

    //? many parameters
    //? a = 1.1, b = 1.2, c = 1.3, d = 1.4, e = 1.5, f = 1.6, g = 1.7, h = 1.8
    [Differentiable]
    public static double ManyParameters(double a, double b, double c, double d, double e, double f, double g, double h)
        => a * b + b * c * d - d / e + e * f * g * h + a * h;

    //? `checked` and `unchecked` expressions and blocks
    //? x = 1.4, n = 3
    [Differentiable]
    public static double CheckedUnchecked(double x, int n)
    {
        int steps = checked(n * 2 + 1);
        unchecked
        {
            int wrapped = int.MaxValue + n;
            return checked(x * steps) + x * x * (wrapped < 0 ? 1 : 2);
        }
    }

    private const double Rate = 0.25;

    private static readonly double Gravity = 9.81;

    private static readonly double[] Weights = [0.5, -1.5, 2, 0.25];

    //? a polynomial by Horner's scheme
    //? x = 0.8, a = 1.5
    //? x = -1.3, a = 0
    [Differentiable]
    public static double Horner(double x, double a) => a - x * (0.5 + x * (a * 2 - x * (0.25 + -x * 1.5))) * a;

    //? powers written out, of locals and of each other
    //? x = 0.7, y = -1.1
    //? x = 0, y = 2
    [Differentiable]
    public static double WrittenOutPowers(double x, double y)
    {
        double cube = x * x * x;
        double square = (cube - 2 * y) * (cube - 2 * y);
        return square * x * square - (y + y + y) * -y * (3 - y);
    }
}
