using System;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>Numbers in fields, properties and arrays.</summary>
public sealed class Perceptron
{
    public double[,] Weights { get; set; } = { { 0.5, -0.25 }, { 0.75, 0.125 }, { -0.5, 1 } };

    public double[] Bias = [0.1, -0.2, 0.3];

    public double[] Output { get; } = [1, -0.5, 0.25];

    public double Offset { get; set; } = 0.5;

    public int Steps = 2;

    public string Name = "perceptron";

    public double Forward(ReadOnlySpan<double> x)
    {
        double sum = Offset;
        for (int i = 0; i < Bias.Length; i++) sum += Output[i] * Unit(x, i);
        return sum;
    }

    private double Unit(ReadOnlySpan<double> x, int i)
    {
        double sum = Bias[i];
        for (int j = 0; j < x.Length; j++) sum += Weights[i, j] * x[j];
        return Math.Tanh(sum);
    }
}

/// <summary>Numbers only, of which some are private.</summary>
public class Oscillator
{
    public double Stiffness = 2;

    private double _damping = 0.1;

    protected double Mass = 1.5;

    public double Frequency => Math.Sqrt(Stiffness / Mass);

    public double Damped(double t) => Math.Exp(-_damping * t) * Math.Cos(Frequency * t);
}

/// <summary>A derived class: its leaves come after those of its base class.</summary>
public sealed class Driven : Oscillator
{
    public double Force { get; private set; } = 0.75;

    public double Response(double t) => Force * Damped(t) + Mass;
}

public readonly record struct CameraPose(double X, double Y, double Angle);

public struct Tinted
{
    public double Red;

    public int Id;

    public double Blue;
}

/// <summary>Values and objects as members.</summary>
public sealed class Scene
{
    public CameraPose Camera { get; set; } = new(0.5, 1, 0.25);

    public Tinted Light = new() { Red = 0.5, Id = 3, Blue = 2 };

    public Oscillator Spring { get; init; } = new();

    public Perceptron Net = new();

    public (double Low, double High) Range = (0.25, 4);
}

/// <summary>A record whose numbers cannot be assigned: its gradient is a new object.</summary>
public sealed record Smile(double Alpha, double Beta, double Rho)
{
    public double[] Curve { get; init; } = [0.5, 0.25];
}

/// <summary>Rows of different lengths, single precision, numbers of three axes.</summary>
public sealed class Ragged
{
    public double[][] Rows = [[1, 2, 3], [4], [0.5, 0.25]];

    public float[] Scales = [0.5f, 2f];

    public float Gain = 1.5f;

    public double[,,] Block = { { { 1, 2 }, { 3, 4 } } };

    public int[] Order = [2, 0, 1];
}

public static partial class Trees
{
    //? A class named in Wrt: fields, properties, arrays and matrices of an object
    //? m = new Perceptron(), x = [0.5, -1]
    //? m = new Perceptron { Offset = -1 }, x = [2, 0.25]
    [Differentiable(Wrt = ["m"])]
    public static double Network(Perceptron m, ReadOnlySpan<double> x)
    {
        double sum = m.Offset;
        for (int i = 0; i < m.Bias.Length; i++)
        {
            double a = m.Bias[i];
            for (int j = 0; j < x.Length; j++) a += m.Weights[i, j] * x[j];
            sum += m.Output[i] * Math.Tanh(a);
        }

        return sum * sum;
    }

    //? Methods of a tree's class, lowered where they are called
    //? m = new Perceptron(), x = [0.5, -1], y = 2
    [Differentiable(Wrt = ["m", "x"])]
    public static double Method(Perceptron m, ReadOnlySpan<double> x, double y)
    {
        double error = m.Forward(x) - y;
        return error * error;
    }

    //? A tree given to helper methods
    //? m = new Perceptron(), x = [0.5, -1]
    [Differentiable(Wrt = ["m"])]
    public static double Helpers(Perceptron m, ReadOnlySpan<double> x) => m.Forward(x) + 0.5 * Penalty(m) + Norm(m.Output);

    private static double Penalty(Perceptron m)
    {
        double sum = 0;
        foreach (double w in m.Weights) sum += w * w;
        return sum;
    }

    private static double Norm(ReadOnlySpan<double> v)
    {
        double sum = 0;
        foreach (double x in v) sum += x * x;
        return Math.Sqrt(sum);
    }

    //? A tree beside other parameters; the integers and texts of it are constants
    //? a = 0.5, m = new Perceptron { Steps = 3, Name = "x" }, x = [0.5, -1]
    //? a = -2, m = new Perceptron { Name = "longer" }, x = [1, 1]
    [Differentiable(Wrt = ["a", "m"])]
    public static double Constants(double a, Perceptron m, ReadOnlySpan<double> x)
    {
        double s = a;
        for (int t = 0; t < m.Steps; t++) s = Math.Sin(s) * m.Name.Length + m.Forward(x);
        return s;
    }

    //? A tree that Wrt does not name is a constant
    //? m = new Perceptron(), other = new Perceptron { Offset = 2 }, x = [0.5, -1]
    [Differentiable(Wrt = ["m"])]
    public static double Frozen(Perceptron m, Perceptron other, ReadOnlySpan<double> x) => m.Forward(x) * other.Offset;

    //? Private and protected members, and properties with bodies
    //? o = new Oscillator(), t = 0.75
    //? o = new Oscillator { Stiffness = 5 }, t = 2
    [Differentiable(Wrt = ["o", "t"])]
    public static double Hidden(Oscillator o, double t) => o.Damped(t) + o.Frequency;

    //? A derived class with leaves of its base class
    //? o = new Driven(), t = 0.75
    [Differentiable(Wrt = ["o"])]
    public static double Derived(Driven o, double t) => o.Response(t) * o.Stiffness;

