using System;
using System.Collections.Generic;
using SoftDiff;

namespace SoftDiff.Probes;

public interface IStepper
{
    double Step(double y, double h);
}

public class EulerStepper(double rate) : IStepper
{
    protected double Rate => rate;

    public int Steps { get; private set; }

    public virtual double Slope(double y) => -rate * y;

    public double Step(double y, double h)
    {
        Steps++;
        return y + h * Slope(y);
    }
}

public sealed class CubicStepper(double rate, double cubic) : EulerStepper(rate)
{
    public override double Slope(double y) => base.Slope(y) - cubic * y * y * y;
}

public sealed class Cart
{
    private const double Gravity = 9.81;
    private readonly double[] _state = new double[4];
    private readonly double _length;

    public Cart(double angle, double length)
    {
        _length = length;
        _state[2] = angle;
    }

    public double Angle => _state[2];

    public double Energy { get; private set; }

    public bool IsFallen => Math.Abs(_state[2]) > 1.5;

    public double this[int i]
    {
        get => _state[i];
        set => _state[i] = value;
    }

    public void Push(double force, double h)
    {
        double acceleration = Gravity / _length * Math.Sin(_state[2]) - force * Math.Cos(_state[2]) / _length;
        _state[0] += h * _state[1];
        _state[1] += h * force;
        _state[2] += h * _state[3];
        _state[3] += h * acceleration;
        Energy += force * force * h;
    }
}

public record class Estimate(double Mean, double Variance)
{
    public double Weight { get; init; } = 1;

    public Estimate Update(double z, double r)
    {
        double gain = Variance / (Variance + r);
        return new Estimate(Mean + gain * (z - Mean), (1 - gain) * Variance);
    }
}

public sealed class Accumulator
{
    public double Sum;
    private double _squares;

    public int Count { get; set; }

    public double Variance => _squares / Count - Sum / Count * (Sum / Count);

    public void Add(double x)
    {
        Sum += x;
        _squares += x * x;
        Count++;
    }
}

public static partial class MadeObjects
{
    //? an object made in the method, with private state that its methods change
    //? angle = 0.3, force = 0.7, n = 3
    //? angle = 1.4, force = -2, n = 30
    [Differentiable]
    public static double RollOut(double angle, double force, int n)
    {
        var cart = new Cart(angle, 1.5);
        for (int i = 0; i < n; i++)
        {
            cart.Push(force * Math.Sin(i), 0.05);
            if (cart.IsFallen) break;
        }

        return cart.Angle * cart.Angle + 0.1 * cart.Energy + cart[3];
    }

    //? two objects of a class, and a loop that changes one of them
    //? x = [0.5, -1, 2]
    [Differentiable]
    public static double TwoAccumulators(double[] x)
    {
        var plain = new Accumulator();
        var sines = new Accumulator { Sum = 0.25 };
        foreach (double each in x)
        {
            plain.Add(each);
            if (each > 0) sines.Add(Math.Sin(each));
        }

        return plain.Variance * sines.Sum + sines.Count;
    }

    //? a variable of an interface type that holds an object made here
    //? rate = 0.5, cubic = 0.25
    [Differentiable]
    public static double KnownType(double rate, double cubic)
    {
        IStepper plain = new EulerStepper(rate);
        EulerStepper stepper = new CubicStepper(rate, cubic);
        double y = 1, z = 1;
        for (int i = 0; i < 5; i++)
        {
            y = plain.Step(y, 0.1);
            z = stepper.Step(z, 0.1);
        }

        return y * z + stepper.Steps;
    }

    //? a record class made here, with `with`, and replaced by what its method returns
    //? z = [0.5, 1.5], r = 0.4
    [Differentiable]
    public static double Records(double[] z, double r)
    {
        var first = new Estimate(0.25, r * 2);
        var second = first.Update(z[0], r);
        var third = second with { Mean = second.Mean * z[1], Weight = 0.5 };
        var (mean, variance) = first;
        return mean * variance + third.Mean * third.Weight + third.Update(z[1], r).Variance + first.Mean;
    }

    //? tests of the class of an object made here, and a record compared with itself and with null
    //? x = 0.6
    [Differentiable]
    public static double ClassOfMade(double x)
    {
        EulerStepper stepper = new EulerStepper(x);
        object cubic = new CubicStepper(x, 0.5);
        var estimate = new Estimate(x, 0.5);
        var same = estimate;
        double y = stepper is CubicStepper ? x : 2 * x;
        y += stepper as CubicStepper is null ? x * x : 1;
        y *= cubic is EulerStepper ? ((EulerStepper)cubic).Step(x, 0.1) : 3;
        y -= (cubic as IStepper)?.Step(y, 0.1) ?? 4;
        return estimate == same && estimate != null ? y * estimate.Mean : y;
    }

    //? an object given to a helper that changes it
    //? x = 0.6
    [Differentiable]
    public static double GivenToHelper(double x)
    {
        var sum = new Accumulator();
        Fill(sum, x);
        var same = sum;
        same.Sum *= 2;
        return sum.Sum * sum.Variance;
    }

    private static void Fill(Accumulator sum, double x)
    {
        for (int i = 1; i < 4; i++) sum.Add(x * i);
    }

    //? an object that a helper makes and returns
    //? x = 0.6
    [Differentiable]
    public static double MadeByHelper(double x)
    {
        var cart = Start(x);
        cart[1] = x * x;
        cart.Push(x, 0.1);
        return cart[0] + cart[3] * cart.Angle;
    }

    private static Cart Start(double angle) => new(angle * 2, 0.5 + angle);

    //? an object made in each iteration, in a branch
    //? x = 0.6, n = 3
    [Differentiable]
    public static double InIteration(double x, int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            if (i == 1) continue;
            var sum = new Accumulator();
            sum.Add(x * i);
            sum.Add(s + x);
            s += sum.Variance + sum.Sum;
        }

        return s;
    }

    //? an object in a field of another, and null
    //? x = 0.6
    [Differentiable]
    public static double Inside(double x)
    {
        var pair = new AccumulatorPair();
        pair.Add(x);
        pair.Add(x * x);
        pair.First.Sum += 1;
        Accumulator? none = null;
        return pair.Total() * (none?.Sum ?? x);
    }

    //? an object that nobody uses, with a value that has no setters
    //? x = 0.6
    [Differentiable]
    public static double Unused(double x)
    {
        var tagged = new Tagged(new Reading(Math.Cos(x), x * x), 3);
        return x * x;
    }
}

public readonly struct Reading
{
    public Reading(double mean, double deviation) => (Mean, Deviation) = (mean, deviation);

    public double Mean { get; }

    public double Deviation { get; }
}

public sealed class Tagged
{
    public Reading Reading;
    public int Number;

    public Tagged(Reading reading, int number)
    {
        Reading = reading;
        Number = number;
    }
}

public sealed class AccumulatorPair
{
    public Accumulator First { get; } = new Accumulator();

    private readonly Accumulator _second = new();

    public void Add(double x)
    {
        First.Add(x);
        _second.Add(Math.Cos(x));
    }

    public double Total() => First.Sum * _second.Sum + First.Variance;
}
