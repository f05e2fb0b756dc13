using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public struct Ray
{
    public Vector3 Origin;
    public Vector3 Direction;

    public readonly Vector3 At(float t) => Origin + t * Direction;
}

public record struct Body(Vector3 Position, Vector3 Velocity, float Mass);

public static partial class Vectors
{
    private static readonly Vector3 Sun = new(0.3f, 0.8f, -0.5f);

    //? `Vector3.Dot` and `Cross`
    //? p = new(0.5f, -1.2f, 2), q = new(1, 0.3f, -0.7f)
    [Differentiable]
    public static float DotAndCross(Vector3 p, Vector3 q) => Vector3.Dot(p, q) * Vector3.Cross(p, q).Length();

    //? `Vector2` operators
    //? p = new(0.5f, -1.2f), q = new(1, 0.3f), s = 1.7f
    [Differentiable]
    public static float Vector2Operators(Vector2 p, Vector2 q, float s)
    {
        var r = (p + q * s - p / q) * (s * q) / s + -p;
        return r.X * r.Y;
    }

    //? `Vector4` by `Wrt`
    //? p = new(0.5f, -1.2f, 2, 0.1f), q = new(1, 0.3f, -0.7f, 0.8f)
    [Differentiable(Wrt = ["q"])]
    public static float Vector4Wrt(Vector4 p, Vector4 q) => Vector4.Distance(p, q) * Vector4.Dot(p, p);

    //? a `Vector3` as result
    //? p = new(0.5f, -1.2f, 2), angle = 0.4f
    [Differentiable]
    public static Vector3 ReturnsVector(Vector3 p, float angle) => Vector3.Normalize(p) * MathF.Sin(angle) + Vector3.UnitZ;

    //? a vector normalised by its length, `Length` and `LengthSquared`
    //? p = new(0.5f, -1.2f, 2)
    [Differentiable]
    public static float Lengths(Vector3 p) => p.Length() + 0.1f * p.LengthSquared() + (p / p.Length()).X;

    //? `Reflect`, `Lerp`, `Min`, `Max`, `Clamp`, `Abs`
    //? p = new(0.5f, -1.2f, 2), n = new(0.6f, 0, 0.8f)
    [Differentiable]
    public static float Elementwise(Vector3 p, Vector3 n)
    {
        var r = Vector3.Reflect(p, n);
        r = Vector3.Lerp(r, Vector3.Abs(p), 0.25f);
        r = Vector3.Max(r, Vector3.Min(n, new Vector3(0.3f)));
        return Vector3.Dot(Vector3.Clamp(r, new Vector3(-1), new Vector3(1.5f)), new Vector3(1, 2, 3));
    }

    //? `SquareRoot`, `Exp`, `Log`, `Sin`, `SinCos`
    //? p = new(0.5f, 1.2f, 2)
    [Differentiable]
    public static float ElementwiseFunctions(Vector3 p)
    {
        var (s, c) = Vector3.SinCos(p);
        return Vector3.Dot(Vector3.SquareRoot(p) + Vector3.Exp(-p), s) + Vector3.Dot(Vector3.Log(p), c);
    }

    //? members of a vector assigned, and its indexer
    //? p = new(0.5f, -1.2f, 2)
    [Differentiable]
    public static float AssignedMembers(Vector3 p)
    {
        p.X *= p.Y;
        p[1] += p[0] * p[2];
        p.Z = p[1] - p.Z;
        return p.X * p.Y * p.Z;
    }

    //? the components in a loop over the indexer
    //? p = new(0.5f, -1.2f, 2, 0.7f)
    [Differentiable]
    public static float IndexerInLoop(Vector4 p)
    {
        float product = 1;
        for (int i = 0; i < 4; i++) product *= 1 + p[i] * p[i];
        return product;
    }

    //? a vector as a variable of a loop
    //? p = new(0.5f, -1.2f, 2), steps = 4
    [Differentiable]
    public static float CarriedVector(Vector3 p, int steps)
    {
        var v = Vector3.One;
        for (int i = 0; i < steps; i++) v += 0.1f * Vector3.Cross(v, p);
        return v.X + 2 * v.Y;
    }

    //? a vector chosen by a condition
    //? p = new(0.5f, -1.2f, 2), q = new(1, 0.3f, -0.7f)
    //? p = new(0.1f, -0.2f, 0.3f), q = new(1, 0.3f, -0.7f)
    [Differentiable]
    public static float ChosenVector(Vector3 p, Vector3 q)
    {
        var longer = p.Length() > q.Length() ? p : q;
        return longer.X * longer.Z + (p == q ? 1 : p.Y);
    }

    //? a span of vectors
    //? points = [new(0.5f, -1.2f, 2), new(1, 0.3f, -0.7f), new(0.2f, 0.4f, 0.6f)], center = new(0.1f, 0.2f, -0.1f)
    [Differentiable]
    public static float SpanOfVectors(ReadOnlySpan<Vector3> points, Vector3 center)
    {
        float sum = 0;
        foreach (var p in points) sum += Vector3.DistanceSquared(p, center) * p.Y;
        return sum;
    }

