using System.Numerics;

namespace SoftDiff.Tests.Programs;

public record struct ArmJoint(Vector3 Axis, Vector3 Link);

/// <summary>A robot's arm in the types of System.Numerics: where its hand is, and how far that is from a target pose.</summary>
public static partial class RobotArm
{
    [Differentiable]
    public static float PoseError(ReadOnlySpan<ArmJoint> joints, ReadOnlySpan<float> angles, Vector3 target, Quaternion pose)
    {
        var (position, rotation) = Hand(joints, angles);
        float apart = Vector3.DistanceSquared(position, target);
        float turned = 1 - MathF.Pow(Quaternion.Dot(Quaternion.Normalize(rotation), Quaternion.Normalize(pose)), 2);
        return apart + 0.3f * turned;
    }

    public static (Vector3 Position, Quaternion Rotation) Hand(ReadOnlySpan<ArmJoint> joints, ReadOnlySpan<float> angles)
    {
        var position = Vector3.Zero;
        var rotation = Quaternion.Identity;
        for (int i = 0; i < joints.Length; i++)
        {
            var axis = Vector3.Normalize(joints[i].Axis);
            rotation *= Quaternion.CreateFromAxisAngle(axis, angles[i]);
            position += Vector3.Transform(joints[i].Link, rotation);
        }

        return (position, rotation);
    }
}
