namespace SoftDiff.Tests.Programs.Rendering;

public readonly struct Vec
{
    public readonly double X, Y, Z;
    public Vec(double x, double y, double z) { X = x; Y = y; Z = z; }
    public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    public static Vec operator -(Vec a, Vec b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
    public static Vec operator *(double s, Vec a) => new(s * a.X, s * a.Y, s * a.Z);
    public static Vec operator /(Vec a, double s) => new(a.X / s, a.Y / s, a.Z / s);
    public double Dot(Vec o) => X * o.X + Y * o.Y + Z * o.Z;
    public double Length => Math.Sqrt(Dot(this));
    public Vec Normalized => this / Length;
    public static readonly Vec Up = new(0, 1, 0);
    public static Vec Zero => default;
}

public interface IShape { double Distance(Vec p); string Name => "shape"; }

public sealed record Sphere(Vec Center, double Radius) : IShape { public double Distance(Vec p) => (p - Center).Length - Radius; }

public sealed class Torus : IShape
{
    public double Major { get; set; } = 1;
    public double Minor { get; set; } = 0.25;
    public double Distance(Vec p)
    {
        double q = Math.Sqrt(p.X * p.X + p.Z * p.Z) - Major;
        return Math.Sqrt(q * q + p.Y * p.Y) - Minor;
    }
}

/// <summary>The shade of a pixel by sphere tracing: a vector struct, shapes behind an interface, objects made in the method.</summary>
public static partial class SphereMarcher
{
    private static readonly Vec Light = new Vec(1, 2, -1).Normalized;
    private const int MaxSteps = 128;

    static double Scene(Vec p, double radius, double blend)
    {
        var sphere = new Sphere(Vec.Zero, radius);
        var torus = new Torus { Major = 1.1, Minor = 0.3 };
        double a = sphere.Distance(p), b = torus.Distance(p);
        double h = Math.Clamp(0.5 + 0.5 * (b - a) / blend, 0.0, 1.0);
        return b * (1 - h) + a * h - blend * h * (1 - h);
    }

    [Differentiable]
    public static double Shade(Vec origin, Vec target, double radius, double blend)
    {
        Vec direction = (target - origin).Normalized;
        double t = 0;
        bool hit = false;
        for (int step = 0; step < MaxSteps && t < 50.0; step++)
        {
            double d = Scene(origin + t * direction, radius, blend);
            if (d < 1e-9)
            {
                hit = true;
                break;
            }
            t += d;
        }
        if (!hit) return 0.0;
        Vec p = origin + t * direction;
        const double e = 1e-3;
        var n = new Vec(
            Scene(p + new Vec(e, 0, 0), radius, blend) - Scene(p - new Vec(e, 0, 0), radius, blend),
            Scene(p + e * Vec.Up, radius, blend) - Scene(p - e * Vec.Up, radius, blend),
            Scene(p + new Vec(0, 0, e), radius, blend) - Scene(p - new Vec(0, 0, e), radius, blend)).Normalized;
        return Math.Max(0, n.Dot(Light)) + 0.1;
    }
}
