using System;
using SoftDiff;

namespace SoftDiff.Probes;

public struct Point2
{
    public double X;
    public double Y;

    public Point2(double x, double y)
    {
        X = x;
        Y = y;
    }

    public Point2(double both)
        : this(both, both)
    {
        Y *= 0.5;
    }

    public double Squared => X * X + Y * Y;

    public double Sum
    {
        get => X + Y;
        set
        {
            double half = value / 2;
            X = half;
            Y = half;
        }
    }

    public double this[int axis]
    {
        readonly get => axis == 0 ? X : Y;
        set
        {
            if (axis == 0) X = value;
            else Y = value;
        }
    }

    public double Norm() => Math.Sqrt(Squared);

    public void Move(double dx, double dy)
    {
        X += dx;
        Y += dy;
    }

    public double MoveAndSum(Point2 by)
    {
        Move(by.X, by.Y);
        return Sum;
    }

    public void Reset(double x) => this = new Point2(x, 2 * x);

    public Point2 Rotated(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return new Point2 { X = cos * X - sin * Y, Y = sin * X + cos * Y };
    }

    public readonly void Deconstruct(out double x, out double y)
    {
        x = X;
        y = Y + X;
    }

    public static Point2 operator +(Point2 a, Point2 b) => new(a.X + b.X, a.Y + b.Y);

    public static Point2 operator *(Point2 a, double s) => new(a.X * s, a.Y * s);

    public static double operator *(Point2 a, Point2 b) => a.X * b.X + a.Y * b.Y;

    public static Point2 operator -(Point2 a) => new(-a.X, -a.Y);

    public static bool operator <(Point2 a, Point2 b) => a.Squared < b.Squared;

    public static bool operator >(Point2 a, Point2 b) => b < a;

    public static implicit operator Point2(double both) => new(both, both);

    public static explicit operator double(Point2 p) => p.Norm();
}

public record struct Segment(Point2 From, Point2 To)
{
    public double Weight { get; set; } = 0.5;

    public readonly Point2 Middle => (From + To) * Weight;
}

public struct Counter
{
    public int Count;
    public double Total;

    public void Add(double x)
    {
        Count++;
        Total += x;
    }

    public readonly double Mean => Count == 0 ? 0 : Total / Count;
}

public static partial class StructLocals
{
    //? a local struct made by a constructor
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double Constructor(double x, double y)
    {
        var p = new Point2(x * y, x - y);
        return p.X * p.X + Math.Sin(p.Y);
    }

    //? a constructor that calls another with `: this(…)`
    //? x = 0.4
    [Differentiable]
    public static double ChainedConstructor(double x)
    {
        var p = new Point2(x);
        return p.X * p.Y;
    }

    //? an object initializer
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double Initializer(double x, double y)
    {
        Point2 p = new() { X = x * x, Y = x * y };
        return p.Norm();
    }

    //? nested initializers, and a member's initial value
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double NestedInitializer(double x, double y)
    {
        var s = new Segment { From = new Point2 { X = x }, To = new(y, x) };
        var t = new Segment(new Point2(x, y), 2 * y) { Weight = x };
        return s.Weight + s.To.Norm() + t.Middle.X * t.Middle.Y;
    }

    //? members assigned one by one
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double AssignedMembers(double x, double y)
    {
        Point2 p;
        p.X = Math.Exp(x);
        p.Y = p.X * y;
        p.X -= y;
        return p.X * p.Y;
    }

    //? members of members assigned
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double AssignedNestedMembers(double x, double y)
    {
        var s = default(Segment);
        s.From = new Point2(x, y);
        s.To = s.From * y;
        s.Weight = 0.25;
        return s.Middle.Squared + s.From.X;
    }

    //? a copy of a struct is its own
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double Copy(double x, double y)
    {
        var p = new Point2(x, y);
        var q = p;
        q.X = x * y;
        return p.X * q.X + q.Y;
    }

