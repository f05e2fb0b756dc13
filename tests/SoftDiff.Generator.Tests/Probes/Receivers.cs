using System;
using SoftDiff;

namespace SoftDiff.Probes;

public interface IKernel
{
    double Of(double distance);
}

public readonly struct Gaussian(double width) : IKernel
{
    private readonly double _width = width;

    public double Of(double distance) => Math.Exp(-distance * distance / _width);
}

public struct Running : IKernel
{
    public double Sum;

    public double Of(double distance) => Sum += distance * distance;
}

public interface IActivation<T>
    where T : IActivation<T>
{
    static abstract double Of(double x);

    static virtual double Twice(double x) => T.Of(T.Of(x));
}

public readonly struct Swish : IActivation<Swish>
{
    public static double Of(double x) => x / (1 + Math.Exp(-x));
}

public sealed class Tanh : IActivation<Tanh>
{
    public static double Of(double x) => Math.Tanh(x);

    public static double Twice(double x) => Math.Tanh(Math.Tanh(x)) * 1.5;
}

public abstract class Payoff(double strike)
{
    protected double Strike { get; } = strike;

    public abstract double Of(double spot);

    public virtual double Scaled(double spot, double notional) => notional * Of(spot);
}

public sealed class Call(double strike) : Payoff(strike)
{
    public override double Of(double spot) => Math.Max(spot - Strike, 0);
}

public class Digital(double strike, double width) : Payoff(strike)
{
    private readonly double _width = width;

    public override double Of(double spot) => 1 / (1 + Math.Exp(-(spot - Strike) / _width));

    public sealed override double Scaled(double spot, double notional) => base.Scaled(spot, notional) + 0.5 * spot;
}

public sealed class Portfolio(Call call)
{
    private readonly Call _call = call;

    public Call Call => _call;

    public double Value(double spot) => _call.Of(spot) * 2 + _call.Scaled(spot, 0.5);
}

public static partial class Receivers
{
    //? a struct through the interface that constrains a type parameter
    //? x = 0.6, width = 0.8
    [Differentiable]
    public static double ConstrainedStruct(double x, double width) => Smooth(new Gaussian(width), x) + Smooth(new Gaussian(x), width);

    private static double Smooth<TKernel>(TKernel kernel, double x)
        where TKernel : struct, IKernel
    {
        double s = 0;
        for (int i = 0; i < 3; i++) s += kernel.Of(x - i);
        return s;
    }

    //? a struct that changes, through the interface that constrains a type parameter
    //? x = 0.6
    [Differentiable]
    public static double ConstrainedState(double x)
    {
        var running = new Running { Sum = x };
        return Twice(ref running, x) * running.Sum;
    }

    private static double Twice<TKernel>(ref TKernel kernel, double x)
        where TKernel : struct, IKernel => kernel.Of(x) + kernel.Of(2 * x);

    //? `static abstract` and `static virtual` members of an interface
    //? x = 0.6
    [Differentiable]
    public static double StaticAbstract(double x) => Layer<Swish>(x) * Layer<Tanh>(2 * x);

    private static double Layer<TActivation>(double x)
        where TActivation : IActivation<TActivation> => TActivation.Of(x * x) + TActivation.Twice(x);

    //? a sealed class: which methods run is known
    //? call = new Call(0.25), spot = 0.6
    //? call = new Call(1.25), spot = 0.6
    [Differentiable]
    public static double SealedClass(Call call, double spot) => call.Of(spot) * spot + call.Scaled(spot, 3);

    //? an object in a field of a sealed type
    //? portfolio = new Portfolio(new Call(0.25)), spot = 0.6
    [Differentiable]
    public static double SealedField(Portfolio portfolio, double spot) => portfolio.Value(spot * spot) + portfolio.Call.Of(spot);

    //? a call through `base`, a sealed override and an abstract method, on an object made here
    //? spot = 0.6, width = 0.3
    [Differentiable]
    public static double ThroughBase(double spot, double width)
    {
        Payoff digital = new Digital(0.5, width);
        Payoff call = new Call(width);
        return digital.Scaled(spot, 2) * call.Scaled(spot, 3) + digital.Of(spot);
    }

    //? an object of a class that is not sealed, asked with constants only
    //? payoff = new Digital(0.5, 0.3), x = 0.6
    [Differentiable]
    public static double Unknown(Payoff payoff, double x) => payoff.Of(0.75) * x * x + payoff.Scaled(0.5, 2) * x;
}
