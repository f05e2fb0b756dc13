using System;
using SoftDiff;

namespace SoftDiff.Probes;

public struct Particle
{
    public Vec3 At;
    public Vec3 Velocity;
    public double Mass;

    public void Advance(double dt) => At = new Vec3(At.X + dt * Velocity.X, At.Y + dt * Velocity.Y, At.Z + dt * Velocity.Z * Mass);
}

public struct Pixel
{
    public float R, G;
}

public static partial class StructArrays
{
    //? a read-only span of structs
    //? points = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)], c = new Vec3(0.1, 0.2, 0.3)
    [Differentiable]
    public static double ReadOnlySpan(ReadOnlySpan<Vec3> points, Vec3 c)
    {
        double sum = 0;
        for (int i = 0; i < points.Length; i++) sum += (points[i] - c).Norm() * points[i].X;
        return sum;
    }

    //? an array of structs
    //? points = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)]
    [Differentiable]
    public static double Array(Vec3[] points)
    {
        double sum = 0;
        foreach (var p in points) sum += p.Length2 * p.Z;
        return sum * points[^1].Y;
    }

    //? a span of structs that is written
    //? particles = [new Particle { At = new Vec3(1, 2, 3), Velocity = new Vec3(0.1, 0.2, 0.3), Mass = 2 }, new Particle { Velocity = new Vec3(1, 1, 1), Mass = 3 }], dt = 0.5
    [Differentiable]
    public static void Written(Span<Particle> particles, double dt)
    {
        for (int i = 0; i < particles.Length; i++)
        {
            particles[i].Advance(dt);
            particles[i].Mass *= particles[i].At.X;
            particles[i].Velocity = dt * particles[i].Velocity;
        }
    }

    //? an array of structs that is written
    //? writes: particles
    //? particles = [new Particle { At = new Vec3(1, 2, 3), Velocity = new Vec3(0.1, 0.2, 0.3), Mass = 2 }], x = 0.5
    [Differentiable]
    public static double WrittenArray(Particle[] particles, double x)
    {
        particles[0] = particles[0] with { Mass = x * x };
        particles[0].At = new Vec3(x, particles[0].At.Y * x, 0);
        return particles[0].At.Length2;
    }

    //? a `ref` local that is an element
    //? particles = [new Particle { At = new Vec3(1, 2, 3), Mass = 2 }, new Particle { Velocity = new Vec3(1, 1, 1), Mass = 3 }], x = 0.5
    [Differentiable]
    public static double RefLocal(Span<Particle> particles, double x)
    {
        double energy = 0;
        for (int i = 0; i < particles.Length; i++)
        {
            ref var p = ref particles[i];
            p.Velocity = p.Velocity + x * p.At;
            p.Mass += x * p.Velocity.Norm();
            energy += p.Mass * p.Velocity.Length2;
        }

        return energy;
    }

    //? `foreach` with `ref`
    //? points = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)], s = 1.5
    [Differentiable]
    public static void ForEachRef(Span<Vec3> points, double s)
    {
        foreach (ref var p in points) p = s * p + Vec3.Up;
    }

    //? a local array of structs
    //? x = 0.7, n = 5
    [Differentiable]
    public static double Local(double x, int n)
    {
        var path = new Vec3[n];
        for (int i = 1; i < path.Length; i++) path[i] = path[i - 1] + new Vec3(x * i, Math.Sin(x), path[i - 1].X);
        return Total(path.AsSpan(1)) * path[^1].Z;
    }

    private static double Total(ReadOnlySpan<Vec3> path)
    {
        double total = 0;
        foreach (var p in path) total += p.X * p.Y;
        return total;
    }

    //? listed structs, in an array and in a collection expression
    //? a = new Vec3(1, 2, 3), x = 0.5
    [Differentiable]
    public static double Listed(Vec3 a, double x)
    {
        var points = new[] { a, x * a, new Vec3(x, 1, 2) };
        Span<Vec3> others = [a + points[1], a];
        return Total(points) + Total(others[..1]);
    }

    //? slices and copies of arrays of structs
    //? points = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2), new Vec3(0.3, 0.1, 1)]
    [Differentiable]
    public static double Slices(ReadOnlySpan<Vec3> points)
    {
        var copy = points.ToArray();
        copy[0] = copy[1] + copy[2];
        var rest = points[1..];
        rest.CopyTo(copy.AsSpan(1));
        return Total(copy) * Total(points.Slice(0, 2)) + rest[0].Z;
    }

    //? an element passed by reference
    //? points = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)], s = 0.3
    [Differentiable]
    public static void ByReference(Span<Vec3> points, double s)
    {
        for (int i = 0; i < points.Length; i++) Scale(ref points[i], s);
    }

    private static void Scale(ref Vec3 p, double s) => p = (s + p.X) * p;

    //? an array of structs passed on
    //? points = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)], n = 3
    [Differentiable]
    public static double PassedOn(Span<Vec3> points, int n)
    {
        Repeat(points, n);
        return Total(points);
    }

    private static void Repeat(Span<Vec3> points, int n)
    {
        if (n == 0) return;
        for (int i = 0; i < points.Length; i++) points[i] = points[i] + points[i].Cross(points[0]);
        Repeat(points, n - 1);
    }

    //? one of two arrays of structs
    //? a = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)], b = [new Vec3(0.3, 0.1, 1)], first = true
    //? a = [new Vec3(1, 2, 3), new Vec3(-0.5, 0.4, 0.2)], b = [new Vec3(0.3, 0.1, 1)], first = false
    [Differentiable]
    public static double OneOfTwo(ReadOnlySpan<Vec3> a, ReadOnlySpan<Vec3> b, bool first)
    {
        var chosen = first ? a : b;
        return chosen[0].X * chosen[chosen.Length - 1].Length2;
    }

    //? spans of structs of `float`
    //? pixels = [new Pixel { R = 0.5f, G = 0.25f }, new Pixel { R = 0.1f, G = 0.75f }]
    //? single
    [Differentiable]
    public static float Floats(ReadOnlySpan<Pixel> pixels)
    {
        float sum = 0;
        foreach (var p in pixels) sum += p.R * MathF.Exp(p.G);
        return sum;
    }

    //? an index out of range of an array of structs
    //? points = [new Vec3(1, 2, 3)], i = 1 -> throws IndexOutOfRangeException
    [Differentiable]
    public static double OutOfRange(Vec3[] points, int i) => points[i].X * points[i].Y;
}
