using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public record struct Joint(Vector3 Axis, float Length);

public static partial class Rotations
{
    //? a vector turned by a quaternion
    //? v = new(0.5f, -1.2f, 2), q = new(0.1f, 0.2f, -0.3f, 0.9f)
    [Differentiable]
    public static Vector3 TurnedVector(Vector3 v, Quaternion q) => Vector3.Transform(v, Quaternion.Normalize(q));

    //? products of quaternions, `Conjugate` and `Inverse`
    //? p = new(0.1f, 0.2f, -0.3f, 0.9f), q = new(-0.4f, 0.3f, 0.2f, 0.7f)
    [Differentiable]
    public static Quaternion QuaternionProducts(Quaternion p, Quaternion q) => p * Quaternion.Conjugate(q) + Quaternion.Concatenate(Quaternion.Inverse(p), q) / q;

    //? a quaternion from an axis and an angle
    //? axis = new(0.6f, 0, 0.8f), angle = 0.7f
    [Differentiable]
    public static float AxisAngle(Vector3 axis, float angle)
    {
        var v = Vector3.Transform(Vector3.UnitY, Quaternion.CreateFromAxisAngle(axis, angle));
        return v.X + 2 * v.Y - v.Z;
    }

    //? a quaternion from yaw, pitch and roll
    //? yaw = 0.3f, pitch = -0.4f, roll = 0.8f
    [Differentiable]
    public static Quaternion YawPitchRoll(float yaw, float pitch, float roll) => Quaternion.CreateFromYawPitchRoll(yaw, pitch, roll);

    //? `Quaternion.Slerp` and `Lerp`
    //? p = new(0.1f, 0.2f, -0.3f, 0.9f), q = new(-0.4f, 0.3f, 0.2f, 0.7f), t = 0.3f
    //? p = new(0.1f, 0.2f, -0.3f, 0.9f), q = new(0.4f, -0.3f, -0.2f, -0.7f), t = 0.3f
    [Differentiable]
    public static float Interpolated(Quaternion p, Quaternion q, float t)
    {
        var (a, b) = (Quaternion.Normalize(p), Quaternion.Normalize(q));
        var r = Quaternion.Slerp(a, b, t);
        return r.X + 2 * r.W + Quaternion.Dot(Quaternion.Lerp(a, b, t), a);
    }

    //? a quaternion from a rotation matrix, all four branches
    //? m = System.Numerics.Matrix4x4.CreateRotationX(0.5f), s = 1.1f
    //? m = System.Numerics.Matrix4x4.CreateRotationX(3), s = 1.1f
    //? m = System.Numerics.Matrix4x4.CreateRotationY(3), s = 1.1f
    //? m = System.Numerics.Matrix4x4.CreateRotationZ(3), s = 1.1f
    [Differentiable]
    public static Quaternion FromRotationMatrix(Matrix4x4 m, float s) => Quaternion.CreateFromRotationMatrix(m) * s;

    //? a chain of joints: quaternions in a loop
    //? joints = [new(new(0.6f, 0, 0.8f), 1), new(new(0, 1, 0), 0.7f), new(new(1, 0, 0), 0.5f)], angles = [0.3f, -0.4f, 0.5f]
    [Differentiable]
    public static Vector3 ChainOfJoints(ReadOnlySpan<Joint> joints, ReadOnlySpan<float> angles)
    {
        var (rotation, position) = (Quaternion.Identity, Vector3.Zero);
        for (int i = 0; i < joints.Length; i++)
        {
            rotation *= Quaternion.CreateFromAxisAngle(joints[i].Axis, angles[i]);
            position += Vector3.Transform(new Vector3(0, 0, joints[i].Length), rotation);
        }

        return position;
    }

    //? a rigid body's rotation integrated
    //? w = new(0.5f, -0.2f, 0.3f), dt = 0.1f, steps = 3
    [Differentiable]
    public static float IntegratedRotation(Vector3 w, float dt, int steps)
    {
        var q = Quaternion.Identity;
        for (int i = 0; i < steps; i++) q = Quaternion.Normalize(q + new Quaternion(w * (0.5f * dt), 0) * q);
        return q.X + q.Y * q.Z - q.W;
    }

    //? a point by a `Matrix4x4`
    //? p = new(0.5f, -1.2f, 2), m = System.Numerics.Matrix4x4.CreateTranslation(0.1f, 0.2f, 0.3f) * System.Numerics.Matrix4x4.CreateRotationX(0.3f)
    [Differentiable]
    public static float PointByMatrix(Vector3 p, Matrix4x4 m) => Vector3.Transform(p, m).Length() + Vector3.TransformNormal(p, m).Y;