    //? Values and objects as members of an object
    //? s = new Scene(), x = [0.5, -1]
    [Differentiable(Wrt = ["s"])]
    public static double Nested(Scene s, ReadOnlySpan<double> x)
    {
        CameraPose at = s.Camera with { X = s.Camera.X + s.Light.Red };
        double depth = at.X * Math.Cos(at.Angle) - at.Y * Math.Sin(at.Angle);
        return s.Spring.Damped(depth) * s.Net.Forward(x) + s.Light.Blue * s.Light.Id + s.Range.Low * s.Range.High;
    }

    //? A part of a tree in a variable, and given to a helper
    //? s = new Scene(), x = [0.5, -1]
    [Differentiable(Wrt = ["s"])]
    public static double Parts(Scene s, ReadOnlySpan<double> x)
    {
        Perceptron net = s.Net;
        Oscillator spring = s.Spring;
        double[] bias = net.Bias;
        return Penalty(net) + spring.Frequency * bias[0] * bias[^1] + net.Forward(x);
    }

    //? A record whose numbers cannot be assigned
    //? s = new Smile(0.2, 0.5, -0.3), f = 1.25
    //? s = new Smile(0.4, 0.9, 0.1) { Curve = [1, 2, 3] }, f = 0.75
    [Differentiable(Wrt = ["s", "f"])]
    public static double Remade(Smile s, double f)
    {
        double sum = 0;
        foreach (double c in s.Curve) sum = sum * f + c;
        return s.Alpha * Math.Pow(f, s.Beta) + s.Rho * sum;
    }

    //? A copy of a record in a tree, with other values
    //? s = new Smile(0.2, 0.5, -0.3), f = 1.25
    [Differentiable(Wrt = ["s"])]
    public static double Copied(Smile s, double f)
    {
        Smile bumped = s with { Alpha = s.Alpha * f, Rho = 0.5 };
        return bumped.Alpha * bumped.Beta + bumped.Rho * bumped.Curve[0] * s.Rho;
    }

    //? Rows of different lengths as a member
    //? r = new Ragged(), x = 0.5
    [Differentiable(Wrt = ["r", "x"])]
    public static double RowsOf(Ragged r, double x)
    {
        double sum = 0;
        foreach (double[] row in r.Rows)
        {
            double p = 0;
            for (int i = row.Length - 1; i >= 0; i--) p = p * x + row[i];
            sum += p * p;
        }

        return sum * r.Rows[2][1];
    }

    //? Single precision beside double
    //? r = new Ragged(), x = 0.5
    [Differentiable(Wrt = ["r"])]
    public static float Single(Ragged r, float x) => r.Scales[0] * x * r.Gain + MathF.Exp(r.Scales[1]) * x;

    //? Three axes, and an array of integers as indices
    //? r = new Ragged(), x = 0.5
    [Differentiable(Wrt = ["r"])]
    public static double Axes(Ragged r, double x)
    {
        double sum = 0;
        for (int i = 0; i < r.Block.GetLength(1); i++)
        {
            for (int j = 0; j < r.Block.GetLength(2); j++) sum += r.Block[0, i, j] * r.Block[0, i, j] * x;
        }

        return sum * r.Rows[0][r.Order[0]];
    }

    //? Two trees of one class
    //? a = new Oscillator(), b = new Oscillator { Stiffness = 3 }, t = 0.5
    [Differentiable(Wrt = ["a", "b"])]
    public static double Two(Oscillator a, Oscillator b, double t) => a.Damped(t) * b.Frequency - b.Damped(2 * t);

    //? Members of a tree in branches and loops
    //? m = new Perceptron(), x = [0.5, -1], deep = true
    //? m = new Perceptron(), x = [0.5, -1], deep = false
    [Differentiable(Wrt = ["m"])]
    public static double Branches(Perceptron m, ReadOnlySpan<double> x, bool deep)
    {
        double s = 0;
        for (int t = 0; t < 3; t++)
        {
            if (deep && t > 0) s += m.Forward(x) * m.Offset;
            else if (m.Bias[t] < 0) s -= m.Bias[t] * m.Output[t];
            else s *= m.Offset;
        }

        return s;
    }

    //? A method that writes to a buffer and is differentiated by a tree
    //? m = new Perceptron(), x = [0.5, -1], y = [0, 0, 0]
    [Differentiable(Wrt = ["m", "x"])]
    public static void Layer(Perceptron m, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double sum = m.Bias[i];
            for (int j = 0; j < x.Length; j++) sum += m.Weights[i, j] * x[j];
            y[i] = Math.Max(sum, 0.1 * sum) * m.Offset;
        }
    }

    //? Null tests of a tree and its members
    //? m = new Perceptron(), x = [0.5, -1]
    [Differentiable(Wrt = ["m"])]
    public static double NullTests(Perceptron m, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(m);
        if (m.Bias is null) throw new ArgumentException("bias");
        return m is not null ? m.Forward(x) : 0;
    }

    //? Members of a tree in lambdas and queries
    //? m = new Perceptron(), k = 0.5
    [Differentiable(Wrt = ["m", "k"])]
    public static double Lambdas(Perceptron m, double k)
    {
        double[] bias = m.Bias;
        Func<double, double> scale = v => v * m.Offset * k;
        double Shifted(double v) => scale(v) + m.Output[2];
        double sum = bias.Where(b => b > 0).Select(b => b * m.Offset).Sum();
        return scale(bias[0]) + Shifted(m.Output[1]) + sum;
    }

    //? An operator of the library on the arrays of a tree
    //? m = new Perceptron(), s = 0.5
    [Differentiable(Wrt = ["m"])]
    public static double Operators(Perceptron m, double s) => Soft.LogSumExp(m.Bias) * s + m.Output[0];
}
