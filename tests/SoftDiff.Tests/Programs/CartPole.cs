namespace SoftDiff.Tests.Programs;

/// <summary>A pole on a cart, as a simulator object.</summary>
public sealed class CartPole
{
    private const double Gravity = 9.81;
    private const double CartMass = 1.0;
    private readonly double _poleMass;
    private readonly double _length;
    private double _position;
    private double _velocity;
    private double _angle;
    private double _angularVelocity;

    public CartPole(double angle, double length, double poleMass = 0.1)
    {
        _angle = angle;
        _length = length;
        _poleMass = poleMass;
    }

    public int StepsTaken { get; private set; }

    public bool HasFallen => Math.Abs(_angle) > 1.2;

    public double Cost => _angle * _angle + 0.1 * _position * _position + 0.01 * _velocity * _velocity;

    public void Observe(Span<double> state)
    {
        state[0] = _position;
        state[1] = _velocity;
        state[2] = _angle;
        state[3] = _angularVelocity;
    }

    public void Step(double force, double dt)
    {
        double sin = Math.Sin(_angle), cos = Math.Cos(_angle);
        double total = CartMass + _poleMass;
        double push = (force + _poleMass * _length * _angularVelocity * _angularVelocity * sin) / total;
        double angular = (Gravity * sin - cos * push) / (_length * (4.0 / 3.0 - _poleMass * cos * cos / total));
        double linear = push - _poleMass * _length * angular * cos / total;
        _position += dt * _velocity;
        _velocity += dt * linear;
        _angle += dt * _angularVelocity;
        _angularVelocity += dt * angular;
        StepsTaken++;
    }
}

/// <summary>The cost of a linear policy over a roll-out.</summary>
public static partial class Control
{
    [Differentiable(Wrt = ["gains", "angle", "length"])]
    public static double RollOut(double[] gains, double angle, double length, int steps, double dt)
    {
        var env = new CartPole(angle, length);
        Span<double> state = stackalloc double[4];
        double cost = 0;
        for (int t = 0; t < steps; t++)
        {
            env.Observe(state);
            double force = 0;
            for (int i = 0; i < gains.Length; i++) force += gains[i] * state[i];
            env.Step(Math.Tanh(force) * 10, dt);
            cost += env.Cost;
            if (env.HasFallen) break;
        }

        return cost / env.StepsTaken;
    }
}