    //? `default` of a struct
    //? x = 0.4
    [Differentiable]
    public static double Default(double x)
    {
        Point2 p = default;
        p.Y += x;
        return (p.X + p.Y) * x;
    }

    //? `with` on a record struct
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double With(double x, double y)
    {
        var s = new Segment(new Point2(x, y), new Point2(y, x));
        s = s with { To = s.From * x, Weight = y };
        return s.Middle * s.To;
    }

    //? `with` on a plain struct
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double WithOnStruct(double x, double y)
    {
        var p = new Point2(x, y) with { Y = x * x };
        return p.X * p.Y * y;
    }

    //? operators of a struct
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double OwnOperators(double x, double y)
    {
        var p = new Point2(x, y);
        var q = -(p + p * y) + new Point2(1, x);
        return p * q;
    }

    //? compound assignment by an operator of a struct
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double CompoundOperators(double x, double y)
    {
        var p = new Point2(x, y);
        p += new Point2(y, 1);
        p *= x;
        return p.Squared;
    }

    //? a comparison that a struct declares
    //? x = 0.4, y = -1.3
    //? x = 2.4, y = -1.3
    [Differentiable]
    public static double OwnComparison(double x, double y) => new Point2(x, 1) < new Point2(y, 0.5) ? x * y : x - y * y;

    //? conversions of a struct, implicit and explicit
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double OwnConversions(double x, double y)
    {
        Point2 p = x * y;
        p = p + y;
        return (double)p * x;
    }

    //? properties with bodies, read and assigned
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double PropertyBodies(double x, double y)
    {
        var p = new Point2(x, y);
        p.Sum = p.Squared;
        p.Sum *= x;
        return p.X * p.Y + p.Sum;
    }

    //? an indexer of a struct
    //? x = 0.4, y = -1.3, n = 3
    [Differentiable]
    public static double Indexer(double x, double y, int n)
    {
        var p = new Point2(x, y);
        for (int i = 0; i < n; i++) p[i % 2] += x * p[(i + 1) % 2];
        return p[0] * p[1];
    }

    //? a method that changes its receiver
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double ChangedReceiver(double x, double y)
    {
        var p = new Point2(x, y);
        p.Move(x * y, x);
        double sum = p.MoveAndSum(new Point2(y, y));
        return sum * p.X + p.Y;
    }

    //? a method that assigns `this`
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double AssignedThis(double x, double y)
    {
        var p = new Point2(x, y);
        p.Reset(p.X * p.Y);
        return p.X * p.X + p.Y;
    }

    //? a method that changes a copy
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double ChangedCopy(double x, double y)
    {
        var p = new Point2(x, y);
        double sum = new Point2(y, y).MoveAndSum(p);
        var q = p;
        q.Move(1, sum);
        return p.X * q.Y;
    }

    //? a chain of methods
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double MethodChain(double x, double y) => new Point2(x, y).Rotated(x).Rotated(-y).X;

    //? a struct that a loop carries
    //? x = 0.4, y = -1.3, n = 5
    [Differentiable]
    public static double Carried(double x, double y, int n)
    {
        var p = new Point2(x, y);
        for (int i = 0; i < n; i++) p = p.Rotated(0.1 * x) + new Point2(0.01, x * y);
        return p.Norm();
    }

    //? a struct that a loop changes by a method
    //? x = 0.4, y = -1.3, n = 5
    [Differentiable]
    public static double CarriedReceiver(double x, double y, int n)
    {
        var p = new Point2(x, y);
        var counter = new Counter();
        for (int i = 0; i < n; i++)
        {
            p.Move(0.1 * p.Y, -0.1 * p.X);
            counter.Add(p.Squared);
            if (counter.Count == 4) break;
        }

        return counter.Mean * p.X;
    }

