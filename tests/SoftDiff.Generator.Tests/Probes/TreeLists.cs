using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>A layer with a matrix, an array, a number and what is no number to differentiate.</summary>
public sealed class Layer(int inputs, int outputs)
{
    public double[,] W = Filled(inputs, outputs);

    public double[] B { get; set; } = new double[outputs];

    public double Scale = 1.25;

    public bool IsLinear { get; init; }

    public int Inputs { get; } = inputs;

    public int Outputs => B.Length;

    public double[] Apply(double[] x)
    {
        double[] y = new double[B.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double sum = B[i];
            for (int j = 0; j < x.Length; j++) sum += W[i, j] * x[j];
            y[i] = IsLinear ? sum : Math.Tanh(Scale * sum);
        }

        return y;
    }

    private static double[,] Filled(int inputs, int outputs)
    {
        double[,] w = new double[outputs, inputs];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < inputs; j++) w[i, j] = Math.Sin(1 + i + 2 * j);
        }

        return w;
    }
}

/// <summary>A model with its layers in an array.</summary>
public sealed class Mlp
{
    public Layer[] Layers = [new(2, 3), new(3, 2), new(2, 1) { IsLinear = true }];

    public double Decay = 0.125;

    public double[] Forward(double[] x)
    {
        double[] h = x;
        foreach (Layer layer in Layers) h = layer.Apply(h);
        return h;
    }
}

/// <summary>A mass in a chain: single numbers, one of them in a value, and a private one.</summary>
public class Mass(double weight)
{
    private double _damping = 0.5;

    public double Weight { get; set; } = weight;

    public CameraPose Place = new(0.25, 0.5, weight);

    public int Steps = 2;

    public double Energy(double v) => 0.5 * Weight * v * v - _damping * Place.X;
}

/// <summary>A list of objects with objects in them.</summary>
public sealed class Chain
{
    public List<Mass> Masses { get; } = [new(1), new(2.5), new(0.75)];

    public Pair[] Pairs { get; init; } = [new(), new() { Left = { Weight = 3 } }];

    public double Gravity = 9.5;
}

/// <summary>Objects in an object of a list.</summary>
public sealed class Pair
{
    public Mass Left { get; } = new(1.5);

    public double[] Springs = [0.5, 2];
}

/// <summary>A record whose numbers cannot be assigned, in an array.</summary>
public sealed record Knot(double Time, double Rate)
{
    public double[] Weights { get; init; } = [1, Rate];
}

/// <summary>Knots in an array.</summary>
public sealed record Bend(Knot[] Knots, double Level);

/// <summary>Single precision in a list.</summary>
public sealed class Filters
{
    public float Gain = 0.5f;

    public List<Filter> All = [new(), new() { Taps = [0.5f] }];
}

/// <summary>A filter.</summary>
public sealed class Filter
{
    public float[] Taps = [1, -0.5f];

    public float Rate = 0.25f;
}

/// <summary>Parameters of a class that its methods use, and an object that changes its own.</summary>
public sealed class Blend(double share, double[] weights)
{
    public double Of(double x) => share * x + (1 - share) * weights[1];
}

/// <summary>A sum in a parameter of the class.</summary>
public sealed class Total(double sum)
{
    public double Add(double x)
    {
        sum += x * x;
        return sum;
    }
}

/// <summary>Blends in a list.</summary>
public sealed class Mixture
{
    public Blend First = new(0.25, [1, 2]);

    public List<Blend> Others = [new(0.5, [1, 3]), new(0.75, [2, 0.5])];
}

public static partial class TreeLists
{
    //? Layers in an array, with foreach and a method of each
    //? m = new Mlp(), x = [0.5, -1]
    [Differentiable(Wrt = ["m", "x"])]
    public static double Layers(Mlp m, double[] x)
    {
        double y = m.Forward(x)[0];
        return y * y + m.Decay * y;
    }

    //? The numbers of all layers with indices
    //? m = new Mlp(), s = 0.75
    [Differentiable(Wrt = ["m", "s"])]
    public static double Squares(Mlp m, double s)
    {
        double sum = 0;
        for (int l = 0; l < m.Layers.Length; l++)
        {
            for (int i = 0; i < m.Layers[l].W.GetLength(0); i++)
            {
                for (int j = 0; j < m.Layers[l].W.GetLength(1); j++) sum += m.Layers[l].W[i, j] * m.Layers[l].W[i, j];
                sum += m.Layers[l].B[i] * s;
            }

            sum *= m.Layers[l].Scale;
        }

        return sum * m.Decay;
    }

    //? One layer in a variable, and the last one
    //? m = new Mlp(), x = [0.5, -1]
    [Differentiable(Wrt = ["m"])]
    public static double Ends(Mlp m, double[] x)
    {
        Layer first = m.Layers[0];
        var last = m.Layers[^1];
        double[] y = first.Apply(x);
        return y[0] * last.W[0, 1] * last.Scale + y[^1] * first.B[1] * first.Inputs;
    }

    //? One of two layers
    //? m = new Mlp(), second = true
    //? m = new Mlp(), second = false
    [Differentiable(Wrt = ["m"])]
    public static double Choice(Mlp m, bool second)
    {
        var layer = second ? m.Layers[1] : m.Layers[0];
        double sum = layer.Scale;
        foreach (double b in layer.B) sum += b * b + layer.W[0, 0];
        return sum * sum;
    }

    //? The layers of a tree in a helper, also as a list that is only read
    //? m = new Mlp(), c = new Chain(), x = [0.5, -1]
    [Differentiable(Wrt = ["m", "c"])]
    public static double Helpers(Mlp m, Chain c, double[] x) => Scaled(m.Layers) * Weight(c.Masses) + Scaled(m.Layers) * x[0];

