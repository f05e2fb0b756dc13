using System.Numerics;

namespace SoftDiff.Generator.Fuzz.Reference;

/// <content>Functions, each with its derivative as textbooks have it and the conventions of docs/kinks.md at kinks.</content>
public readonly partial struct Dual<T>
{
    public static Dual<T> Zero => T.Zero;

    public static Dual<T> One => T.One;

    public static Dual<T> Pi => T.Pi;

    public static Dual<T> CreateChecked<TOther>(TOther value)
        where TOther : INumberBase<TOther> => T.CreateChecked(value);

    public static Dual<T> Sin(Dual<T> x) => x.To(T.Sin(x.Value), double.Cos(x.Wide));

    public static Dual<T> Cos(Dual<T> x) => x.To(T.Cos(x.Value), -double.Sin(x.Wide));

    public static Dual<T> Tanh(Dual<T> x) => x.To(T.Tanh(x.Value), 1 / (double.Cosh(x.Wide) * double.Cosh(x.Wide)));

    public static Dual<T> Sinh(Dual<T> x) => x.To(T.Sinh(x.Value), double.Cosh(x.Wide));

    public static Dual<T> Atan(Dual<T> x) => x.To(T.Atan(x.Value), 1 / (1 + (x.Wide * x.Wide)));

    public static Dual<T> Exp(Dual<T> x) => x.To(T.Exp(x.Value), double.Exp(x.Wide));

    public static Dual<T> Log(Dual<T> x) => x.To(T.Log(x.Value), 1 / x.Wide);

    public static Dual<T> Sqrt(Dual<T> x) => x.To(T.Sqrt(x.Value), 0.5 / double.Sqrt(x.Wide));

    public static Dual<T> Abs(Dual<T> x) => x.To(T.Abs(x.Value), double.Sign(x.Wide));

    public static Dual<T> Floor(Dual<T> x) => T.Floor(x.Value);

    public static Dual<T> Pow(Dual<T> x, Dual<T> y)
    {
        double byX = y.Wide == 0 ? 0 : y.Wide * double.Pow(x.Wide, y.Wide - 1);
        double byY = x.Wide == 0 ? 0 : double.Pow(x.Wide, y.Wide) * double.Log(x.Wide);
        return new(T.Pow(x.Value, y.Value), (byX * x.Tangent) + (y.Tangent == 0 ? 0 : byY * y.Tangent));
    }

    /// <summary>Half to each in a tie.</summary>
    public static Dual<T> Max(Dual<T> x, Dual<T> y) => Selected(T.Max(x.Value, y.Value), x, y);

    /// <inheritdoc cref="Max"/>
    public static Dual<T> Min(Dual<T> x, Dual<T> y) => Selected(T.Min(x.Value, y.Value), x, y);

    public static Dual<T> StopGradient(Dual<T> x) => x.Value;

    private static Dual<T> Selected(T value, Dual<T> x, Dual<T> y) => new(
        value, x.Value == y.Value ? (x.Tangent + y.Tangent) / 2 : value == x.Value ? x.Tangent : y.Tangent);

    private Dual<T> To(T value, double partial) => new(value, partial * Tangent);
}
