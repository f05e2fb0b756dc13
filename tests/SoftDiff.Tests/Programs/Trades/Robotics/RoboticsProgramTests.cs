using System.Numerics;
using System.Runtime.InteropServices;
using SoftDiff.Tests.Programs.Robotics.Bicycle;
using SoftDiff.Tests.Programs.Robotics.Pid;
using SoftDiff.Tests.Programs.Robotics.PoseGraph;
using SoftDiff.Tests.Programs.Robotics.Ukf;

namespace SoftDiff.Tests.Programs.Robotics;

/// <summary>Simulators, filters and graphs of poses, as one writes them without SoftDiff, against differences.</summary>
public sealed class RoboticsProgramTests
{
    [Fact]
    public void ARollOutOfABicycleIsExact()
    {
        var track = new Track { Waypoints = { (0.5, 0.1), (1.1, 0.3), (2, 0.2), (3, 1.1) } };
        Command[] controls = [new(0.5, 0.1), new(0.2, -0.2), new(1, 0.3), new(-0.3, 0.7)], dControls = new Command[4];
        double[] wheelBase = [1.5];

        double Cost() => TrajectoryOptimization.TrackingCost(controls, wheelBase[0], track, 0.2);
        TrajectoryOptimization.TrackingCostGrad(controls, wheelBase[0], track, 0.2, dControls, out double dWheelBase, out _);

        Differences.AssertGradient(Cost, Numbers(controls), Numbers(dControls), 1e-4);
        Differences.AssertGradient(Cost, wheelBase, [dWheelBase], 1e-4);
    }

    [Fact]
    public void AControllerWithStateIsExact()
    {
        double[] p = [8, 3, 0.5, 0.7];

        double Cost() => Tuning.StepResponseCost((p[0], p[1], p[2]), p[3], 2, 0.02);
        double cost = Tuning.StepResponseCostGrad((p[0], p[1], p[2]), p[3], 2, 0.02, out var dGains, out double dInertia);

        Assert.Equal(Cost(), cost, 1e-12);
        Differences.AssertGradient(Cost, p, [dGains.P, dGains.I, dGains.D, dInertia], 1e-5);
    }

    [Fact]
    public void AnUnscentedFilterIsExact()
    {
        double[] noise = [0.02, 0.1], observations = [0.3, 0.25, 0.1, -0.1];

        double Cost() => UnscentedFilter.NegativeLogLikelihood(noise[0], noise[1], observations, 0.1);
        UnscentedFilter.NegativeLogLikelihoodGrad(noise[0], noise[1], observations, 0.1, out double dProcess, out double dMeasurement);

        Differences.AssertGradient(Cost, noise, [dProcess, dMeasurement], 1e-5);
    }

    [Fact]
    public void AGraphOfPosesIsExact()
    {
        Pose[] poses =
        [
            new(new Quaternion(0.1f, 0.2f, 0.3f, 0.9f), new Vector3(0.1f, 0.4f, 0.2f)),
            new(new Quaternion(0.2f, -0.2f, 0.1f, 0.8f), new Vector3(1.1f, 0.4f, 0.2f)),
        ];
        List<Edge> edges =
        [
            new(0, 1, new Pose(Quaternion.Identity, new Vector3(1, 0.1f, 0.2f)), 0.7f),
            new(1, 0, new Pose(Quaternion.Identity, new Vector3(-1, 0.1f, 0.2f))),
            new(1, 1, default),
        ];
        float[] delta = [0.8f];
        var dPoses = new Pose[2];

        double Chi2() => GraphOptimizer.Chi2(poses, edges, delta[0]);
        float value = GraphOptimizer.Chi2Grad(poses, edges, delta[0], dPoses, out float dDelta);

        Assert.Equal(Chi2(), value, 1e-5);
        Differences.AssertGradient(Chi2, Singles(poses), Singles(dPoses));
        Differences.AssertGradient(Chi2, delta, [dDelta]);
    }

    private static Span<double> Numbers(Command[] controls) => MemoryMarshal.Cast<Command, double>(controls.AsSpan());

    private static Span<float> Singles(Pose[] poses) => MemoryMarshal.Cast<Pose, float>(poses.AsSpan());
}
