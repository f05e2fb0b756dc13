using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Delegates
{
    public delegate void Flow(double t, ReadOnlySpan<double> y, Span<double> dy);

    public delegate double Ternary(double a, double b, double c);

    public delegate void Change(ref double value, out double twice);

    //? a lambda in a local variable
    //? x = 0.7
    [Differentiable]
    public static double LambdaLocal(double x)
    {
        Func<double, double> cube = t => t * t * t;
        return cube(x) + cube(2 * x) + cube.Invoke(0.5);
    }

    //? a lambda of the natural type, `var f = (double t) => …`, with a body of statements
    //? x = 0.7
    [Differentiable]
    public static double LambdaNatural(double x)
    {
        var f = (double t, int n) =>
        {
            double s = 1;
            for (int i = 0; i < n; i++) s *= t;
            return s;
        };
        return f(x, 3) - f(x, 2);
    }

    //? a lambda that captures variables
    //? x = 0.7, y = 0.3
    [Differentiable]
    public static double LambdaCapture(double x, double y)
    {
        double k = x * y;
        Func<double, double> f = t => k * t + y;
        return f(x) * f(2);
    }

    //? a captured variable that changes after the lambda was made
    //? x = 0.7
    [Differentiable]
    public static double CaptureByReference(double x)
    {
        double k = x;
        Func<double, double> f = t => k * t;
        double before = f(x);
        k = x * x;
        return before + f(3);
    }

    //? a lambda that assigns captured variables
    //? x = 0.7, n = 4
    [Differentiable]
    public static double CaptureWrite(double x, int n)
    {
        double sum = 0;
        int calls = 0;
        Action<double> add = t =>
        {
            sum += t * t + 0.1 * sum;
            calls++;
        };
        for (int i = 0; i < n; i++) add(x * i);
        return sum * sum + calls * x;
    }

    //? a lambda that counts its calls, in a loop that counts with it
    //? x = 0.7
    [Differentiable]
    public static double CaptureCounter(double x)
    {
        int n = 0;
        Func<double, double> f = t =>
        {
            n++;
            return t * n;
        };
        double s = 0;
        while (n < 4) s += f(x) * f(s + 1);
        return s;
    }

    //? a lambda that changes the bound of the loop around its call
    //? x = 0.7
    [Differentiable]
    public static double CaptureBound(double x)
    {
        int n = 3;
        Action grow = () => { if (n < 5) n++; };
        double s = 1;
        for (int i = 0; i < n; i++)
        {
            s *= x + i;
            grow();
        }

        return s;
    }

    //? lambdas that share a captured variable
    //? x = 0.7
    [Differentiable]
    public static double CaptureShared(double x)
    {
        double state = x;
        Action<double> push = v => state = state * v + 1;
        Func<double> peek = () => state * state;
        push(x);
        double first = peek();
        push(2);
        return first + Twice(push, peek);
    }

    private static double Twice(Action<double> push, Func<double> peek)
    {
        push(0.5);
        double s = peek();
        push(3);
        return s * peek();
    }

    //? a lambda that captures an array, reads and writes it
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static double CaptureArray(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        Func<int, double> at = i => a[i] * a[i];
        Action<int, double> scale = (i, c) => a[i] *= c;
        scale(1, x[0]);
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += at(i);
        scale(0, 2);
        return s + Apply(i => at((int)i) + a[1], 0);
    }

    //? a captured array parameter, given to a helper that writes another
    //? x = [0.7, 0.2, 1.1], k = 0.4
    [Differentiable]
    public static double CaptureParameterArray(double[] x, double k)
    {
        double[] y = new double[x.Length];
        Fill(y, i => x[i] * k + x[0]);
        return y[0] * y[1] + y[2];
    }

    private static void Fill(Span<double> y, Func<int, double> f)
    {
        for (int i = 0; i < y.Length; i++) y[i] = f(i);
    }

    //? a helper that takes a delegate
    //? x = 0.7
    [Differentiable]
    public static double HelperLambda(double x) => Apply(t => t * t * x, x) + Apply(t => Math.Exp(t), x);

    private static double Apply(Func<double, double> f, double x) => f(x) + f(2 * x);

    //? a method given to a helper: the user's, the framework's, the library's
    //? x = 0.7
    [Differentiable]
    public static double HelperMethod(double x) =>
        Apply(Square, x) + Apply(Math.Sin, x) + Apply(new Func<double, double>(Math.Tanh), x) + Apply(Soft.Softplus, x) + Apply(Custom, x);

    private static double Square(double t) => t * t;

    [CustomVjp(nameof(CustomForward), nameof(CustomBackward)), CustomJvp(nameof(CustomTangent))]
    private static double Custom(double t) => t * t * t;

    private static (double Value, double Residual) CustomForward(double t) => (t * t * t, t);

    private static double CustomBackward(double t, double c) => 3 * t * t * c;

    private static (double Value, double Tangent) CustomTangent(double t, double tT) => (t * t * t, 3 * t * t * tT);

    //? local functions given to helpers, with and without captured variables
    //? x = 0.7
    [Differentiable]
    public static double HelperLocalFunction(double x)
    {
        double k = 1 + x;
        return Apply(Plain, x) + Apply(Capturing, x) + Apply(t => Capturing(t) * 2, x);
        static double Plain(double t) => t * t;
        double Capturing(double t) => k * Plain(t);
    }

    //? an integrator with a lambda that captures parameters
    //? rate = 0.7, y0 = 1.3, n = 5
    [Differentiable]
    public static double RungeKutta(double rate, double y0, int n) => Rk4((t, y) => -rate * y + Math.Sin(rate * t), y0, 0, 1, n);

    private static double Rk4(Func<double, double, double> f, double y, double start, double end, int steps)
    {
        double h = (end - start) / steps;
        for (int i = 0; i < steps; i++)
        {
            double t = start + i * h;
            double k1 = f(t, y);
            double k2 = f(t + h / 2, y + h / 2 * k1);
            double k3 = f(t + h / 2, y + h / 2 * k2);
            double k4 = f(t + h, y + h * k3);
            y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }

        return y;
    }

    //? quadrature with a method
    //? a = 0.2, b = 1.4, n = 6
    [Differentiable]
    public static double Quadrature(double a, double b, int n) => Simpson(Bell, a, b, n);

    private static double Bell(double x) => Math.Exp(-x * x);

    private static double Simpson(Func<double, double> f, double a, double b, int n)
    {
        double h = (b - a) / n, s = f(a) + f(b);
        for (int i = 1; i < n; i++) s += (i % 2 == 0 ? 2 : 4) * f(a + i * h);
        return s * h / 3;
    }

    //? a double integral: a helper called in the lambda that it is given
    //? a = 0.2, b = 1.4
    [Differentiable]
    public static double DoubleIntegral(double a, double b) =>
        Simpson(x => Simpson(y => Math.Sin(x * y) + a * y, 0, b, 4), a, 1, 4);

    //? a recursive helper with a delegate: adaptive quadrature
    //? a = 0.2, b = 1.4
    [Differentiable]
    public static double Adaptive(double a, double b) => Refine(x => Math.Exp(-a * x * x), 0, b, 1e-4, 6);

    private static double Refine(Func<double, double> f, double a, double b, double tolerance, int depth)
    {
        double m = (a + b) / 2, h = b - a;
        double one = h / 6 * (f(a) + 4 * f(m) + f(b));
        double two = h / 12 * (f(a) + 4 * f((a + m) / 2) + 2 * f(m) + 4 * f((m + b) / 2) + f(b));
        if (depth == 0 || Math.Abs(two - one) < tolerance) return two;
        return Refine(f, a, m, tolerance / 2, depth - 1) + Refine(f, m, b, tolerance / 2, depth - 1);
    }

    //? a helper that returns a delegate
    //? x = 0.7
    [Differentiable]
    public static double Returned(double x)
    {
        Func<double, double> a = Scale(x), b = Scale(3);
        return a(x) * b(a(2)) + Scale(x * x)(x);
    }

    private static Func<double, double> Scale(double k)
    {
        double twice = 2 * k;
        return t => twice * t + k;
    }

    //? composition of functions, and of compositions
    //? x = 0.7
    [Differentiable]
    public static double Composed(double x)
    {
        var f = Compose(Math.Sin, Scale(x));
        var g = Compose(f, t => t * t);
        return g(x) + Compose(g, f)(0.3);
    }

    private static Func<double, double> Compose(Func<double, double> outer, Func<double, double> inner) => t => outer(inner(t));

    //? functions with several arguments, one after the other: `a => b => …`
    //? x = 0.7
    [Differentiable]
    public static double Curried(double x)
    {
        Func<double, Func<double, double>> f = a => b => a * b + a * x;
        var g = f(x);
        return g(2) + f(3)(x) * g(x);
    }

    //? a returned delegate with a state of its own
    //? x = 0.7
    [Differentiable]
    public static double ReturnedState(double x)
    {
        var a = Accumulator(x);
        var b = Accumulator(2);
        a(1);
        b(x);
        double s = 0;
        for (int i = 0; i < 3; i++) s += a(x * i) * b(i);
        return s;
    }

    private static Func<double, double> Accumulator(double start)
    {
        double total = start;
        return v =>
        {
            total += v * total;
            return total;
        };
    }

    //? a delegate passed from helper to helper, with another around it
    //? x = 0.7
    [Differentiable]
    public static double PassedOn(double x) => Outer(t => t * x, x);

    private static double Outer(Func<double, double> f, double x) => Apply(f, x) + Apply(t => f(f(t)) + t * x, x);

    //? the derivative by differences in a helper, of a helper
    //? x = 0.7
    [Differentiable]
    public static double Differences(double x)
    {
        Func<Func<double, double>, double, double> slope = (f, t) => (f(t + 0.2) - f(t - 0.2)) / 0.4;
        return slope(t => t * t * x, x) + slope(u => slope(t => Math.Sin(t * x), u), x);
    }

    //? a delegate type of one's own, with several parameters and with spans
    //? y = [1.2, 0.4], k = 0.7
    [Differentiable]
    public static void OwnDelegate(Span<double> y, double k)
    {
        Ternary mix = (a, b, c) => a * b + c;
        Step((t, s, ds) =>
        {
            ds[0] = s[1] * k + t;
            ds[1] = -s[0] * mix(k, s[1], t);
        }, y, 0.1);
        Step(Decay, y, 0.2);
    }

    private static void Decay(double t, ReadOnlySpan<double> y, Span<double> dy)
    {
        for (int i = 0; i < y.Length; i++) dy[i] = -t * y[i] * y[i];
    }

    private static void Step(Flow flow, Span<double> y, double h)
    {
        Span<double> k = stackalloc double[2];
        flow(h, y, k);
        for (int i = 0; i < y.Length; i++) y[i] += h * k[i];
    }

    //? a delegate with `ref` and `out` parameters
    //? x = 0.7
    [Differentiable]
    public static double ByReference(double x)
    {
        Change change = (ref double v, out double twice) =>
        {
            v *= x;
            twice = 2 * v;
        };
        double a = 3;
        change(ref a, out double b);
        return a * b;
    }

    //? a lambda that captures a matrix, and one that returns a matrix
    //? x = [0.7, 0.2]
    [Differentiable]
    public static double CaptureMatrix(double[] x)
    {
        double[,] m = { { x[0], 1 }, { x[1], x[0] * x[1] } };
        Func<int, double> trace = power => Math.Pow(m[0, 0], power) + m[1, 1];
        Func<double, double[,]> scale = k => new double[,] { { k * m[0, 0], k * m[0, 1] }, { m[1, 0], m[1, 1] * k } };
        double before = trace(2);
        m[1, 1] *= 2;
        return before * trace(3) + Sum(2, i => scale(x[0])[i, i] * m[i, 1 - i]);
    }

    private static double Sum(int n, Func<int, double> f)
    {
        double s = 0;
        for (int i = 0; i < n; i++) s += f(i);
        return s;
    }

    //? an element by `ref` to a lambda that uses the array too
    //? x = [0.7, 0.2]
    [Differentiable]
    public static double ElementByReference(double[] x)
    {
        double[] a = [x[0], x[1], x[0] * x[1]];
        Change change = (ref double v, out double twice) =>
        {
            v *= a[1];
            a[2] += v;
            twice = a[0] * v;
            a[0] *= 2;
        };
        change(ref a[0], out double b);
        change(ref a[1], out a[2]);
        return a[0] * a[1] + a[2] * b;
    }

    //? a delegate that returns an array, and one that returns a tuple
    //? x = 0.7
    [Differentiable]
    public static double Returning(double x)
    {
        Func<double, double[]> powers = t => [1, t, t * t * x];
        Func<double, (double Sin, double Cos)> both = t => (Math.Sin(t), Math.Cos(t * x));
        var p = powers(x);
        var (s, c) = both(p[2]);
        return p[1] * s + c + powers(2)[2];
    }

    //? a generic helper, and a generic method given to it
    //? x = 0.7, y = 0.3
    [Differentiable]
    public static double Generic(double x, double y) => Twice<double>(t => t * y, x) + Twice(Cube, x) + (double)Twice(Cube, (float)2);

    private static T Twice<T>(Func<T, T> f, T x) => f(f(x));

    private static T Cube<T>(T x)
        where T : INumber<T> => x * x * x;

    //? delegates in a generic method
    //? T = double, x = 0.7
    //? T = float, x = 0.7
    [Differentiable]
    public static T InGeneric<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        Func<T, T> f = t => t * x + T.Sin(t);
        return Twice(f, x) + Twice(Cube, x);
    }

    //? a helper with a delegate that may be left out
    //? x = 0.7
    [Differentiable]
    public static double Optional(double x) => Solve(t => t * t - x, 1) + Solve(t => t * t - x, 1, t => 2 * t);

    private static double Solve(Func<double, double> f, double x, Func<double, double>? slope = null)
    {
        slope ??= t => (f(t + 1e-3) - f(t - 1e-3)) / 2e-3;
        for (int i = 0; i < 4; i++) x -= f(x) / slope(x);
        return x;
    }

    //? `f == null`, `f ?? g`, and a delegate chosen by a condition that is known
    //? x = 0.7
    [Differentiable]
    public static double Known(double x) => Choose(null, x) + Choose(t => t * t, x);

    private static double Choose(Func<double, double>? f, double x)
    {
        if (f == null) return x;
        Func<double, double> g = f ?? Math.Sin;
        return f is not null ? g(x) * x : 0;
    }

    //? a variable that holds one function after the other
    //? x = 0.7
    [Differentiable]
    public static double Reassigned(double x)
    {
        Func<double, double> f = Math.Sin;
        double s = f(x);
        f = t => t * x;
        s += f(x);
        var g = f;
        f = Math.Cos;
        return s * g(x) + f(x);
    }

    //? a lambda made in every iteration, which captures the variables of that iteration
    //? x = 0.7, n = 4
    [Differentiable]
    public static double PerIteration(double x, int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            double k = x * i;
            Func<double, double> f = t => t * k + i;
            k += 1;
            s += Apply(f, s * 0.1) + f(x);
        }

        return s;
    }

    //? a lambda in a branch and in a loop with `break`
    //? x = 0.7
    [Differentiable]
    public static double InBranches(double x)
    {
        double s = x;
        for (int i = 0; i < 10; i++)
        {
            if (s > 3)
            {
                s = Apply(t => t / s, x);
                break;
            }

            s += Apply(t => t * t + 0.1 * i, s);
        }

        return s;
    }

    //? lambdas on values of value types
    //? x = 0.7, y = 0.3
    [Differentiable]
    public static double OnValues(double x, double y)
    {
        var p = new Pair(x, y);
        Func<Pair, Pair> swap = q => new Pair(q.B * p.A, q.A);
        Func<Pair, double> norm = q => q.A * q.A + q.B;
        Action move = () => p = p with { A = p.A * 2 };
        double s = norm(swap(p));
        move();
        return s + norm(swap(p)) + Map(q => q.B * p.A, p);
    }

    private static double Map(Func<Pair, double> f, Pair p) => f(p with { A = 1 });

    private readonly record struct Pair(double A, double B);

    //? a lambda that throws, as the helper that it is given to does
    //? x = 0.7
    //? x = -1 -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double Throwing(double x) => Apply(t => t > 0 ? Math.Sqrt(t) : throw new ArgumentOutOfRangeException(nameof(x)), x);

    //? `float` lambdas
    //? x = 0.7
    [Differentiable]
    public static float InSingle(float x)
    {
        Func<float, float> f = t => t * t + x;
        return f(x) * f(2) + MathF.Exp(f(0.1f));
    }

    //? a recursive lambda
    //? x = 0.7
    [Differentiable]
    public static double RecursiveLambda(double x)
    {
        Func<int, double> power = null!;
        power = n => n == 0 ? 1 : x * power(n - 1) + n;
        return power(4);
    }

    //? a local function that calls itself and uses variables from around it
    //? x = 0.7
    [Differentiable]
    public static double RecursiveCapture(double x)
    {
        int calls = 0;
        double sum = 0;
        return Power(4) * Even(3) + calls + sum;
        double Power(int n)
        {
            calls++;
            sum += x * n;
            return n == 0 ? x : x * Power(n - 1);
        }

        double Even(int n) => n == 0 ? 1 : x + Odd(n - 1);
        double Odd(int n) => n == 0 ? x : x * Even(n - 1);
    }

    private static readonly Func<double, double> Payoff = s => s > 1 ? s - 1 : 0.1 * s * s;

    //? a delegate in a `static readonly` field
    //? x = 0.7
    [Differentiable]
    public static double StaticField(double x) => Payoff(x) + Apply(Payoff, x) + Apply(t => Payoff(t * x), 2);

    //? Newton's method on a function, with a delegate for the function and one for its slope
    //? a = 2.3
    [Differentiable]
    public static double Newton(double a)
    {
        (double Value, double Slope) F(double x) => (x * x * x - a, 3 * x * x);
        double x = 1;
        for (int i = 0; i < 5; i++) x = NewtonStep(F, x);
        return x;
    }

    private static double NewtonStep(Func<double, (double Value, double Slope)> f, double x)
    {
        var (value, slope) = f(x);
        return x - value / slope;
    }
}
