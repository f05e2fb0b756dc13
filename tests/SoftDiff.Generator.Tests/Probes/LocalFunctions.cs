using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class LocalFunctions
{
    //? static local functions, recursive too
    //? x = 0.7, y = 0.3
    [Differentiable]
    public static double LocalStatic(double x, double y)
    {
        double s = Square(x) + Rec(y, 3);
        return s * Square(s);
        static double Square(double t) => t * t;
        static double Rec(double t, int n)
        {
            if (n == 0) return 1;
            return t * Rec(t, n - 1) + Square(t);
        }
    }

    //? a local function before its use
    //? x = 0.7
    [Differentiable]
    public static double LocalPlain(double x)
    {
        double F(double t) => Math.Sin(t) * t;
        double s = 0;
        for (int i = 1; i < 4; i++) s += F(x * i);
        return s;
    }

    //? local functions of a generic helper, generic themselves
    //? x = 0.7
    [Differentiable]
    public static double LocalGeneric(double x) => Outer(x) + (double)Outer((float)2);

    //? a local function that reads variables from around it
    //? x = 0.7
    [Differentiable]
    public static double LocalCapture(double x)
    {
        double k = x * 2;
        return F(3) + F(x);
        double F(double t) => t * k;
    }

    //? a local function that assigns variables from around it
    //? x = 0.7
    [Differentiable]
    public static double LocalCaptureWrite(double x)
    {
        double acc = 0;
        for (int i = 0; i < 3; i++) Add(x * i);
        return acc * acc;
        void Add(double t)
        {
            acc += t * t + acc * 0.1;
        }
    }

    //? local functions in conditions, nested, with arrays and `ref` parameters
    //? x = [0.7, 0.2, 1.1, 0.5]
    [Differentiable]
    public static double Locals(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        double acc = 0, last = 1;
        int count = 0;
        bool Step(int i)
        {
            if (i >= a.Length) return false;
            double t = Weight(a[i]);
            for (int k = 0; k < 2; k++)
            {
                double u = t * k;
                acc += u;
                if (u > 0.3)
                {
                    count++;
                    Reset(ref last);
                }
            }

            a[i] *= last;
            return acc < 3;
            double Weight(double v) => v * v + last;
        }

        int j = 0;
        while (Step(j)) j++;
        void Reset(ref double v)
        {
            v *= 0.5;
            acc += v;
        }

        return acc * a[0] + count + last * a[1];
    }

    //? a local function that makes arrays around it change places
    //? x = [0.5, -1, 0.3], n = 3
    [Differentiable]
    public static double SwapInside(ReadOnlySpan<double> x, int n)
    {
        double[] a = x.ToArray(), b = new double[x.Length];
        int calls = 0;
        for (int k = 0; k < n; k++) Step(0.5 + k);
        return a[0] * a[1] + b[2] * calls;
        void Step(double c)
        {
            for (int i = 0; i < a.Length; i++) b[i] = Math.Sin(c * a[i]) + a[(i + 1) % a.Length] * 0.5;
            Swap();
            calls++;
        }

        void Swap() => (a, b) = (b, a);
    }

    private static T Outer<T>(T v)
        where T : IFloatingPointIeee754<T>
    {
        return Inner(v) + Inner2(v);
        static T Inner(T t) => t * t;
        static U Inner2<U>(U t)
            where U : IFloatingPointIeee754<U> => U.Sin(t);
    }
}