    //? products of matrices
    //? a = System.Numerics.Matrix4x4.CreateRotationX(0.3f), b = System.Numerics.Matrix4x4.CreateScale(1.1f, 0.9f, 1.3f)
    [Differentiable]
    public static Matrix4x4 MatrixProducts(Matrix4x4 a, Matrix4x4 b) => a * b * 0.5f + Matrix4x4.Transpose(a) - b;

    //? a model matrix: scale, rotation, translation
    //? scale = 1.3f, yaw = 0.4f, position = new(0.5f, -1.2f, 2)
    [Differentiable]
    public static float ModelMatrix(float scale, float yaw, Vector3 position)
    {
        var model = Matrix4x4.CreateScale(scale) * Matrix4x4.CreateRotationY(yaw) * Matrix4x4.CreateTranslation(position);
        var p = Vector3.Transform(new Vector3(0.2f, 0.4f, 0.6f), model);
        return p.X * p.Y + p.Z;
    }

    //? a camera: `CreateLookAt` and `CreatePerspectiveFieldOfView`
    //? eye = new(1.5f, 1.2f, 4), target = new(0.1f, 0.2f, 0), angle = 0.8f
    [Differentiable]
    public static Vector2 CameraOfMatrices(Vector3 eye, Vector3 target, float angle)
    {
        var view = Matrix4x4.CreateLookAt(eye, target, Vector3.UnitY);
        var clip = Vector4.Transform(new Vector4(0.3f, 0.5f, -0.2f, 1), view * Matrix4x4.CreatePerspectiveFieldOfView(angle, 1.5f, 0.1f, 100));
        return new Vector2(clip.X, clip.Y) / clip.W;
    }

    //? an inverse matrix by `out`, and the determinant
    //? m = System.Numerics.Matrix4x4.CreateRotationX(0.3f) + System.Numerics.Matrix4x4.CreateScale(1.1f, 0.9f, 1.3f)
    //? m = default
    [Differentiable]
    public static float InverseMatrix(Matrix4x4 m) => Matrix4x4.Invert(m, out var inverse) ? inverse.M12 + inverse.M33 * m.GetDeterminant() : 0;

    //? elements of a matrix assigned
    //? m = System.Numerics.Matrix4x4.CreateRotationX(0.3f), s = 1.2f
    [Differentiable]
    public static float MatrixElements(Matrix4x4 m, float s)
    {
        m.M11 *= s;
        m[1, 2] += m.M11;
        m.Translation += new Vector3(s, 2 * s, 0);
        return m[1, 2] * m.M42 + m.Translation.X * m.GetElement(2, 2);
    }

    //? a `Matrix3x2`
    //? p = new(0.5f, -1.2f), angle = 0.3f, scale = new(1.2f, 0.8f)
    [Differentiable]
    public static Vector2 AffineMap(Vector2 p, float angle, Vector2 scale)
    {
        var map = Matrix3x2.CreateScale(scale, new Vector2(0.1f, 0.2f)) * Matrix3x2.CreateRotation(angle) * Matrix3x2.CreateSkew(0.1f * angle, 0.2f);
        return Vector2.Transform(p, map) + map.Translation * map.GetDeterminant();
    }

    //? an inverse `Matrix3x2`
    //? m = System.Numerics.Matrix3x2.CreateRotation(0.3f) * 1.2f, p = new(0.5f, -1.2f)
    [Differentiable]
    public static Vector2 InverseAffine(Matrix3x2 m, Vector2 p) => Matrix3x2.Invert(m, out var inverse) ? Vector2.Transform(p, inverse) : p;

    //? a `Plane` from three points
    //? a = new(0.5f, -1.2f, 2), b = new(1, 0.3f, -0.7f), c = new(0.2f, 0.4f, 0.6f)
    [Differentiable]
    public static Plane PlaneOfPoints(Vector3 a, Vector3 b, Vector3 c) => Plane.CreateFromVertices(a, b, c);

    //? the distance to a plane that is normalised
    //? plane = new(0.6f, 0, 0.8f, -0.5f), p = new(0.5f, -1.2f, 2)
    [Differentiable]
    public static float DistanceToPlane(Plane plane, Vector3 p) => Plane.DotCoordinate(Plane.Normalize(plane), p) * plane.Normal.X + plane.D;

    //? a plane moved by a matrix, and a reflection in it
    //? plane = new(0.6f, 0.1f, 0.8f, -0.5f), angle = 0.4f
    [Differentiable]
    public static float MovedPlane(Plane plane, float angle)
    {
        var moved = Plane.Transform(Plane.Normalize(plane), Matrix4x4.CreateRotationZ(angle));
        return Vector3.Transform(Vector3.One, Matrix4x4.CreateReflection(moved)).X;
    }
}
