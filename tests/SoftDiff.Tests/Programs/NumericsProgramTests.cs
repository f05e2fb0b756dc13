using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftDiff.Tests.Programs;

/// <summary>Programs in the types of System.Numerics, against differences.</summary>
public sealed class NumericsProgramTests
{
    [Fact]
    public void RobotArmIsExact()
    {
        ArmJoint[] joints = [new(new(0, 0, 1), new(1, 0, 0.1f)), new(new(0, 1, 0.2f), new(0.8f, 0.1f, 0)), new(new(1, 0.5f, 0), new(0.5f, 0, -0.3f))];
        float[] angles = [0.3f, -0.7f, 1.1f];
        Vector3[] target = [new(1, 1, 0.5f)];
        Quaternion[] pose = [new(0.1f, 0.3f, -0.2f, 0.9f)];
        var dJoints = new ArmJoint[3];
        var dAngles = new float[3];

        float error = RobotArm.PoseErrorGrad(joints, angles, target[0], pose[0], dJoints, dAngles, out var dTarget, out var dPose);

        double Error() => RobotArm.PoseError(joints, angles, target[0], pose[0]);
        Assert.Equal(Error(), error, 1e-5);
        Differences.AssertGradient(Error, Numbers<ArmJoint>(joints), Numbers<ArmJoint>(dJoints));
        Differences.AssertGradient(Error, angles, dAngles);
        Differences.AssertGradient(Error, Numbers<Vector3>(target), Numbers<Vector3>([dTarget]));
        Differences.AssertGradient(Error, Numbers<Quaternion>(pose), Numbers<Quaternion>([dPose]));
    }

    [Fact]
    public void RayMarcherIsExact()
    {
        Vector3[] center = [new(-0.1f, 0.1f, 3)], eye = [new(0.1f, 0, -1)];
        float[] radius = [0.8f];
        Light[] light = [new() { Direction = new(0.4f, 0.7f, -1), Color = new(0.9f, 0.7f, 0.5f) }];
        var direction = new Vector3(0.05f, 0.06f, 1);
        var weights = new Vector3(0.5f, -0.7f, 1.1f);

        RayMarcher.ShadeVjp(center[0], radius[0], light[0], eye[0], direction, weights, out var dCenter, out var dRadius, out var dLight, out var dEye);

        double Shade() => Vector3.Dot(weights, RayMarcher.Shade(center[0], radius[0], light[0], eye[0], direction));
        Differences.AssertGradient(Shade, Numbers<Vector3>(center), Numbers<Vector3>([dCenter]));
        Differences.AssertGradient(Shade, radius, [dRadius]);
        Differences.AssertGradient(Shade, Numbers<Light>(light), Numbers<Light>([dLight]));
        Differences.AssertGradient(Shade, Numbers<Vector3>(eye), Numbers<Vector3>([dEye]));
    }

    [Fact]
    public void HestonOptionIsExact()
    {
        Heston[] model = [new(0.04, 1.5, 0.06, 0.4, -0.6)];
        double[] spot = [100];

        double price = HestonOption.PriceGrad(model[0], spot[0], 105, 0.02, 0.75, out var dModel, out var dSpot);

        double Price() => HestonOption.Price(model[0], spot[0], 105, 0.02, 0.75);
        Assert.Equal(Price(), price, 1e-10);
        Assert.InRange(price, 4, 8);
        Differences.AssertGradient(Price, MemoryMarshal.Cast<Heston, double>(model.AsSpan()), MemoryMarshal.Cast<Heston, double>([dModel]));
        Differences.AssertGradient(Price, spot, [dSpot], 1e-4);
    }

    private static Span<float> Numbers<T>(T[] values)
        where T : struct => MemoryMarshal.Cast<T, float>(values.AsSpan());
}
