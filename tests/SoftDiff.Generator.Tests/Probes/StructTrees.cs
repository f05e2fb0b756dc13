using System;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>Numbers, an array of them, and members that have no derivative.</summary>
public struct Neuron
{
    public double[] Weights;

    public double Bias;

    public int Power;

    public string Name;

    public double Forward(ReadOnlySpan<double> x)
    {
        double sum = Bias;
        for (int i = 0; i < Weights.Length; i++) sum += Weights[i] * x[i];
        return Math.Tanh(sum);
    }
}

public record struct LinearModel(double[,] A, double[] B, double C);

/// <summary>Members that nobody can assign, of which one is private.</summary>
public readonly struct FixedPolynomial
{
    private readonly double _scale;

    public FixedPolynomial(double[] coefficients, double scale) => (Coefficients, _scale) = (coefficients, scale);

    public double[] Coefficients { get; }

    public double this[double x]
    {
        get
        {
            double sum = 0;
            for (int i = Coefficients.Length - 1; i >= 0; i--) sum = sum * x + Coefficients[i];
            return sum * _scale;
        }
    }
}

/// <summary>Structs with arrays inside a struct, rows of different lengths, single precision.</summary>
public struct Stacked
{
    public Neuron First;

    public FixedPolynomial Last { get; set; }

    public double[][] Rows;

    public float[] Gains;

    public (double Low, double High) Range;
}

/// <summary>Structs with arrays inside an object.</summary>
public sealed class Committee
{
    public Neuron Left { get; set; } = new() { Weights = [0.5, -1], Bias = 0.25 };

    public LinearModel Right = new(new double[,] { { 1, 2 }, { 0.5, -1 } }, [0.5, 2], 1);

    public double Mix = 0.75;
}

/// <summary>Objects inside a struct.</summary>
public struct Workshop
{
    public Oscillator Spring;

    public Perceptron Net;

    public double[] Offsets;
}

/// <summary>An array of integers beside numbers: the gradient needs no memory.</summary>
public struct Indexed
{
    public int[] Order;

    public double X;

    public double Y;
}

public static partial class StructTrees
{
    //? A struct with an array: its gradient is a variable of the caller's
    //? n = new Neuron { Weights = [0.5, -1], Bias = 0.25 }, x = [0.5, 2]
    //? n = new Neuron { Weights = [], Bias = -0.5, Power = 2, Name = "empty" }, x = []
    [Differentiable]
    public static double Member(Neuron n, ReadOnlySpan<double> x)
    {
        double sum = n.Bias;
        for (int i = 0; i < n.Weights.Length; i++) sum += n.Weights[i] * x[i];
        return sum * sum + n.Power;
    }

    //? Methods of such a struct, and helpers that get it by value or by in
    //? n = new Neuron { Weights = [0.5, -1], Bias = 0.25 }, x = [0.5, 2]
    [Differentiable]
    public static double Helpers(Neuron n, ReadOnlySpan<double> x) => n.Forward(x) + Norm(n) * Largest(in n);

    private static double Norm(Neuron n)
    {
        double sum = n.Bias * n.Bias;
        foreach (double w in n.Weights) sum += w * w;
        return Math.Sqrt(sum);
    }

    private static double Largest(in Neuron n)
    {
        double largest = double.NegativeInfinity;
        foreach (double w in n.Weights) largest = Math.Max(largest, w);
        return largest;
    }

    //? A record struct with a matrix, passed by in
    //? m = new LinearModel(new double[,] { { 1, 2 }, { 0.5, -1 } }, [0.5, 2], 1.5), x = 0.75
    [Differentiable]
    public static double ByIn(in LinearModel m, double x)
    {
        double sum = m.C;
        for (int i = 0; i < m.A.GetLength(0); i++)
        {
            for (int j = 0; j < m.A.GetLength(1); j++) sum += m.A[i, j] * m.B[j] * Math.Sin(x * m.C);
        }

        return sum;
    }

    //? A readonly struct with an indexer, and private members
    //? p = new FixedPolynomial([1, -2, 0.5], 1.5), x = 0.75
    //? p = new FixedPolynomial([2], -0.5), x = 2
    [Differentiable]
    public static double Indexer(FixedPolynomial p, double x) => p[x] * p.Coefficients[0];

