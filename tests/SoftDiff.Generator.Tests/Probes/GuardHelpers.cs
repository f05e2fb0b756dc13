using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class GuardHelpers
{
    //? helpers that throw, called as statements and in expressions
    //? x = 1.5
    //? x = -1.5 -> throws ArgumentException
    //? x = 20 -> throws InvalidOperationException
    [Differentiable]
    public static double Fails(double x)
    {
        if (x < 0) Fail("x is " + x + ", which is {negative}");
        double y = x > 10 ? Bad(x) : x * x;
        return x > 5 ? Never<double>($"never {y:F2}") * y : y * x;
    }

    //? helpers that check and throw, their messages built from numbers and by other helpers
    //? x = 1.5, n = 2
    //? x = 1.5, n = -2 -> throws ArgumentException
    //? x = -1.5, n = 2 -> throws ArgumentOutOfRangeException
    //? x = 300, n = 2 -> throws FormatException
    [Differentiable]
    public static double Checks(double x, int n)
    {
        Check(n > 0, $"n = {n}", n--);
        double s = Positive(x) * n;
        for (int i = 0; i < 3; i++)
        {
            string where = "step " + i + 1;
            if (s > 200) throw Error(where, s + n);
            s *= Positive(x, where);
        }

        return s;
    }

    //? `[DoesNotReturn]` helpers and local functions, exceptions in variables
    //? x = 1.5, y = 2
    //? x = -1.5, y = 2 -> throws ArgumentException
    //? x = 1.5, y = -2 -> throws NotSupportedException
    //? x = 1.5, y = 0 -> throws ArithmeticException
    [Differentiable]
    public static double DoNotReturn(double x, double y)
    {
        if (x < 0) Throw(x, nameof(x));
        Exception e = new NotSupportedException("y is negative" + Suffix);
        if (y < 0) throw e;
        double z = y == 0 ? Zero("y") : x / y;
        return z * x;

        static double Zero(string name) => throw new ArithmeticException(name + " is 0");
    }

    //? the framework's guards on numbers, `ThrowIfNegative`, `ThrowIfGreaterThan`, `ThrowIfZero`
    //? x = 1.5, y = 2
    //? x = -1.5, y = 2 -> throws ArgumentOutOfRangeException
    //? x = 1.5, y = 1 -> throws ArgumentOutOfRangeException
    //? x = 0, y = 1 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double FrameworkGuards(double x, double y)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(x);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(x, y, "x of step");
            ArgumentOutOfRangeException.ThrowIfZero(x + i);
            s *= x * y;
        }

        return s;
    }

    private const string Suffix = "!";

    private static void Fail(string message) => throw new ArgumentException(message);

    private static double Bad(double x) => throw new InvalidOperationException($"{x} is too large");

    private static T Never<T>(string message) => throw new ArgumentException(message);

    private static void Check(bool ok, string message, int unused)
    {
        if (!ok) throw new ArgumentException(unused + (message ?? "nothing") + (ok ? "?" : "."));
    }

    private static double Positive(double x, [CallerArgumentExpression(nameof(x))] string? name = null)
    {
        if (x <= 0) throw new ArgumentOutOfRangeException(name, x, null);
        return x;
    }

    private static Exception Error(string where, double s) =>
        new FormatException(s + Message(where) + s.ToString("F1", null) + string.Empty);

    private static string Message(string where)
    {
        string at = " at " + where;
        return at + ": ";
    }

    [DoesNotReturn]
    private static void Throw(double x, string name)
    {
        string message = name + " = " + x;
        throw new ArgumentException(message, name);
    }
}
