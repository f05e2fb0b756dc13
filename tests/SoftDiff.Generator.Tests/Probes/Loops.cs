using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Loops
{
    //? `for` with a carried value
    //? x = 0.9, n = 6
    //? x = 0.9, n = 1
    [Differentiable]
    public static double Recurrence(double x, int n)
    {
        double s = x;
        for (int t = 0; t < n; t++)
        {
            s = Math.Sin(s) * x;
        }

        return s;
    }

    //? loops that never run
    //? x = 0.9, n = 0
    //? x = 0.9, n = -3
    [Differentiable]
    public static double ZeroTrips(double x, int n)
    {
        double s = x * x;
        for (int i = 0; i < n; i++)
        {
            s = s * s;
        }

        return s + x;
    }

    //? a running product
    //? x = [1.2, 0.5, -0.8, 2]
    //? x = [0, 3, 2]
    //? x = []
    [Differentiable]
    public static double RunningProduct(ReadOnlySpan<double> x)
    {
        double p = 1;
        for (int i = 0; i < x.Length; i++)
        {
            p *= x[i];
        }

        return p;
    }

    //? loops nested two deep
    //? x = 0.6, rows = 3, columns = 2
    [Differentiable]
    public static double NestedTwo(double x, int rows, int columns)
    {
        double s = 0;
        for (int i = 0; i < rows; i++)
        {
            double r = 1;
            for (int j = 0; j < columns; j++)
            {
                r = r * x + i;
                s += r * r;
            }

            s *= x;
        }

        return s;
    }

    //? loops nested three deep
    //? x = 0.6, y = 1.1
    [Differentiable]
    public static double NestedThree(double x, double y)
    {
        double s = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double p = x;
                for (int k = 0; k < 2; k++)
                {
                    p *= y + 0.1 * k;
                    s += p * (i + 1) - j * x;
                }
            }
        }

        return s * s;
    }

    //? triangular bounds
    //? x = [0.5, 1.5, -0.5, 2]
    [Differentiable]
    public static double Triangular(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                s += x[i] * x[j] * (j + 1);
            }

            for (int j = i; j < x.Length; j++)
            {
                s -= x[i] * x[i] * x[j];
            }
        }

        return s;
    }

    //? bounds that are expressions
    //? x = 0.8, n = 3
    [Differentiable]
    public static double BoundExpressions(double x, int n)
    {
        double s = 1;
        for (int i = n - 2; i < 2 * n - 1; i++)
        {
            s = s * x + i;
        }

        return s;
    }

    //? a bound that the body changes
    //? x = 0.8, n = 8
    [Differentiable]
    public static double ShrinkingBound(double x, int n)
    {
        double s = 1;
        for (int i = 0; i < n; i++)
        {
            s *= x + i;
            n--;
        }

        return s;
    }

    //? descending loops
    //? x = [1, -2, 0.5, 3], y = 0.7
    [Differentiable]
    public static double Descending(ReadOnlySpan<double> x, double y)
    {
        double s = 0;
        for (int i = x.Length - 1; i >= 0; i--)
        {
            s = s * y + x[i];
        }

        return s;
    }

    //? steps other than one
    //? x = [1, -2, 0.5, 3, 0.25]
    [Differentiable]
    public static double StepTwo(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i += 2)
        {
            s += x[i] * x[i];
        }

        for (int i = x.Length - 1; i > 0; i -= 3)
        {
            s *= x[i];
        }

        return s;
    }

    //? `<=` and `!=` conditions
    //? x = 1.1, n = 4
    [Differentiable]
    public static double InclusiveBound(double x, int n)
    {
        double s = 0;
        for (int i = 1; i <= n; i++)
        {
            s += Math.Pow(x, i) / i;
        }

        for (int i = 0; i != n; i++)
        {
            s *= x;
        }

        return s;
    }

    //? a doubling loop variable
    //? x = 0.9, n = 20
    [Differentiable]
    public static double Doubling(double x, int n)
    {
        double s = x;
        for (int i = 1; i < n; i *= 2)
        {
            s = s * s + x / i;
        }

        return s;
    }

    //? `while`
    //? x = 37.5
    //? x = 0.5
    [Differentiable]
    public static double While(double x)
    {
        double s = x;
        while (s > 1)
        {
            s = s / 2 - 0.1 / s;
        }

        return s * x;
    }

    //? `do` … `while`
    //? x = 20.3
    //? x = 0.4
    [Differentiable]
    public static double DoWhile(double x)
    {
        double s = x;
        do
        {
            s = Math.Sqrt(s) * 1.1;
        }
        while (s > 2);

        return s * s * x;
    }

    //? a `double` counter
    //? x = 0.4
    [Differentiable]
    public static double DoubleCounter(double x)
    {
        double s = 0;
        for (double t = 0; t < 1; t += 0.25)
        {
            s += Math.Exp(-t * x) * 0.25;
        }

        return s;
    }

    //? a differentiable counter
    //? x = 0.31
    [Differentiable]
    public static double ActiveCounter(double x)
    {
        double s = 1;
        for (double t = x; t < 1; t += x)
        {
            s *= 1 + t * t;
        }

        return s;
    }

    //? a loop variable changed in the body
    //? x = [1, 2, 3, 4, 5, 6, 7]
    [Differentiable]
    public static double ChangedVariable(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            s = s * 0.5 + x[i] * x[i];
            if (i % 2 == 1) i++;
        }

        return s;
    }

    //? two loop variables
    //? x = [1, 2, 3, 4, 5]
    [Differentiable]
    public static double TwoVariables(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0, j = x.Length - 1; i < j; i++, j--)
        {
            s += x[i] * x[j] * x[j];
        }

        return s;
    }

    //? `for` with parts left out
    //? x = 0.4
    [Differentiable]
    public static double EmptyParts(double x)
    {
        int i = 0;
        double s = x;
        for (; i < 3;)
        {
            s *= s + 1;
            i++;
        }

        for (; ; )
        {
            s += x;
            if (++i > 5) break;
        }

        return s;
    }

    //? the loop variable in the arithmetic
    //? x = 0.4, n = 4
    [Differentiable]
    public static double VariableInArithmetic(double x, int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += (i + 0.5) * x * x / (i + x);
        }

        return s;
    }

    //? `foreach` over a span
    //? x = [0.5, -1, 2]
    [Differentiable]
    public static double ForEachSpan(ReadOnlySpan<double> x)
    {
        double s = 1;
        foreach (double value in x)
        {
            s = s * value + Math.Exp(value);
        }

        return s;
    }

    //? `foreach` over an array
    //? x = [0.5, -1, 2]
    [Differentiable]
    public static double ForEachArray(double[] x)
    {
        double s = 0;
        foreach (var value in x)
        {
            s += value * value * value;
        }

        return s;
    }

    //? `foreach` over integers
    //? x = 1.3, powers = [0, 2, 3]
    [Differentiable]
    public static double ForEachInteger(double x, ReadOnlySpan<int> powers)
    {
        double s = 0;
        foreach (int p in powers)
        {
            double t = 1;
            for (int k = 0; k < p; k++) t *= x;
            s += t;
        }

        return s;
    }

    //? an `if` inside a loop
    //? x = [0.5, -1, 2, -3]
    [Differentiable]
    public static double BranchInLoop(ReadOnlySpan<double> x)
    {
        double s = 0.1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > 0)
            {
                s = s * x[i] + 1;
            }
            else
            {
                s -= x[i] * s;
            }
        }

        return s;
    }

    //? a loop inside an `if`
    //? x = 1.4, n = 3
    //? x = -1.4, n = 3
    [Differentiable]
    public static double LoopInBranch(double x, int n)
    {
        double s = x;
        if (x > 0)
        {
            for (int i = 0; i < n; i++) s = s * x;
        }
        else
        {
            while (s < -0.1) s = s * 0.5;
        }

        return s;
    }

    //? a running maximum
    //? x = [0.5, -1, 2, 1.5]
    //? x = [3, 1]
    [Differentiable]
    public static double RunningMaximum(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > max)
            {
                max = x[i];
            }
        }

        return max * max;
    }

    //? log-sum-exp by hand
    //? x = [0.5, -1, 2, 1.5]
    //? x = [800, 801, 799]
    [Differentiable]
    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        double max = x[0];
        for (int i = 1; i < x.Length; i++) max = Math.Max(max, x[i]);
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += Math.Exp(x[i] - max);
        return max + Math.Log(sum);
    }

    //? a polynomial by Horner's rule
    //? coefficients = [1, -2, 0.5, 3], x = 1.2
    [Differentiable]
    public static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = value * x + coefficients[i];
        }

        return value;
    }

    //? Newton's iteration with a test for convergence
    //? a = 2.5
    //? a = 40
    [Differentiable]
    public static double Newton(double a)
    {
        double x = a;
        for (int i = 0; i < 50; i++)
        {
            double next = 0.5 * (x + a / x);
            bool done = Math.Abs(next - x) < 1e-14 * a;
            x = next;
            if (done) break;
        }

        return x * a;
    }

    //? steps of a Runge–Kutta method
    //? y = 0.7, k = 1.3
    [Differentiable]
    public static double RungeKutta(double y, double k)
    {
        const double h = 0.1;
        for (int step = 0; step < 5; step++)
        {
            double k1 = k * y * (1 - y);
            double y2 = y + h / 2 * k1;
            double k2 = k * y2 * (1 - y2);
            double y3 = y + h / 2 * k2;
            double k3 = k * y3 * (1 - y3);
            double y4 = y + h * k3;
            double k4 = k * y4 * (1 - y4);
            y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }

        return y;
    }

    //? a mean squared error, with passive data
    //? w = 0.7, b = -0.2, inputs = [1, 2, 3], targets = [0.5, 1.5, 1]
    [Differentiable(Wrt = ["w", "b"])]
    public static double MeanSquaredError(double w, double b, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
    {
        double total = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            double error = w * inputs[i] + b - targets[i];
            total += error * error;
        }

        return total / inputs.Length;
    }

    //? a function of a sum, so that the loop must be run again
    //? x = [0.5, 1.5, 2, 0.1, 0.2, 0.3, 0.4, 0.9, 1.1]
    [Differentiable]
    public static double FunctionOfSum(ReadOnlySpan<double> x)
    {
        double total = 0;
        for (int i = 0; i < x.Length; i++) total += Math.Exp(x[i]) * x[i];
        return Math.Sqrt(total) * total;
    }

    //? many trips
    //? x = 0.999, n = 5000
    [Differentiable]
    public static double ManyTrips(double x, int n)
    {
        double s = 1;
        for (int i = 0; i < n; i++)
        {
            s = 0.5 * s + Math.Cos(s) * x * 0.1;
        }

        return s;
    }

    //? neighbouring elements of an array
    //? x = [0.3, -1.2, 0.8, 2.1, -0.4], from = 1
    //? x = [0.3, -1.2, 0.8], from = 1
    //? x = [1.5, 2], from = 1
    //? x = [0.5, 1, -2, 3], from = 2
    [Differentiable]
    public static double Neighbours(ReadOnlySpan<double> x, int from)
    {
        double s = 0;
        for (int i = from; i < x.Length - 1; i++)
        {
            double bend = x[i - 1] - 2 * x[i] + x[i + 1];
            s += bend * bend * x[i];
        }

        return s;
    }

    //? neighbouring elements of an array, the last first
    //? x = [0.3, -1.2, 0.8, 2.1, -0.4], from = 1
    //? x = [1.5, 2], from = 1
    //? x = [0.5, 1, -2, 3], from = 2
    [Differentiable]
    public static double NeighboursBackwards(ReadOnlySpan<double> x, int from)
    {
        double s = 0;
        for (int i = from; i < x.Length - 1; i++)
        {
            double bend = x[i + 1] - 2 * x[i] + x[i - 1];
            s += bend * bend;
        }

        return s;
    }

    //? a running value that each iteration reads through an array, under a factor known after the loop
    //? a = 0.3, b = 0.7, n = 3
    //? a = 0.3, b = 0.7, n = 0
    [Differentiable]
    public static double ReadThroughAnArray(double a, double b, int n)
    {
        for (int i = 0; i < n; i++)
        {
            double[] m = new double[2];
            for (int j = 0; j < 2; j++) m[j] = Math.Sin(b + j);
            b--;
            a += m[1];
        }

        return a * b;
    }

    //? a running value that each iteration reads through an array, of which the end has no derivative
    //? a = 0.3, b = 0.7, n = 3
    [Differentiable]
    public static double ReadThroughAnArrayAndStopped(double a, double b, int n)
    {
        for (int i = 0; i < n; i++)
        {
            double[] m = new double[2];
            for (int j = 0; j < 2; j++) m[j] = Math.Sin(b + j);
            b--;
            a += m[1];
        }

        return a * Math.Floor(b);
    }

    //? neighbouring elements of an array that changes, and of one read in branches
    //? x = [0.3, -1.2, 0.8, 2.1], y = [1, 0.5, -1, 2]
    //? x = [0.3], y = [1]
    [Differentiable]
    public static double ChangingNeighbours(ReadOnlySpan<double> x, Span<double> y)
    {
        double s = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            y[i + 1] += y[i] * x[i + 1];
            if (x[i] > 0) s += x[i] * x[i + 1];
            else s -= y[i] * y[i + 1];
        }

        return s;
    }

    //? a running sum that passes through an array made in the iteration
    //? a = 0.7, x = [0.5, -1.5, 2]
    [Differentiable]
    public static double SumThroughArray(double a, double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double[] c = new double[4];
            c[1] = a - x[i];
            for (int j = 0; j < 4; j++) a += 0.2 * c[j];
        }

        return a;
    }

    //? a running sum that passes through copies, fills and rules
    //? a = 0.7, x = [0.5, -1.5, 2]
    [Differentiable]
    public static double SumThroughCopies(double a, double[] x)
    {
        double s = a, t = a, u = a;
        for (int i = 0; i < x.Length; i++)
        {
            double[] c = [x[i], x[0]], d = new double[2], e = new double[2];
            c[0] += s;
            c.CopyTo(d, 0);
            s += d[0] * x[i];
            Array.Fill(e, t * x[i]);
            t += e[1];
            Soft.Softmax([u, x[i]], d);
            u += d[0] * x[1];
        }

        return s * t * u;
    }

    //? a running sum that each iteration writes to a span, `y[i] = s`
    //? a = 0.7, x = [0.5, -1.5, 2, 0.3], y = [0.1, 0.4, -0.6, 1.2]
    [Differentiable]
    public static double SumsWritten(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            s += a * x[i];
            y[i] = s;
        }

        return s;
    }

    //? running sums that are added to elements, copied to rows and given to rules on the way
    //? a = 0.7, x = [0.5, -1.5, 2], y = [0.1, 0.4, -0.6], z = [1, 2, 3, 4, 5, 6]
    [Differentiable]
    public static double SumsGiven(double a, ReadOnlySpan<double> x, Span<double> y, Span<double> z)
    {
        double s = 0, t = 0, u = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] -= 0.7 * s;
            s += a * a * x[i];
            Span<double> pair = [t, x[i]];
            t += Math.Sin(a * x[i]);
            for (int j = 0; j < 2; j++) z[(2 * i) + j] = pair[j] + u;
            u += a;
        }

        double v = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Soft.Softmax([v, z[(2 * i) + 1]], z.Slice(2 * i, 2));
            v += x[i] * a;
        }

        return s * t * u;
    }

    //? loops upwards from the least integer, each of whose factors is saved
    //? x = 0.7, n = -2147483648
    [Differentiable]
    public static double FromLeast(double x, int n)
    {
        double s = 1, t = x;
        for (int i = n; i < n + 3; i++) s = Math.Sin(s) * x;
        for (int i = n; i <= n + 4; i += 2) s = Math.Sin(s) + (x * (i - n));
        for (int i = n; i < n + 3; i++)
        {
            for (int j = i; j <= n + 2; j++) t = Math.Sin(t * x) + (0.1 * (j - i));
        }

        return s * t;
    }

    //? loops downwards from the greatest integer
    //? x = 0.7, n = 2147483647
    [Differentiable]
    public static double FromGreatest(double x, int n)
    {
        double s = 1, t = x;
        for (int i = n; i > n - 3; i--) s = Math.Sin(s) * x;
        for (int i = n; i >= n - 4; i -= 2) s = Math.Sin(s) + (x * (n - i));
        for (int i = n; i > n - 3; i--)
        {
            for (int j = i; j >= n - 2; j--) t = Math.Sin(t * x) + (0.1 * (i - j));
        }

        return s * t;
    }

    //? the same at the ends of the long integers
    //? x = 0.7, n = -9223372036854775808, m = 9223372036854775807
    [Differentiable]
    public static double LongEnds(double x, long n, long m)
    {
        double s = 1;
        for (long i = n; i < n + 3; i++) s = Math.Sin(s) * x;
        for (long i = m; i > m - 5; i -= 2) s = Math.Sin(s) * x;
        for (long i = 0; i < n; i++) s = Math.Sin(s);
        return s;
    }

    //? loops that never run, because the end lies at the other end of the type
    //? x = 0.7, n = -2147483648, m = 2147483647
    [Differentiable]
    public static double EmptyAtEnds(double x, int n, int m)
    {
        double s = x;
        for (int i = 0; i < n; i++) s = Math.Sin(s);
        for (int i = 1; i < n; i++) s = Math.Sin(s) * x;
        for (int i = 5; i < n; i += 2) s = Math.Sin(s) * x;
        for (int i = 5; i <= n; i += 3) s = Math.Sin(s) * x;
        for (int i = 7; i > m; i--) s = Math.Sin(s) * x;
        for (int i = -7; i >= m; i -= 2) s = Math.Sin(s) * x;
        for (int i = m; i < n; i++) s = Math.Sin(s) * x;
        return s * x;
    }

    //? a distance between the bounds that the type does not hold, in wide strides
    //? x = 0.7, n = -2147483648, m = 1000000000
    [Differentiable]
    public static double Wide(double x, int n, int m)
    {
        double s = x;
        for (int i = n; i < m; i += 1 << 30) s = Math.Sin(s) * x;
        for (int i = m; i >= n + 300000000; i -= 500000000) s = Math.Sin(s) * x;
        return s;
    }
}
