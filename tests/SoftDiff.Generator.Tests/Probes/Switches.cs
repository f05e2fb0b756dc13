using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Switches
{
    //? `switch` on integer constants, with shared sections and `default`
    //? x = 0.6, n = 0
    //? x = 0.6, n = 2
    //? x = 0.6, n = 3
    //? x = 0.6, n = 9
    [Differentiable]
    public static double Constants(double x, int n)
    {
        double y = x;
        switch (n)
        {
            case 0:
                y = x * x;
                break;
            case 1:
            case 2:
                y *= 3 * x;
                break;
            case 3:
                return Math.Exp(x);
            default:
                y = y / 2;
                break;
        }

        return y * x;
    }

    //? `switch` without `default`
    //? x = 0.6, n = 1
    //? x = 0.6, n = 5
    [Differentiable]
    public static double NoDefault(double x, int n)
    {
        switch (n)
        {
            case 1:
                x = x * x;
                break;
        }

        return x * x;
    }

    //? `switch` on an enum
    //? x = 0.6, activation = Switches.Activation.Identity
    //? x = 0.6, activation = Switches.Activation.Tanh
    //? x = 0.6, activation = Switches.Activation.Square
    [Differentiable]
    public static double Enum(double x, Activation activation)
    {
        switch (activation)
        {
            case Activation.Tanh:
                return Math.Tanh(x);
            case Activation.Square:
                return x * x;
            default:
                return x;
        }
    }

    //? `switch` expressions
    //? x = 0.6, activation = Switches.Activation.Identity
    //? x = 0.6, activation = Switches.Activation.Tanh
    //? x = 0.6, activation = Switches.Activation.Square
    [Differentiable]
    public static double Expression(double x, Activation activation) => activation switch
    {
        Activation.Tanh => Math.Tanh(x),
        Activation.Square => x * x,
        _ => x,
    };

    //? relational patterns on the differentiated value
    //? x = -2
    //? x = 0.5
    //? x = 5
    [Differentiable]
    public static double Relational(double x) => x switch
    {
        < -1 => -x,
        >= -1 and < 1 => x * x,
        _ => Math.Log(x),
    };

    //? `when` clauses
    //? x = 0.5, n = 4
    //? x = 2.5, n = 4
    //? x = 2.5, n = 1
    [Differentiable]
    public static double When(double x, int n) => n switch
    {
        > 2 when x > 1 => x * x * x,
        > 2 => x * x,
        _ => x,
    };

    //? `when` clauses in statements, with a declared variable
    //? x = 0.5, n = 4
    //? x = 2.5, n = 7
    [Differentiable]
    public static double WhenStatement(double x, int n)
    {
        switch (n)
        {
            case int m when m > 5:
                return x * m;
            case 4 or 5:
                return x * x * n;
            default:
                return x;
        }
    }

    //? `switch` inside a loop
    //? x = 0.5, code = [0, 1, 2, 1]
    [Differentiable]
    public static double InLoop(double x, int[] code)
    {
        double s = 1;
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case 0:
                    s *= x;
                    break;
                case 1:
                    s += s * x;
                    continue;
                default:
                    s = Math.Sin(s);
                    break;
            }

            s += x;
        }

        return s;
    }

    //? nested `switch` expressions
    //? x = 0.5, a = 0, b = 1
    //? x = 0.5, a = 1, b = 0
    //? x = 0.5, a = 1, b = 1
    [Differentiable]
    public static double NestedExpression(double x, int a, int b) => a switch
    {
        0 => x,
        1 => b switch { 0 => x * x, _ => x * x * x } + x,
        _ => 0,
    };

    //? `is` patterns
    //? x = 0.5, n = 3
    //? x = 1.5, n = 8
    [Differentiable]
    public static double IsPattern(double x, int n)
        => (n is > 2 and < 5 ? x * x : x) * (x is > 1 ? 2 : x) * (n is not (3 or 4) ? x : 1);

    //? a `switch` arm that throws
    //? x = 0.5, n = 1
    //? x = 0.5, n = 2 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double ThrowingArm(double x, int n) => n switch
    {
        0 => x,
        1 => x * x,
        _ => throw new ArgumentOutOfRangeException(nameof(n)),
    };

    public enum Activation
    {
        Identity,
        Tanh,
        Square,
    }
}
