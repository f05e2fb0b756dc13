using System;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>A pair of numbers that never changes.</summary>
public sealed record Phase(double Position, double Speed)
{
    public double Energy => Position * Position + Speed * Speed;

    public static Phase operator +(Phase a, Phase b) => new(a.Position + b.Position, a.Speed + b.Speed);

    public static Phase operator *(double s, Phase a) => new(s * a.Position, s * a.Speed);
}

/// <summary>A matrix with operators, as programs write it.</summary>
public sealed class Grid
{
    private readonly double[,] _cells;

    public Grid(int rows, int columns) => _cells = new double[rows, columns];

    public int Rows => _cells.GetLength(0);

    public int Columns => _cells.GetLength(1);

    public double this[int i, int j]
    {
        get => _cells[i, j];
        set => _cells[i, j] = value;
    }

    public static Grid operator *(Grid a, Grid b)
    {
        var product = new Grid(a.Rows, b.Columns);
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < b.Columns; j++)
            {
                for (int k = 0; k < a.Columns; k++) product[i, j] += a[i, k] * b[k, j];
            }
        }

        return product;
    }

    public static Grid operator +(Grid a, Grid b)
    {
        var sum = new Grid(a.Rows, a.Columns);
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++) sum[i, j] = a[i, j] + b[i, j];
        }

        return sum;
    }
}

/// <summary>A state that its owner replaces by a new one, and one that it changes.</summary>
public sealed class Walker(double start)
{
    public Phase At { get; private set; } = new(start, 0.5);

    public Tally Steps { get; set; } = new();

    public void Step(double h)
    {
        At = At + h * new Phase(At.Speed, -Math.Sin(At.Position));
        Steps.Total += At.Energy;
    }
}

public sealed class Tally
{
    public double Total;
}

public static partial class ObjectVariables
{
    //? a record that each iteration replaces, by operators
    //? x = 0.7, n = 0
    //? x = 0.7, n = 4
    [Differentiable]
    public static double Integrate(double x, int n)
    {
        var p = new Phase(x, 1);
        for (int i = 0; i < n; i++)
        {
            var k1 = Field(p, x);
            var k2 = Field(p + 0.05 * k1, x);
            p = p + 0.1 * k2;
        }

        return p.Energy * p.Position;
    }

    private static Phase Field(Phase p, double mu) => new(p.Speed, mu * (1 - p.Position * p.Position) * p.Speed - p.Position);

    //? a record replaced by compound assignment, with `break` and `continue`
    //? x = 0.4, n = 6
    //? x = 2.5, n = 6
    [Differentiable]
    public static double Leave(double x, int n)
    {
        Phase p = new(x, x * x);
        for (int i = 0; i < n; i++)
        {
            if (i == 1) continue;
            p += 0.5 * p;
            if (p.Energy > 20) break;
            if (i == 3) p = new Phase(p.Speed, p.Position);
        }

        return Math.Log(p.Energy) + p.Speed;
    }

    //? a record replaced in a branch, and one of two
    //? x = 0.6
    //? x = -0.6
    [Differentiable]
    public static double InBranches(double x)
    {
        var p = new Phase(x, 2);
        if (x > 0) p = new Phase(p.Speed, x * x);
        var q = x > -1 ? p + p : new Phase(1, x);
        return q.Energy * p.Position;
    }

    //? the last record and the one before
    //? x = 0.6, n = 5
    [Differentiable]
    public static double Previous(double x, int n)
    {
        Phase p = new(x, 1), last = p;
        for (int i = 0; i < n; i++)
        {
            var next = p + 0.25 * last;
            last = p;
            p = next;
        }

        return p.Position * last.Speed;
    }

    //? two records that change places, `(a, b) = (b, a)`
    //? x = 0.6, n = 3
    [Differentiable]
    public static double Swapped(double x, int n)
    {
        Phase a = new(x, 1), b = new(2, x * x);
        for (int i = 0; i < n; i++)
        {
            (a, b) = (b, a);
            a = a + 0.5 * b;
        }

        return a.Position * b.Speed + a.Speed;
    }

    //? matrices of a class with operators, replaced in a loop
    //? x = 0.3, n = 3
    [Differentiable]
    public static double Powers(double x, int n)
    {
        var a = new Grid(2, 2) { [0, 0] = x, [0, 1] = 1, [1, 0] = -x * x, [1, 1] = 0.5 };
        var power = new Grid(2, 2);
        power[0, 0] = power[1, 1] = 1;
        for (int i = 0; i < n; i++)
        {
            power = power * a + a;
            power[0, 1] *= x;
        }

        return (power * a)[0, 0] + power[1, 1];
    }

    //? objects made in each iteration, filled and given to the variables
    //? x = 0.3, n = 3
    [Differentiable]
    public static double Filled(double x, int n)
    {
        var u = new Grid(1, 3);
        u[0, 0] = x;
        for (int step = 0; step < n; step++)
        {
            var next = new Grid(1, 3);
            for (int j = 0; j < 3; j++) next[0, j] = 0.5 * u[0, j] + x * u[0, (j + 2) % 3];
            u = next;
        }

        return u[0, 0] * u[0, 2] + u[0, 1];
    }

    //? an object whose methods replace a record in it and change another object
    //? x = 0.3, n = 4
    [Differentiable]
    public static double InFields(double x, int n)
    {
        var walker = new Walker(x);
        for (int i = 0; i < n; i++) walker.Step(0.1 * x);
        return walker.At.Energy + walker.Steps.Total;
    }

    //? an object that changes, replaced by a new one in a loop and in a branch
    //? x = 0.3, n = 4
    [Differentiable]
    public static double Replaced(double x, int n)
    {
        var counter = new Tally { Total = x };
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            counter.Total *= 1.5;
            if (i == 2) counter = new Tally { Total = x * x };
            s += counter.Total;
        }

        return s * counter.Total;
    }

    //? a member object that each iteration replaces
    //? x = 0.6, n = 3
    [Differentiable]
    public static double ReplacedMember(double x, int n)
    {
        var chain = new Link { Value = x, Next = new Link { Value = 2 * x } };
        for (int i = 0; i < n; i++)
        {
            x += chain.Next.Value * chain.Value;
            chain.Next = new Link { Value = x };
        }

        return x;
    }

    private sealed class Link
    {
        public double Value;
        public Link Next = null!;
    }
}
