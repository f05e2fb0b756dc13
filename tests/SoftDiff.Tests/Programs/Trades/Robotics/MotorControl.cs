namespace SoftDiff.Tests.Programs.Robotics.Pid;

public class PidController
{
    private double _integral;
    private double? _previousError;

    public double Kp { get; }
    public double Ki { get; }
    public double Kd { get; }
    public double Limit { get; init; } = double.PositiveInfinity;

    public PidController(double kp, double ki, double kd)
    {
        Kp = kp;
        Ki = ki;
        Kd = kd;
    }

    public double Update(double setpoint, double measured, double dt)
    {
        double error = setpoint - measured;
        _integral += error * dt;
        double derivative = _previousError.HasValue ? (error - _previousError.Value) / dt : 0;
        _previousError = error;
        double output = Kp * error + Ki * _integral + Kd * derivative;
        return Math.Clamp(output, -Limit, Limit);
    }

    public void Reset()
    {
        _integral = 0;
        _previousError = null;
    }
}

public class MotorPlant
{
    public double Position { get; private set; }
    public double Velocity { get; private set; }
    private readonly double _inertia, _damping;

    public MotorPlant(double inertia, double damping) => (_inertia, _damping) = (inertia, damping);

    public void Apply(double torque, double dt)
    {
        Velocity += (torque - _damping * Velocity) / _inertia * dt;
        Position += Velocity * dt;
    }
}

public static partial class Tuning
{
    [Differentiable(Wrt = ["gains", "inertia"])]
    public static double StepResponseCost((double P, double I, double D) gains, double inertia, double duration, double dt)
    {
        var pid = new PidController(gains.P, gains.I, gains.D) { Limit = 20 };
        var plant = new MotorPlant(inertia, damping: 0.4);
        double cost = 0, previous = 0;
        for (double t = 0; t < duration; t += dt)
        {
            double setpoint = t < 0.5 ? 0.2 : 1.0;
            double torque = pid.Update(setpoint, plant.Position, dt);
            plant.Apply(torque, dt);
            double overshoot = Math.Max(0, plant.Position - setpoint);
            double jerk = torque - previous;
            cost += dt * (Math.Pow(setpoint - plant.Position, 2) + 5 * overshoot * overshoot + 1e-4 * jerk * jerk);
            previous = torque;
        }

        return cost;
    }
}
