using System.Runtime.InteropServices;

namespace SoftDiff.Tests.Programs;

/// <summary>Programs as people write them, against differences.</summary>
public sealed class ProgramTests
{
    [Fact]
    public void BundleAdjustmentIsExact()
    {
        Camera[] cameras =
        [
            new(new Vec3(0.1, -0.2, 0.05), new Vec3(0.3, 0.1, -4), 500, -0.01, 0.002),
            new(new Vec3(0, 0, 0), new Vec3(-0.2, 0.4, -5), 480, 0.02, 0.001),
            new(new Vec3(-0.3, 0.4, 0.2), new Vec3(0.5, -0.3, -6), 510, 0, 0),
        ];
        Vec3[] points = [new(0.5, 0.2, 0.1), new(-0.4, 0.7, -0.3), new(0.1, -0.6, 0.4), new(0.9, 0.3, -0.2)];
        int[] cameraOf = [0, 0, 1, 1, 2, 2, 0, 2];
        int[] pointOf = [0, 1, 1, 2, 2, 3, 3, 0];
        double[] observed = [.. Enumerable.Range(0, 2 * cameraOf.Length).Select(i => 40 * Math.Sin(1 + i))];
        var dCameras = new Camera[cameras.Length];
        var dPoints = new Vec3[points.Length];

        double cost = BundleAdjustment.CostGrad(cameras, points, cameraOf, pointOf, observed, dCameras, dPoints);

        double Cost() => BundleAdjustment.Cost(cameras, points, cameraOf, pointOf, observed);
        Assert.Equal(Cost(), cost, 1e-9);
        Differences.AssertGradient(Cost, Numbers<Camera>(cameras), Numbers<Camera>(dCameras));
        Differences.AssertGradient(Cost, Numbers<Vec3>(points), Numbers<Vec3>(dPoints));
    }

    [Fact]
    public void ForwardKinematicsIsExact()
    {
        Joint[] joints =
        [
            new() { Axis = new Vec3(0, 0, 1), Link = new Vec3(1, 0, 0.1), Stiffness = 0.3 },
            new() { Axis = new Vec3(0, 1, 0.2), Link = new Vec3(0.8, 0.1, 0), Stiffness = 0.2 },
            new() { Axis = new Vec3(1, 0.5, 0), Link = new Vec3(0.5, 0, -0.3), Stiffness = 0.1 },
        ];
        double[] angles = [0.3, -0.7, 1.1];
        Vec3[] target = [new(1, 1, 0.5)];
        var dJoints = new Joint[joints.Length];
        var dAngles = new double[angles.Length];

        ForwardKinematics.CostGrad(joints, angles, target[0], dJoints, dAngles, out Vec3 dTarget);

        double Cost() => ForwardKinematics.Cost(joints, angles, target[0]);
        Differences.AssertGradient(Cost, Numbers<Joint>(joints), Numbers<Joint>(dJoints));
        Differences.AssertGradient(Cost, angles, dAngles);
        Differences.AssertGradient(Cost, Numbers<Vec3>(target), Numbers<Vec3>(new[] { dTarget }));

        var hessian = new double[9];
        ForwardKinematics.CostByTarget(joints, angles, target[0], out Vec3 again, hessian);
        Assert.Equal(dTarget, again);
        Assert.Equal([2, 0, 0, 0, 2, 0, 0, 0, 2], hessian);
    }

    [Fact]
    public void ResultsThatAreStructsHaveCotangentsAndTangents()
    {
        Joint[] joints = [new() { Axis = new Vec3(0, 0, 1), Link = new Vec3(1, 0, 0.1) }, new() { Axis = new Vec3(0, 1, 0), Link = new Vec3(0.8, 0.1, 0) }];
        double[] angles = [0.3, -0.7];
        double[] tAngles = [0.5, 0.25];
        var c = new Vec3(1, -2, 0.5);
        var dJoints = new Joint[2];
        var dAngles = new double[2];

        ForwardKinematics.EndVjp(joints, angles, c, dJoints, dAngles);
        ForwardKinematics.EndJvp(joints, angles, new Joint[2], tAngles, out Vec3 tResult);

        Differences.AssertGradient(() => Vec3.Dot(c, ForwardKinematics.End(joints, angles)), angles, dAngles);
        Assert.Equal(dAngles[0] * tAngles[0] + dAngles[1] * tAngles[1], Vec3.Dot(c, tResult), 1e-12);
    }

    [Fact]
    public void TheReceiverIsTheFirstInput()
    {
        var pendulum = new Pendulum { Angle = 0.7, Speed = -0.4, Steps = 3 };

        double energy = pendulum.EnergyGrad(9.81, out Pendulum dThis, out double dGravity);

        Assert.Equal(pendulum.Energy(9.81), energy);
        Assert.Equal(9.81 * Math.Sin(0.7), dThis.Angle, 1e-12);
        Assert.Equal(-0.4, dThis.Speed, 1e-12);
        Assert.Equal(0, dThis.Steps);
        Assert.Equal(1 - Math.Cos(0.7), dGravity, 1e-12);
    }

    [Fact]
    public void ACompanionAdvancesTheReceiverAsTheMethodDoes()
    {
        var start = new Pendulum { Angle = 0.7, Speed = -0.4, Steps = 3 };
        var (stepped, other) = (start, start);
        stepped.Step(9.81, 0.1);
        var cotangent = new Pendulum { Angle = 1, Speed = 0.5, Steps = 7 };

        other.StepVjp(9.81, 0.1, ref cotangent, out double dGravity, out _);

        Assert.Equal(stepped, other);
        Assert.Equal(7, cotangent.Steps);
        double speedBar = 0.5 + 0.1;
        Assert.Equal(1 - speedBar * 0.1 * 9.81 * Math.Cos(0.7), cotangent.Angle, 1e-12);
        Assert.Equal(speedBar, cotangent.Speed, 1e-12);
        Assert.Equal(-speedBar * 0.1 * Math.Sin(0.7), dGravity, 1e-12);
    }

    [Fact]
    public void AWrongLengthNamesTheNumberOfStructs()
    {
        var error = Assert.Throws<ArgumentException>(() => ForwardKinematics.CostGrad(new Joint[2], new double[2], default, new Joint[3], new double[2], out _));
        Assert.Contains("dJoints", error.Message, StringComparison.Ordinal);
        Assert.Contains("2", error.Message, StringComparison.Ordinal);
        Assert.Contains("3", error.Message, StringComparison.Ordinal);
    }

    private static Span<double> Numbers<T>(Span<T> values)
        where T : struct => MemoryMarshal.Cast<T, double>(values);

    /// <summary>The gradient against differences of fourth order, at two step sizes that must agree.</summary>
}
