using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Guards
{
    //? `if (…) throw`
    //? x = 1.5
    //? x = -1.5 -> throws ArgumentException
    [Differentiable]
    public static double IfThrow(double x)
    {
        if (x < 0)
        {
            throw new ArgumentException("x must not be negative");
        }

        return Math.Sqrt(x) * x;
    }

    //? `throw` in `?:`
    //? x = 1.5
    //? x = -1.5 -> throws InvalidOperationException
    [Differentiable]
    public static double ThrowExpression(double x) => x > 0 ? Math.Log(x) : throw new InvalidOperationException();

    //? guards on lengths
    //? x = [1, 2], y = [3, 4]
    //? x = [1, 2], y = [3] -> throws ArgumentException
    [Differentiable]
    public static double LengthGuard(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException("The lengths differ.", nameof(y));
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * y[i];
        return s * s;
    }

    //? guards of the framework, `ArgumentOutOfRangeException.ThrowIfNegative`
    //? x = 1.5, n = 2
    //? x = 1.5, n = -2 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double FrameworkGuard(double x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return x * x * n;
    }

    //? `ArgumentNullException.ThrowIfNull` on arrays
    //? x = [1.5, 2]
    [Differentiable]
    public static double NullGuard(double[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x[0] * x[1];
    }

    //? a guard inside a loop
    //? x = [1.5, 2]
    //? x = [1.5, -2] -> throws ArgumentException
    [Differentiable]
    public static double GuardInLoop(ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 0) throw new ArgumentException("negative entry");
            s *= Math.Sqrt(x[i]);
        }

        return s;
    }

    //? a guard in a helper
    //? x = 1.5
    //? x = -1.5 -> throws ArgumentException
    [Differentiable]
    public static double GuardInHelper(double x) => x * Checked(x);

    //? an index out of range, as in the primal
    //? x = [1.5, 2], i = 1
    //? x = [1.5, 2], i = 2 -> throws IndexOutOfRangeException
    [Differentiable]
    public static double OutOfRange(ReadOnlySpan<double> x, int i) => x[i] * x[0];

    //? integer overflow in `checked`
    //? x = 1.5, n = 3
    //? x = 1.5, n = 2000000000 -> throws OverflowException
    [Differentiable]
    public static double Overflow(double x, int n) => x * x * checked(n * 2);

    //? a `throw` at the end
    //? x = 1.5, n = 1
    //? x = 1.5, n = 7 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double ThrowAtEnd(double x, int n)
    {
        if (n == 0) return x;
        if (n == 1) return x * x;
        throw new ArgumentOutOfRangeException(nameof(n), "unknown kind");
    }

    //? `throw` in the value of a declaration or an assignment
    //? x = 0.4
    //? x = -1 -> throws ArgumentException
    [Differentiable]
    public static double ThrowInValue(double x)
    {
        double y = x > 0 ? x * x : throw new ArgumentException("x");
        int n = y > 100 ? throw new ArgumentException("y") : 3;
        double z;
        z = n > 2 ? y * n : throw new ArgumentException("z");
        z += n > 2 ? y : throw new ArgumentException("z");
        return y + z;
    }

    //? messages with formats, `$"{n:D3} {x,8:F2}"`
    //? x = [0.7, 0.2], n = 2
    //? x = [0.7, 0.2], n = 3 -> throws ArgumentException
    [Differentiable]
    public static double FormattedMessage(ReadOnlySpan<double> x, int n)
    {
        if (x.Length != n) throw new ArgumentException($"got {x.Length} {{of}} {n:D3} at {x[0],8:F2}, \"quoted\"" + " and " + n, nameof(x));
        return x[0] * x[1];
    }

    //? comparisons of arrays with `null`
    //? x = [0.5, 1.5], y = [0.3, 0.8], k = 0
    //? x = [0.5, 1.5], y = [0.3, 0.8], k = 5
    [Differentiable]
    public static double NullGuards(double[] x, double[] y, int k)
    {
        if (x == null) throw new ArgumentNullException(nameof(x));
        if (y is null || null == x) throw new ArgumentNullException(nameof(y));
        _ = y ?? throw new ArgumentNullException(nameof(y));
        double[] z = k switch
        {
            0 => x,
            > 3 => y,
            _ => throw new ArgumentOutOfRangeException(nameof(k)),
        };
        double[]? scratch = null;
        if (scratch == null) scratch = new double[2];
        scratch[0] = z[0] * x[1];
        double s = scratch[0] * z[1];
        return y is not null && x != null ? s * s : s;
    }

    private static double Checked(double x)
    {
        if (!(x > 0)) throw new ArgumentException("not positive", nameof(x));
        return Math.Log(x);
    }

    //? a guard on the length of an array by a pattern
    //? x = [1, 2]
    //? x = [1, 2, 3] -> throws ArgumentException
    [Differentiable]
    public static double LengthPattern(double[] x)
    {
        if (x is not { Length: 2 }) throw new ArgumentException("two numbers, please", nameof(x));
        return x[0] * x[1] * x[1];
    }

    //? a struct in the message of an exception
    //? x = 0.5
    //? x = -0.5 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double StructInText(double x)
    {
        var row = new LinkRow(x, 2 * x);
        if (row.Twist < 0) throw new ArgumentOutOfRangeException(nameof(x), $"{row} is out of range");
        return row.Length * row.Twist;
    }

    //? an object that is null and replaced, `settings ??= …`
    //? settings = null, x = 0.5
    //? settings = new GuardSettings(3), x = 0.5
    [Differentiable]
    public static double Replaced(GuardSettings? settings, double x)
    {
        settings ??= GuardSettings.Default;
        return x * x * settings.Scale + (settings.Name?.Length ?? 1) * x;
    }
}

public sealed record GuardSettings(double Scale)
{
    public static GuardSettings Default { get; } = new(2) { Name = "two" };

    public string? Name { get; init; }
}
