using System.Numerics;

namespace SoftDiff.Tests.Programs.Robotics.PoseGraph;

public struct Pose
{
    public Quaternion Rotation;
    public Vector3 Position;

    public Pose(Quaternion rotation, Vector3 position)
    {
        Rotation = rotation;
        Position = position;
    }

    public readonly Pose Inverse()
    {
        var inverse = Quaternion.Conjugate(Rotation);
        return new Pose(inverse, -Vector3.Transform(Position, inverse));
    }

    public static Pose operator *(Pose a, Pose b) => new(a.Rotation * b.Rotation, a.Position + Vector3.Transform(b.Position, a.Rotation));
}

public sealed record Edge(int From, int To, Pose Measurement, float Information = 1);

public static partial class GraphOptimizer
{
    private static float Residual(in Pose from, in Pose to, Edge edge)
    {
        Pose error = edge.Measurement.Inverse() * (from.Inverse() * to);
        var rotation = new Vector3(error.Rotation.X, error.Rotation.Y, error.Rotation.Z);
        return edge.Information * (error.Position.LengthSquared() + 4 * rotation.LengthSquared());
    }

    private static float Huber(float squared, float delta)
        => squared <= delta * delta ? squared : 2 * delta * MathF.Sqrt(squared) - delta * delta;

    [Differentiable]
    public static float Chi2(Pose[] poses, List<Edge> edges, float delta)
    {
        float sum = 0;
        foreach (Edge edge in edges)
        {
            if (edge.From == edge.To) continue;
            sum += Huber(Residual(poses[edge.From], poses[edge.To], edge), delta);
        }

        var anchor = poses[0].Position;
        return sum + anchor.LengthSquared();
    }
}
