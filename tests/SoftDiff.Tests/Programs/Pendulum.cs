namespace SoftDiff.Tests.Programs;

/// <summary>A state that is advanced in place, by a method of its own.</summary>
public partial struct Pendulum
{
    public double Angle;
    public double Speed;
    public int Steps;

    [Differentiable]
    public readonly double Energy(double gravity) => Speed * Speed / 2 + gravity * (1 - Math.Cos(Angle));

    [Differentiable]
    public void Step(double gravity, double dt)
    {
        Speed -= dt * gravity * Math.Sin(Angle);
        Angle += dt * Speed;
        Steps++;
    }
}
