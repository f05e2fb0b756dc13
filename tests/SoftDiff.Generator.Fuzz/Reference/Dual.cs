using System.Numerics;

namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>
/// A number with a tangent, which takes the place of <c>double</c>, <c>float</c> and <c>T</c> when a drawn program is run for its
/// reference derivative. The value is
/// computed in the program's own type, so the run takes the branches that the program takes; the tangent is computed in double precision.
/// It shares no code with the compiler.
/// </summary>
public readonly partial struct Dual<T>(T value, double tangent) : IFloatingPointIeee754<Dual<T>>, IDual
    where T : System.Numerics.IFloatingPointIeee754<T>
{
    public readonly T Value = value;

    public readonly double Tangent = tangent;

    private double Wide => double.CreateChecked(Value);

    double IDual.Wide => Wide;

    double IDual.Tangent => Tangent;

    object IDual.Replaced(double value, double tangent) => new Dual<T>(T.CreateTruncating(value), tangent);

    public static implicit operator Dual<T>(T value) => new(value, 0);

    public static implicit operator Dual<double>(Dual<T> x) => new(x.Wide, x.Tangent);

    public static explicit operator Dual<float>(Dual<T> x) => new(float.CreateChecked(x.Value), x.Tangent);

    public static explicit operator int(Dual<T> x) => int.CreateTruncating(x.Value);

    public static Dual<T> operator +(Dual<T> a) => a;

    public static Dual<T> operator -(Dual<T> a) => new(-a.Value, -a.Tangent);

    public static Dual<T> operator +(Dual<T> a, Dual<T> b) => new(a.Value + b.Value, a.Tangent + b.Tangent);

    public static Dual<T> operator -(Dual<T> a, Dual<T> b) => new(a.Value - b.Value, a.Tangent - b.Tangent);

    public static Dual<T> operator *(Dual<T> a, Dual<T> b) => new(a.Value * b.Value, (a.Tangent * b.Wide) + (a.Wide * b.Tangent));

    public static Dual<T> operator /(Dual<T> a, Dual<T> b)
    {
        double quotient = a.Wide / b.Wide;
        return new(a.Value / b.Value, (a.Tangent - (quotient * b.Tangent)) / b.Wide);
    }

    public static Dual<T> operator ++(Dual<T> a) => new(a.Value + T.One, a.Tangent);

    public static Dual<T> operator --(Dual<T> a) => new(a.Value - T.One, a.Tangent);

    public static bool operator <(Dual<T> a, Dual<T> b) => a.Value < b.Value;

    public static bool operator >(Dual<T> a, Dual<T> b) => a.Value > b.Value;

    public static bool operator <=(Dual<T> a, Dual<T> b) => a.Value <= b.Value;

    public static bool operator >=(Dual<T> a, Dual<T> b) => a.Value >= b.Value;

    public static bool operator ==(Dual<T> a, Dual<T> b) => a.Value == b.Value;

    public static bool operator !=(Dual<T> a, Dual<T> b) => a.Value != b.Value;

    public override bool Equals(object? obj) => obj is Dual<T> other && Value.Equals(other.Value);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => FormattableString.Invariant($"{Value} + {Tangent}ε");
}
