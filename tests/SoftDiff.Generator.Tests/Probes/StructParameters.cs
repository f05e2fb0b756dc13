using System;
using SoftDiff;

namespace SoftDiff.Probes;

public readonly record struct Vec3(double X, double Y, double Z)
{
    public static Vec3 Up => new(0, 1, 0);

    public double Length2 => X * X + Y * Y + Z * Z;

    public double Norm() => Math.Sqrt(Length2);

    public Vec3 Cross(in Vec3 b) => new(Y * b.Z - Z * b.Y, Z * b.X - X * b.Z, X * b.Y - Y * b.X);

    public static double Dot(Vec3 a, Vec3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec3 operator -(Vec3 a, Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vec3 operator -(Vec3 a) => new(-a.X, -a.Y, -a.Z);

    public static Vec3 operator *(double s, Vec3 a) => new(s * a.X, s * a.Y, s * a.Z);
}

public struct Lens
{
    public double Focal;
    public double Distortion;
    public int Id;
}

public struct Camera
{
    public Vec3 Position;
    public Lens Lens;
    public string Name;
}

public readonly struct Interval
{
    private readonly double _low;
    private readonly double _high;

    public Interval(double low, double high)
    {
        _low = Math.Min(low, high);
        _high = Math.Max(low, high);
    }

    public double Low => _low;

    public double High => _high;

    public double Clamp(double x) => x < _low ? _low + 0.1 * (x - _low) : x > _high ? _high + 0.1 * (x - _high) : x;
}

public readonly struct Polar
{
    public Polar(double radius, double angle)
    {
        Radius = radius;
        Angle = angle;
    }

    public double Radius { get; }

    public double Angle { get; }
}

public struct Mixed
{
    public float Weight;
    public double Value;
    public bool IsBig;
    public DayOfWeek Day;
}

public record struct Pair<T>(T First, T Second);

public static partial class StructParameters
{
    //? a `record struct` parameter
    //? p = new Vec3(0.5, -1.2, 2)
    [Differentiable]
    public static double RecordStruct(Vec3 p) => Math.Sin(p.X) * p.Y + p.Z * p.Z;

    //? nested structs; members that are no numbers
    //? c = new Camera { Position = new Vec3(0.1, 0.2, -3), Lens = new Lens { Focal = 1.5, Id = 3 }, Name = "front" }, p = new Vec3(0.4, -0.3, 1), u = 0.2
    [Differentiable(Wrt = ["c", "p"])]
    public static double Nested(Camera c, Vec3 p, double u)
    {
        var q = p - c.Position;
        double r2 = (q.X * q.X + q.Y * q.Y) / (q.Z * q.Z);
        return c.Lens.Focal * (1 + c.Lens.Distortion * r2) * (q.X / q.Z) - u * c.Lens.Id;
    }

    //? `Wrt` that names one of two structs
    //? a = new Vec3(0.5, -1.2, 2), b = new Vec3(1, 0.3, -0.7)
    [Differentiable(Wrt = ["b"])]
    public static double WrtOne(Vec3 a, Vec3 b) => Vec3.Dot(a, b) * Vec3.Dot(b, b);

    //? a `[NonDifferentiable]` struct
    //? a = new Vec3(0.5, -1.2, 2), s = 1.3
    [Differentiable]
    public static double Passive([NonDifferentiable] Vec3 a, double s) => Vec3.Dot(s * a, s * a);

    //? an `in` struct
    //? a = new Vec3(0.5, -1.2, 2), b = new Vec3(1, 0.3, -0.7)
    [Differentiable]
    public static double In(in Vec3 a, in Vec3 b) => a.Cross(b).Norm();

    //? a struct with private fields and a constructor that checks
    //? range = new Interval(-1, 2), x = 0.5
    //? range = new Interval(-1, 2), x = -1.5
    //? range = new Interval(-1, 2), x = 2.5
    [Differentiable]
    public static double PrivateFields(Interval range, double x) => range.Clamp(x) * (range.High - range.Low);

    //? a struct whose properties have no setter
    //? p = new Polar(1.4, 0.6)
    [Differentiable]
    public static double GetOnlyProperties(Polar p) => p.Radius * Math.Cos(p.Angle) + p.Radius * Math.Sin(2 * p.Angle);

    //? an `in` struct with private fields
    //? range = new Interval(-1, 2), x = 0.5
    [Differentiable]
    public static double InPrivateFields(in Interval range, double x) => range.Clamp(x) * range.High * range.Low;

    //? members of several types
    //? m = new Mixed { Weight = 0.5f, Value = 2.25, IsBig = true, Day = DayOfWeek.Friday }
    //? m = new Mixed { Weight = 0.5f, Value = 2.25 }
    //? single
    [Differentiable]
    public static double MixedMembers(Mixed m)
    {
        double scale = m.IsBig ? 10 : 1;
        return m.Day == DayOfWeek.Friday ? scale * m.Weight * m.Value : m.Value / m.Weight;
    }

    //? a generic struct
    //? p = new Pair<double>(0.6, -1.1)
    [Differentiable]
    public static double Generic(Pair<double> p) => Math.Exp(p.First) * p.Second;

    //? a generic struct of structs
    //? p = new Pair<Vec3>(new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2))
    [Differentiable]
    public static double GenericOfStructs(Pair<Vec3> p) => Vec3.Dot(p.First, p.Second) * p.First.Length2;

    //? a tuple parameter
    //? t = (0.5, 1.5)
    [Differentiable]
    public static double Tuple((double A, double B) t) => t.A * Math.Log(t.B);

    //? a tuple with a struct and an integer
    //? t = (new Vec3(1, 2, 3), 2)
    [Differentiable]
    public static double TupleOfStruct((Vec3 V, int N) t) => t.N * t.V.Length2 * t.V.X;

    //? a tuple of more than seven
    //? t = (1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9)
    [Differentiable]
    public static double LongTuple((double, double, double, double, double, double, double, double, double) t) =>
        t.Item1 * t.Item2 + t.Item3 * t.Item4 * t.Item5 - t.Item6 * t.Item7 / t.Item8 + Math.Sin(t.Item9);

    //? a struct of the method's own, assigned and changed
    //? p = new Vec3(0.5, -1.2, 2), s = 0.3
    [Differentiable]
    public static double ReassignedParameter(Vec3 p, double s)
    {
        p = p + s * p;
        p = p with { X = p.Y * p.Z };
        return p.Length2;
    }
}
