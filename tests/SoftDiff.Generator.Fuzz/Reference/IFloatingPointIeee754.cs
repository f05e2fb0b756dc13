using System.Numerics;

namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>What drawn generic methods ask of their numbers, by the name of the framework's interface, whose place it takes in reference runs.</summary>
public interface IFloatingPointIeee754<T>
    where T : IFloatingPointIeee754<T>
{
    static abstract T Zero { get; }

    static abstract T One { get; }

    static abstract T Pi { get; }

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator -(T a);

    static abstract bool operator <(T a, T b);

    static abstract bool operator >(T a, T b);

    static abstract bool operator <=(T a, T b);

    static abstract bool operator >=(T a, T b);

    static abstract T CreateChecked<TOther>(TOther value)
        where TOther : INumberBase<TOther>;

    static abstract T Sin(T x);

    static abstract T Cos(T x);

    static abstract T Tanh(T x);

    static abstract T Sinh(T x);

    static abstract T Atan(T x);

    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Sqrt(T x);

    static abstract T Abs(T x);

    static abstract T Max(T x, T y);

    static abstract T Min(T x, T y);

    static abstract T Pow(T x, T y);

    static abstract T StopGradient(T x);
}