    //? Structs with arrays in a struct
    //? s = new Stacked { First = new Neuron { Weights = [1, -0.5], Bias = 0.5 }, Last = new FixedPolynomial([1, 2], 0.5), Rows = [[1], [0.5, 2]], Gains = [0.5f], Range = (0.25, 4) }, x = [0.5, 2]
    [Differentiable]
    public static double Nested(Stacked s, ReadOnlySpan<double> x)
    {
        double sum = s.Range.Low * s.Range.High * s.Gains[0];
        foreach (double[] row in s.Rows)
        {
            foreach (double w in row) sum += w * w;
        }

        return sum * s.First.Forward(x) + s.Last[x[0]];
    }

    //? Structs with arrays in an object
    //? c = new Committee(), x = [0.5, 2]
    [Differentiable(Wrt = ["c", "x"])]
    public static double InObject(Committee c, ReadOnlySpan<double> x) => c.Mix * c.Left.Forward(x) + (1 - c.Mix) * ByIn(c.Right, x[1]);

    //? Objects in a struct
    //? w = new Workshop { Spring = new Oscillator(), Net = new Perceptron(), Offsets = [0.5, 2] }, x = [0.5, -1]
    [Differentiable]
    public static double Objects(Workshop w, ReadOnlySpan<double> x) => w.Spring.Damped(w.Offsets[0]) * w.Net.Forward(x) + w.Offsets[1];

    //? A struct with an array of integers: its gradient is a value
    //? d = new Indexed { Order = [1, 3], X = 0.5, Y = -2 }
    [Differentiable]
    public static double Integers(Indexed d) => d.X * d.Order[1] * d.Y + Math.Exp(d.X);

    //? A copy of a struct with arrays, with other values, in branches and loops
    //? m = new LinearModel(new double[,] { { 1, 2 } }, [0.5, 2], 1.5), k = 0.75
    //? m = new LinearModel(new double[,] { { 1, 2 } }, [0.5, 2], 1.5), k = -0.75
    [Differentiable]
    public static double Copies(LinearModel m, double k)
    {
        LinearModel h = m;
        for (int i = 0; i < 3; i++) h = h with { C = h.C * k + m.B[0] };
        LinearModel other = k > 0 ? h : m with { B = [k, m.C] };
        return other.C * other.B[1] + m.C;
    }

    //? A struct with arrays made by the method
    //? m = new LinearModel(new double[,] { { 1, 2 } }, [0.5, 2], 1.5), k = 0.75
    [Differentiable]
    public static double Made(LinearModel m, double k)
    {
        var doubled = new LinearModel(m.A, [m.B[0] * k, m.B[1] * k], m.C + k);
        var (a, b, c) = doubled;
        return a[0, 1] * b[0] + b[1] * c * Math.Cos(doubled.C);
    }

    //? Constant structs with arrays: two of them may share one
    //? a = new Neuron { Weights = [0.5, -1], Bias = 0.25 }, b = new Neuron { Weights = [2, 3] }, x = [0.5, 2]
    [Differentiable(Wrt = ["x"])]
    public static double Constants(Neuron a, [NonDifferentiable] Neuron b, ReadOnlySpan<double> x) => a.Forward(x) * b.Forward(x);

    //? A pattern of a struct with arrays
    //? m = new LinearModel(new double[,] { { 1 } }, [0.5, 2], 1.5)
    //? m = new LinearModel(new double[,] { { 1 } }, [0.5, 2], -1.5)
    [Differentiable]
    public static double Pattern(LinearModel m) => m is { C: > 0 and var c } ? c * m.B[0] : m.A[0, 0] * m.C;

    //? A method that writes to a buffer and is differentiated by a struct with arrays
    //? m = new LinearModel(new double[,] { { 1, 2 }, { 0.5, -1 } }, [0.5, 2], 1.5), x = [1, -2], y = [0, 0]
    [Differentiable]
    public static void Layer(LinearModel m, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double sum = m.B[i];
            for (int j = 0; j < x.Length; j++) sum += m.A[i, j] * x[j];
            y[i] = Math.Max(sum, m.C * sum);
        }
    }
}
