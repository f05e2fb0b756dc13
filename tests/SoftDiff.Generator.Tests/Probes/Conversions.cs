using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Conversions
{
    //? integers in floating-point arithmetic
    //? x = 0.7, n = 3
    [Differentiable]
    public static double IntToDouble(double x, int n) => n * x + x / n + (n + 1) * x * x - n;

    //? integer division and remainder
    //? x = 0.7, n = 7
    //? x = 0.7, n = -7
    [Differentiable]
    public static double IntegerDivision(double x, int n) => n / 2 * x + n % 3 * x * x + 1 / 2 * x + n / 2.0 * x;

    //? `long`, `uint`, `byte` and `char`
    //? x = 0.7, a = 5, b = 6, c = 7, d = 'B'
    [Differentiable]
    public static double IntegerTypes(double x, long a, uint b, byte c, char d)
    {
        long product = a * b;
        int sum = c + d;
        ulong wide = (ulong)product << 2;
        return x * product + x * x * sum - wide * x;
    }

    //? `(int)x`, which is constant between jumps
    //? x = 2.6
    //? x = -2.6
    [Differentiable]
    public static double ToInt(double x) => (int)x * x + (long)(x * 10.5) * 0.01;

    //? an index computed from a differentiated value
    //? x = 1.4, table = [0.5, -1.5, 2]
    [Differentiable]
    public static double IndexFromValue(double x, ReadOnlySpan<double> table)
    {
        int i = (int)Math.Floor(x);
        double f = x - i;
        return table[i] * (1 - f) + table[i + 1] * f;
    }

    //? `(float)x`
    //? x = 0.7
    [Differentiable]
    public static double ToFloat(double x) => (float)(x * x) * 2.0 + (double)(float)x;

    //? `float` parameters computed with in `double`
    //? x = 0.75
    [Differentiable]
    public static float ViaDouble(float x)
    {
        double wide = x;
        wide = wide * wide + Math.Sin(x);
        return (float)wide * 2;
    }

    //? compound assignment with conversion on `float`
    //? x = 0.75, n = 3
    [Differentiable]
    public static float CompoundFloat(float x, int n)
    {
        float s = x;
        s += n;
        s *= n / 2f;
        s -= 1;
        s /= x + 1;
        s++;
        return s;
    }

    //? a `float` and a `double` parameter
    //? x = 0.75, y = 1.5
    [Differentiable]
    public static double Mixed(float x, double y) => x * y * y + x;

    //? conversion of conditions to numbers
    //? x = 0.7, flag = true
    //? x = -0.7, flag = false
    [Differentiable]
    public static double ConditionToNumber(double x, bool flag)
    {
        int sign = x > 0 ? 1 : -1;
        return sign * x * x + (flag ? 1 : 0) * x;
    }

    //? enums converted to integers
    //? x = 0.7, level = Conversions.Level.High
    [Differentiable]
    public static double EnumToInt(double x, Level level) => x * (int)level + ((Level)1 == Level.Low ? x * x : 0);

    //? explicit conversions that change nothing
    //? x = 0.7
    [Differentiable]
    public static double Identity(double x) => (double)x * (double)(x) * (double)2;

    //? default literals
    //? x = 0.7
    [Differentiable]
    public static double Default(double x)
    {
        double s = default;
        int n = default(int);
        return s + x * x + n;
    }

    //? unchecked narrowing of integers
    //? x = 0.7, n = 300
    [Differentiable]
    public static double Narrowing(double x, int n) => unchecked((byte)n) * x + (short)n * x * x;

    public enum Level
    {
        Low = 1,
        High = 4,
    }
}