    //? an array of vectors, written in place
    //? points = [new(0.5f, -1.2f), new(1, 0.3f), new(0.2f, 0.4f)], angle = 0.3f
    //? writes: points
    [Differentiable]
    public static void RotateAll(Vector2[] points, float angle)
    {
        var rotation = Matrix3x2.CreateRotation(angle);
        for (int i = 0; i < points.Length; i++) points[i] = Vector2.Transform(points[i], rotation);
    }

    //? a span of vectors whose members are assigned
    //? points = [new(0.5f, -1.2f, 2), new(1, 0.3f, -0.7f)], s = 1.3f
    [Differentiable]
    public static void AssignedInSpan(Span<Vector3> points, float s)
    {
        for (int i = 1; i < points.Length; i++)
        {
            points[i].X = s * points[i - 1].Y;
            points[i] += points[i - 1] * s;
        }
    }

    //? a struct of vectors with a method
    //? ray = new Ray { Origin = new(0.1f, 0.2f, -3), Direction = new(0.1f, -0.2f, 1) }, t = 2.1f
    [Differentiable]
    public static float StructOfVectors(Ray ray, float t) => ray.At(t).LengthSquared() + ray.Direction.Length();

    //? an array of structs of vectors
    //? bodies = [new(new(0.5f, -1.2f, 2), new(0.1f, 0, 0), 1.5f), new(new(1, 0.3f, -0.7f), new(0, 0.2f, 0.1f), 0.7f)]
    [Differentiable]
    public static float ArrayOfBodies(Body[] bodies)
    {
        float energy = 0;
        foreach (var body in bodies) energy += 0.5f * body.Mass * body.Velocity.LengthSquared();
        return energy - bodies[0].Mass * bodies[1].Mass / Vector3.Distance(bodies[0].Position, bodies[1].Position);
    }

    //? a `static readonly` vector, `with` and an initializer
    //? p = new(0.5f, -1.2f, 2)
    [Differentiable]
    public static float StaticVector(Vector3 p)
    {
        var q = new Vector3 { X = p.Y, Y = p.X };
        return Vector3.Dot(Sun, (q with { Z = p.Z }) * Sun);
    }

    //? a helper that takes vectors by `in`, `ref` and `out`
    //? p = new(0.5f, -1.2f, 2), q = new(1, 0.3f, -0.7f)
    [Differentiable]
    public static float ByReference(Vector3 p, Vector3 q)
    {
        Push(in p, ref q, out var normal);
        return Vector3.Dot(q, normal);
    }

    private static void Push(in Vector3 by, ref Vector3 what, out Vector3 normal)
    {
        what += 0.5f * by;
        normal = Vector3.Normalize(what - by);
    }

    //? `ref` and `out` parameters that are vectors
    //? v = new(0.5f, -1.2f, 2), dt = 0.1f
    [Differentiable]
    public static void RefAndOut(ref Vector3 v, float dt, out Vector3 a)
    {
        a = -v * v.Length();
        v += dt * a;
    }

    //? vectors in a tuple
    //? p = new(0.5f, -1.2f, 2), q = new(1, 0.3f, -0.7f)
    [Differentiable]
    public static (Vector3 Sum, float Dot) VectorsInTuple(Vector3 p, Vector3 q) => (p + q, Vector3.Dot(p, q));

    //? vectors of other lengths: constructors, `AsVector4`, `CopyTo`
    //? p = new(0.5f, -1.2f), z = 0.3f
    [Differentiable]
    public static float OtherLengths(Vector2 p, float z)
    {
        var q = new Vector4(new Vector3(p, z), 1);
        Span<float> copy = stackalloc float[4];
        (q * q).CopyTo(copy);
        return copy[0] * q.Y + copy[1] * copy[2] + new Vector4(copy).Length();
    }

    //? vectors from a span of numbers
    //? x = [0.5f, -1.2f, 2, 0.3f, 0.1f, 0.9f]
    [Differentiable]
    public static float VectorsFromSpan(ReadOnlySpan<float> x)
    {
        float sum = 0;
        for (int i = 0; i + 3 <= x.Length; i += 3) sum += new Vector3(x.Slice(i, 3)).Length();
        return sum;
    }

    //? a pattern with the components of a vector
    //? p = new(0.5f, -1.2f, 2)
    //? p = new(-0.5f, -1.2f, 2)
    [Differentiable]
    public static float VectorPattern(Vector3 p) => p is { X: > 0, Y: var y } ? y * y * p.Z : p.Z * p.Z;

    //? `Equals` of vectors, and comparisons of all components
    //? p = new(0.5f, -1.2f, 2), q = new(1, 0.3f, -0.7f)
    [Differentiable]
    public static float VectorComparisons(Vector3 p, Vector3 q) =>
        p.Equals(q) || Vector3.GreaterThanAll(p, q) ? p.X : Vector3.LessThanAny(p, q) ? p.Y * q.Y : q.Z;

    //? a lambda from vectors to a vector
    //? p = new(0.5f, -1.2f, 2)
    [Differentiable]
    public static float LambdaOfVectors(Vector3 p)
    {
        Func<Vector3, Vector3> turn = v => Vector3.Cross(v, Sun) + v;
        return turn(turn(p)).X;
    }
}
