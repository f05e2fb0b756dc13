using System;
using SoftDiff;

namespace SoftDiff.Probes;

public readonly record struct Pose(Pose.Place At, double Heading)
{
    public readonly record struct Place(double X, double Y);

    public Pose Ahead(double distance) =>
        this with { At = new Place(At.X + distance * Math.Cos(Heading), At.Y + distance * Math.Sin(Heading)) };
}

public struct Motion
{
    public double Position;
    public double Velocity;
    public int Steps;

    public void Advance(double dt)
    {
        Position += dt * Velocity;
        Velocity -= dt * Math.Sin(Position);
        Steps++;
    }
}

public readonly struct Money
{
    private readonly double _amount;
    private readonly int _currency;

    public Money(double amount, int currency) => (_amount, _currency) = (amount, currency);

    public double Amount => _amount;

    public static Money operator *(Money m, double s) => new(m._amount * s, m._currency);
}

public static partial class StructResults
{
    //? a struct as result
    //? at = new Pose(new Pose.Place(1, 2), 0.5), d = 1.5
    [Differentiable]
    public static Pose Returned(Pose at, double d) => at.Ahead(d * at.Heading);

    //? a tuple as result
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static (double Sum, double Product) ReturnedTuple(double x, double y) => (x + Math.Exp(y), x * y);

    //? a struct with an integer as result
    //? s = new Motion { Position = 0.4, Velocity = 1, Steps = 2 }, n = 4
    [Differentiable]
    public static Motion ReturnedMixed(Motion s, int n)
    {
        for (int i = 0; i < n; i++) s.Advance(0.1);
        return s;
    }

    //? a struct with private fields as result
    //? m = new Money(12.5, 3), rate = 1.1
    [Differentiable]
    public static Money ReturnedPrivate(Money m, double rate) => m * (rate * rate);

    //? early return of structs
    //? x = 0.4, y = -1.3
    //? x = -0.4, y = -1.3
    [Differentiable]
    public static Pose EarlyReturn(double x, double y)
    {
        if (x < 0) return new Pose(new Pose.Place(y, x * y), x);
        Pose p = new(new Pose.Place(x, 1), x * y);
        return p.Ahead(y);
    }

    //? a `ref` struct that is changed
    //? s = new Motion { Position = 0.4, Velocity = 1, Steps = 2 }, dt = 0.3
    [Differentiable]
    public static void Ref(ref Motion s, double dt) => s.Advance(dt * s.Velocity);

    //? a `ref` record struct
    //? at = new Pose(new Pose.Place(1, 2), 0.5), d = 1.5
    [Differentiable]
    public static double RefRecord(ref Pose at, double d)
    {
        at = at.Ahead(d) with { Heading = at.Heading * d };
        return at.At.X * at.Heading;
    }

    //? an `out` struct
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double Out(double x, double y, out Pose at)
    {
        at = new Pose(new Pose.Place(x * y, y), x).Ahead(x);
        return at.At.Y * x;
    }

    //? two structs swapped
    //? a = new Motion { Position = 0.4, Velocity = 1 }, b = new Motion { Position = -0.4, Velocity = 2 }
    [Differentiable]
    public static void Swapped(ref Motion a, ref Motion b)
    {
        (a, b) = (b, a);
        a.Position *= b.Velocity;
    }

    //? a tuple result with a struct
    //? at = new Pose(new Pose.Place(1, 2), 0.5), n = 2
    [Differentiable]
    public static (Pose Next, int N, double Cost) ReturnedNested(in Pose at, int n) => (at.Ahead(n), n + 1, at.Heading * at.At.X);
}