    //? a struct chosen by a branch
    //? x = 0.4, y = -1.3
    //? x = -0.4, y = -1.3
    [Differentiable]
    public static double Chosen(double x, double y)
    {
        var p = x > 0 ? new Point2(x, y) : new Point2(y * y, x);
        if (p.X > 1) p.Y = x * x;
        return p.X * p.Y;
    }

    //? deconstruction by a method
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double OwnDeconstruct(double x, double y)
    {
        var (a, b) = new Point2(x, y);
        return a * b;
    }

    //? deconstruction of a record, nested
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double Deconstruction(double x, double y)
    {
        var s = new Segment(new Point2(x, y), new Point2(y, y * x));
        ((double a, double b), var to) = s;
        return a * b + to.X * to.Y;
    }

    //? equality of records
    //? x = 0.4, y = -1.3
    //? x = 0.4, y = 0.4 -> dX = 2, dY = 1
    [Differentiable]
    public static double Equality(double x, double y)
    {
        var p = new Vec3(x, x, 1);
        var q = new Vec3(y, y, 1);
        return (p == q ? 2 : 3) * x + (p.Equals(q) ? y : x * y) + (p != q ? x : 0);
    }

    //? patterns over structs
    //? x = 0.4, y = -1.3
    //? x = -0.4, y = 1.3
    //? x = 0, y = 1.3
    [Differentiable]
    public static double Patterns(double x, double y)
    {
        var p = new Vec3(x, y, x * y);
        double by = p switch
        {
            { X: > 0, Y: < 0 } => x * y,
            { X: 0 } q => q.X * q.Z,
            (_, > 1, var z) => z * x,
            _ => 1,
        };
        return p is { Length2: > 1, Y: var b } ? by * b : by;
    }

    //? nested property patterns
    //? x = 0.4, y = -1.3
    //? x = 3, y = 0.1
    [Differentiable]
    public static double NestedPatterns(double x, double y)
    {
        var s = new Segment(new Point2(x, y), new Point2(y, x));
        return s is { From.X: > 1, To: { X: < 1 } to } ? to.X * to.Y : x * x * y;
    }

    //? a static readonly struct
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double StaticReadonly(double x, double y) => new Point2(x, y) * Origin + Scale.X * y;

    public static readonly Point2 Origin = new(0.5, 2);

    public static Vec3 Scale { get; } = new(3, 4, 5);

    //? a tuple of structs
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double TupleOfStructs(double x, double y)
    {
        var t = (From: new Point2(x, y), To: new Point2(y, x), N: 2);
        t.From.X *= t.N;
        return t.From * t.To;
    }

    //? a struct in a local function
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double LocalFunction(double x, double y)
    {
        var p = new Point2(x, y);
        Shift(2);
        return Squared(p) + p.X;

        void Shift(double by) => p.X += by * y;

        static double Squared(in Point2 q) => q.Squared;
    }

    //? a generic struct made in the method
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double GenericLocal(double x, double y)
    {
        var p = new Pair<Point2>(new Point2(x, y), y);
        p.Second = p.First + p.Second;
        return p.First * p.Second;
    }

    //? members passed by reference
    //? x = 0.4, y = -1.3
    [Differentiable]
    public static double MembersByReference(double x, double y)
    {
        var p = new Point2(x, y);
        Twist(ref p.X, ref p.Y);
        Shift(ref p, out var old);
        return p.X * p.Y + old.X;
    }

    private static void Twist(ref double a, ref double b)
    {
        double c = a * b;
        a = b;
        b = c;
    }

    private static void Shift(ref Point2 p, out Point2 old)
    {
        old = p;
        p.Move(p.Y, 1);
    }

    //? a struct that a method returns
    //? x = 0.4, y = -1.3, n = 3
    [Differentiable]
    public static double Recursive(double x, double y, int n)
    {
        var p = Repeated(new Point2(x, y), n);
        return p.X * p.Y;
    }

    private static Point2 Repeated(Point2 p, int n) => n == 0 ? p : Repeated(p.Rotated(p.X), n - 1) * 0.9;
}
