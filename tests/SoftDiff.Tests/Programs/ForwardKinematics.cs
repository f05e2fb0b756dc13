namespace SoftDiff.Tests.Programs;

public readonly struct Rotation
{
    public Rotation(double w, Vec3 v)
    {
        W = w;
        V = v;
    }

    public double W { get; }

    public Vec3 V { get; }

    public static Rotation Identity => new(1, new Vec3(0, 0, 0));

    public static Rotation About(Vec3 axis, double angle) => new(Math.Cos(angle / 2), Math.Sin(angle / 2) / axis.Length * axis);

    public static Rotation operator *(Rotation a, Rotation b) =>
        new(a.W * b.W - Vec3.Dot(a.V, b.V), a.W * b.V + b.W * a.V + Vec3.Cross(a.V, b.V));

    public Vec3 Apply(Vec3 p)
    {
        var t = 2 * Vec3.Cross(V, p);
        return p + W * t + Vec3.Cross(V, t);
    }
}

public struct Joint
{
    public Vec3 Axis;
    public Vec3 Link;
    public double Stiffness;
}

/// <summary>A chain of joints: where its end is, and how far that is from a target.</summary>
public static partial class ForwardKinematics
{
    [Differentiable]
    public static Vec3 End(ReadOnlySpan<Joint> joints, ReadOnlySpan<double> angles)
    {
        var at = new Vec3(0, 0, 0);
        var turned = Rotation.Identity;
        for (int i = 0; i < joints.Length; i++)
        {
            turned *= Rotation.About(joints[i].Axis, angles[i]);
            at += turned.Apply(joints[i].Link);
        }

        return at;
    }

    [Differentiable]
    public static double Cost(ReadOnlySpan<Joint> joints, ReadOnlySpan<double> angles, Vec3 target)
    {
        double strain = 0;
        for (int i = 0; i < joints.Length; i++) strain += joints[i].Stiffness * angles[i] * angles[i];
        return (End(joints, angles) - target).LengthSquared + strain / 2;
    }

    [Hessian(nameof(Cost), Wrt = ["target"])]
    public static partial double CostByTarget(ReadOnlySpan<Joint> joints, ReadOnlySpan<double> angles, Vec3 target, out Vec3 dTarget, Span<double> hessian);
}
