namespace SoftDiff.Tests.Programs.Graphics.Sdf;

public readonly record struct Vec(double X, double Y, double Z)
{
    public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    public static Vec operator -(Vec a, Vec b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
    public static Vec operator *(Vec a, double s) => new(a.X * s, a.Y * s, a.Z * s);
    public static double Dot(Vec a, Vec b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;
    public double Length => Math.Sqrt(Dot(this, this));
    public Vec Normalized() => this * (1 / Length);
}

public abstract record Sdf
{
    public abstract double Distance(Vec p);

    public static Sdf operator |(Sdf a, Sdf b) => new Union(a, b);
    public static Sdf operator -(Sdf a, Sdf b) => new Difference(a, b);
}

public sealed record Ball(Vec Center, double Radius) : Sdf
{
    public override double Distance(Vec p) => (p - Center).Length - Radius;
}

public sealed record Box(Vec Center, Vec Half) : Sdf
{
    public override double Distance(Vec p)
    {
        Vec d = p - Center;
        Vec q = new(Math.Abs(d.X) - Half.X, Math.Abs(d.Y) - Half.Y, Math.Abs(d.Z) - Half.Z);
        Vec outside = new(Math.Max(q.X, 0), Math.Max(q.Y, 0), Math.Max(q.Z, 0));
        return outside.Length + Math.Min(Math.Max(q.X, Math.Max(q.Y, q.Z)), 0);
    }
}

public sealed record Union(Sdf A, Sdf B) : Sdf
{
    public override double Distance(Vec p) => Math.Min(A.Distance(p), B.Distance(p));
}

public sealed record Difference(Sdf A, Sdf B) : Sdf
{
    public override double Distance(Vec p) => Math.Max(A.Distance(p), -B.Distance(p));
}

public static partial class Collision
{
    [Differentiable]
    public static double Penetration(Vec position, double yaw, Vec[] corners, Sdf world)
    {
        double total = 0;
        var (sin, cos) = Math.SinCos(yaw);
        foreach (Vec corner in corners)
        {
            Vec rotated = corner with { X = cos * corner.X - sin * corner.Y, Y = sin * corner.X + cos * corner.Y };
            double d = world.Distance(position + rotated);
            if (d < 0) total += d * d;
        }

        return total;
    }
}