    private static double Scaled(Layer[] layers)
    {
        double total = 0;
        for (int l = layers.Length - 1; l >= 0; l--) total = total * layers[l].Scale + layers[l].W[0, 1];
        return total;
    }

    private static double Weight(IReadOnlyList<Mass> masses)
    {
        double weight = 1;
        for (int i = 0; i < masses.Count; i++) weight *= masses[i].Weight;
        return weight;
    }

    //? A list of objects with single numbers and values, also private ones
    //? c = new Chain(), v = 0.5
    [Differentiable(Wrt = ["c", "v"])]
    public static double Energies(Chain c, double v)
    {
        double energy = 0;
        foreach (var mass in c.Masses)
        {
            for (int i = 0; i < mass.Steps; i++) energy += mass.Energy(v) + c.Gravity * mass.Weight * mass.Place.Y;
        }

        return energy;
    }

    //? Objects in the objects of an array
    //? c = new Chain(), v = 0.5
    [Differentiable(Wrt = ["c", "v"])]
    public static double Nested(Chain c, double v)
    {
        double sum = 0;
        for (int i = 0; i < c.Pairs.Length; i++) sum += c.Pairs[i].Left.Energy(v) * c.Pairs[i].Springs[i] + c.Pairs[i].Left.Place.Angle;
        return sum;
    }

    //? Queries over the objects of a tree
    //? c = new Chain(), v = 0.5
    [Differentiable(Wrt = ["c", "v"])]
    public static double Query(Chain c, double v) =>
        c.Masses.Sum(mass => mass.Weight * v) + c.Pairs.Select(pair => pair.Springs[0] * pair.Left.Weight).Sum() * c.Gravity;

    //? The objects before and after in a loop
    //? c = new Chain(), v = 0.5
    [Differentiable(Wrt = ["c"])]
    public static double Neighbours(Chain c, double v)
    {
        double sum = 0;
        var before = c.Masses[0];
        for (int i = 1; i < c.Masses.Count; i++)
        {
            var mass = c.Masses[i];
            sum += (mass.Weight - before.Weight) * mass.Place.X * v;
            before = mass;
        }

        return sum * sum + before.Weight;
    }

    //? Records in an array, whose numbers cannot be assigned
    //? b = new Bend([new(0.5, 2), new(1, 3)], 0.25), t = 0.75
    [Differentiable(Wrt = ["b", "t"])]
    public static double Records(Bend b, double t)
    {
        double value = b.Level;
        foreach (var knot in b.Knots) value = value * t + knot.Rate * Math.Exp(-knot.Time * t) * knot.Weights[1];
        return value;
    }

    //? A list in single precision
    //? f = new Filters(), x = 0.75
    [Differentiable(Wrt = ["f", "x"])]
    public static float InSingle(Filters f, float x)
    {
        float sum = f.Gain;
        foreach (var filter in f.All)
        {
            foreach (float tap in filter.Taps) sum = sum * x + tap * filter.Rate;
        }

        return sum * sum;
    }

    //? A function that captures a tree with a list
    //? m = new Mlp(), x = 0.5
    [Differentiable(Wrt = ["m", "x"])]
    public static double Captured(Mlp m, double x) => Twice(t => t * m.Layers[1].Scale + m.Layers[0].B[0] + m.Layers[1].W[1, 1], x);

    private static double Twice(Func<double, double> f, double x) => f(f(x));

    //? Arrays that grow from iteration to iteration, in one variable
    //? m = new Mlp(), x = 0.5, n = 3
    //? m = new Mlp(), x = 0.5, n = 0
    [Differentiable(Wrt = ["m", "x"])]
    public static double Pascal(Mlp m, double x, int n)
    {
        double[] row = [m.Decay];
        for (int i = 1; i <= n; i++)
        {
            double[] next = new double[i + 1];
            for (int j = 0; j < row.Length; j++)
            {
                next[j] += row[j] * x;
                next[j + 1] += row[j] * m.Layers[0].Scale;
            }

            row = next;
        }

        double value = 0;
        foreach (double v in row) value = value * x + v;
        return value;
    }

    //? The array of an iteration and the one before it, of different lengths
    //? m = new Mlp(), x = 0.5, n = 3
    //? m = new Mlp(), x = 0.5, n = 0
    [Differentiable(Wrt = ["m", "x"])]
    public static double Differences(Mlp m, double x, int n)
    {
        double[] row = [m.Decay], before = row;
        for (int i = 1; i <= n; i++)
        {
            double[] next = new double[i + 1];
            for (int j = 0; j < next.Length; j++) next[j] = row[j % row.Length] * x - before[j % before.Length];
            before = row;
            row = next;
        }

        return row[n] * before[0] + row[0];
    }

    //? Parameters of a class that its methods use, in a tree and in an object that the method makes
    //? m = new Mixture(), x = 0.5
    [Differentiable(Wrt = ["m", "x"])]
    public static double Parameters(Mixture m, double x)
    {
        Total total = new(m.First.Of(x));
        foreach (Blend blend in m.Others) total.Add(blend.Of(x));
        return total.Add(x);
    }

    //? A list that is the same in two variables, and a method with a layer that returns at once
    //? m = new Mlp(), limit = 0.5
    //? m = new Mlp(), limit = 50
    [Differentiable(Wrt = ["m"])]
    public static double Early(Mlp m, double limit)
    {
        var layers = m.Layers;
        double s = m.Decay;
        foreach (var layer in layers)
        {
            if (s > limit) return s * layer.Scale;
            s += layer.Scale * s + layer.W[0, 0] * m.Layers[0].Scale;
        }

        return s * s;
    }
}
