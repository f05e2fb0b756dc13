namespace SoftDiff.Tests.Programs.Robotics.Bicycle;

public readonly record struct VehicleState(double X, double Y, double Heading, double Speed)
{
    public static VehicleState operator +(VehicleState a, VehicleState b)
        => new(a.X + b.X, a.Y + b.Y, a.Heading + b.Heading, a.Speed + b.Speed);

    public static VehicleState operator *(double s, VehicleState a) => new(s * a.X, s * a.Y, s * a.Heading, s * a.Speed);
}

public readonly record struct Command(double Acceleration, double Steering);

public interface ISimulator
{
    VehicleState State { get; }
    void Step(Command control, double dt);
}

public sealed class BicycleModel : ISimulator
{
    private readonly double _wheelBase;

    public BicycleModel(VehicleState start, double wheelBase)
    {
        State = start;
        _wheelBase = wheelBase;
    }

    public VehicleState State { get; private set; }

    private VehicleState Derivative(VehicleState s, Command u) => new(
        s.Speed * Math.Cos(s.Heading),
        s.Speed * Math.Sin(s.Heading),
        s.Speed / _wheelBase * Math.Tan(Math.Clamp(u.Steering, -0.6, 0.6)),
        u.Acceleration - 0.05 * s.Speed);

    public void Step(Command control, double dt)
    {
        var k1 = Derivative(State, control);
        var k2 = Derivative(State + dt / 2 * k1, control);
        var k3 = Derivative(State + dt / 2 * k2, control);
        var k4 = Derivative(State + dt * k3, control);
        State += dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }
}

public class Track
{
    public List<(double X, double Y)> Waypoints { get; } = new();

    public double DistanceTo(double x, double y)
        => Waypoints.Min(w => Math.Sqrt((w.X - x) * (w.X - x) + (w.Y - y) * (w.Y - y)));
}

public static partial class TrajectoryOptimization
{
    private static double Rollout(ISimulator simulator, Command[] controls, Track track, double dt)
    {
        double cost = 0;
        foreach (var control in controls)
        {
            simulator.Step(control, dt);
            var (x, y, _, speed) = simulator.State;
            double lateral = track.DistanceTo(x, y);
            cost += lateral * lateral + 0.1 * Math.Pow(speed - 5, 2) + 0.01 * control.Steering * control.Steering;
        }

        return cost;
    }

    [Differentiable]
    public static double TrackingCost(Command[] controls, double wheelBase, Track track, double dt)
        => Rollout(new BicycleModel(new VehicleState(0, 0, 0.1, 3), wheelBase), controls, track, dt);
}
