using System.Numerics;

namespace SoftDiff.Benchmarks.Structs;

/// <summary>
/// An arm of joints, by quaternions and by matrices: how far its tip is from a target. The gradients by hand use the same types, so both run on
/// the vectors of .NET where .NET does.
/// </summary>
public static partial class Arm
{
    private static readonly Vector3 Bone = new(0, 0, 0.3f);

    [Differentiable(Wrt = ["angles"])]
    public static float ByQuaternions(ReadOnlySpan<float> angles, ReadOnlySpan<Vector3> axes, Vector3 target)
    {
        Quaternion pose = Quaternion.Identity;
        Vector3 tip = Vector3.Zero;
        for (int i = 0; i < angles.Length; i++)
        {
            pose *= Quaternion.CreateFromAxisAngle(axes[i], angles[i]);
            tip += Vector3.Transform(Bone, pose);
        }

        return (tip - target).LengthSquared();
    }

    [Differentiable(Wrt = ["angles"])]
    public static float ByMatrices(ReadOnlySpan<float> angles, Matrix4x4 bone, Vector3 target)
    {
        Matrix4x4 pose = Matrix4x4.Identity;
        for (int i = 0; i < angles.Length; i++) pose = Matrix4x4.CreateRotationX(angles[i]) * bone * pose;
        return (Vector3.Transform(Vector3.Zero, pose) - target).LengthSquared();
    }

    public static float ByQuaternionsByHand(ReadOnlySpan<float> angles, ReadOnlySpan<Vector3> axes, Vector3 target, Span<float> dAngles)
    {
        Span<Quaternion> poses = stackalloc Quaternion[64];
        Quaternion pose = Quaternion.Identity;
        Vector3 tip = Vector3.Zero;
        for (int i = 0; i < angles.Length; i++)
        {
            poses[i] = pose;
            pose *= Quaternion.CreateFromAxisAngle(axes[i], angles[i]);
            tip += Vector3.Transform(Bone, pose);
        }

        Vector3 dTip = 2 * (tip - target);
        Quaternion dPose = default;
        for (int i = angles.Length - 1; i >= 0; i--)
        {
            var (sin, cos) = MathF.SinCos(0.5f * angles[i]);
            Quaternion step = new(axes[i] * sin, cos);
            Vector3 u = new(pose.X, pose.Y, pose.Z);
            Vector3 side = Vector3.Cross(Bone, dTip);
            Vector3 dU = 2 * (pose.W * side + dTip * Vector3.Dot(u, Bone) + Bone * Vector3.Dot(dTip, u) - 2 * Vector3.Dot(dTip, Bone) * u);
            dPose += new Quaternion(dU, 2 * Vector3.Dot(u, side));
            Quaternion dStep = Quaternion.Conjugate(poses[i]) * dPose;
            dAngles[i] = 0.5f * (cos * Vector3.Dot(axes[i], new(dStep.X, dStep.Y, dStep.Z)) - sin * dStep.W);
            dPose *= Quaternion.Conjugate(step);
            pose = poses[i];
        }

        return (tip - target).LengthSquared();
    }

    public static float ByMatricesByHand(ReadOnlySpan<float> angles, Matrix4x4 bone, Vector3 target, Span<float> dAngles)
    {
        Span<Matrix4x4> poses = stackalloc Matrix4x4[64];
        Matrix4x4 pose = Matrix4x4.Identity;
        for (int i = 0; i < angles.Length; i++)
        {
            poses[i] = pose;
            pose = Matrix4x4.CreateRotationX(angles[i]) * bone * pose;
        }

        Vector3 tip = pose.Translation, dTip = 2 * (tip - target);
        Matrix4x4 dPose = default, back = Matrix4x4.Transpose(bone);
        dPose.Translation = dTip;
        for (int i = angles.Length - 1; i >= 0; i--)
        {
            Matrix4x4 turn = Matrix4x4.CreateRotationX(angles[i]);
            Matrix4x4 dTurn = dPose * Matrix4x4.Transpose(poses[i]) * back;
            dAngles[i] = turn.M22 * (dTurn.M23 - dTurn.M32) - turn.M23 * (dTurn.M22 + dTurn.M33);
            dPose = Matrix4x4.Transpose(turn * bone) * dPose;
        }

        return (tip - target).LengthSquared();
    }
}
