namespace SoftDiff.SecondOrder;

/// <summary>
/// A number with a tangent. The derivative code of the operators, run on these instead of on <see cref="double"/>, computes the tangents of the
/// derivatives: forward over reverse. Comparisons see the value alone, so where the code itself branches, the tangent is that of the branch taken.
/// Functions with a kink, such as the absolute value, follow the conventions of docs/kinks.md.
/// </summary>
/// <remarks>
/// <para>Source: Clifford, "Preliminary sketch of biquaternions", 1873; Pearlmutter, "Fast exact multiplication by the Hessian", 1994.</para>
/// <para>A number may be perturbed: it then stands for value + perturbation · ω with an infinitesimal ω &gt; 0. Comparisons see the
/// perturbation where values are equal, so the code takes the branches of a point beside the tie. Values and tangents are those at ω = 0.
/// Source: Edelsbrunner and Mücke, "Simulation of simplicity", 1990.</para>
/// </remarks>
/// <param name="value">The value.</param>
/// <param name="tangent">The tangent.</param>
/// <param name="perturbation">The perturbation.</param>
internal readonly partial struct Dual(double value, double tangent, double perturbation) : IBinaryFloatingPointIeee754<Dual>, IComparable<Dual>, IEqualityOperators<Dual, Dual, bool>
{
    public const double MaxValue = double.MaxValue, Epsilon = double.Epsilon;

    public readonly double Value = value, Tangent = tangent, Perturbation = perturbation;

    public Dual(double value, double tangent)
        : this(value, tangent, 0)
    {
    }

    public static Dual Zero => 0;

    public static Dual One => 1;

    public static Dual NaN => double.NaN;

    public static Dual PositiveInfinity => double.PositiveInfinity;

    public static Dual NegativeInfinity => double.NegativeInfinity;

    public static implicit operator Dual(double value) => new(value, 0);

    public static explicit operator double(Dual x) => x.Value;

    public static explicit operator int(Dual x) => (int)x.Value;

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Tangent + b.Tangent, a.Perturbation + b.Perturbation);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Tangent - b.Tangent, a.Perturbation - b.Perturbation);

    public static Dual operator *(Dual a, Dual b) => new(
        a.Value * b.Value,
        (a.Tangent * b.Value) + (a.Value * b.Tangent),
        (a.Perturbation * b.Value) + (a.Value * b.Perturbation));

    public static Dual operator /(Dual a, Dual b)
    {
        var quotient = a.Value / b.Value;
        return new(
            quotient,
            (a.Tangent - (quotient * b.Tangent)) / b.Value,
            (a.Perturbation - (quotient * b.Perturbation)) / b.Value);
    }

    public static Dual operator -(Dual a) => new(-a.Value, -a.Tangent, -a.Perturbation);

    public static bool operator <(Dual a, Dual b) => a.Value < b.Value || (a.Value == b.Value && a.Perturbation < b.Perturbation);

    public static bool operator >(Dual a, Dual b) => b < a;

    public static bool operator <=(Dual a, Dual b) => a < b || a == b;

    public static bool operator >=(Dual a, Dual b) => b <= a;

    // A perturbation that is NaN, such as that of an infinity, does not count.
    public static bool operator ==(Dual a, Dual b) =>
        a.Value == b.Value && !(a.Perturbation < b.Perturbation || a.Perturbation > b.Perturbation);

    public static bool operator !=(Dual a, Dual b) => !(a == b);

    /// <summary>A number of any type that the operators use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual CreateTruncating<TOther>(TOther number) => number switch
    {
        Dual dual => dual,
        double wide => wide,
        float narrow => narrow,
        int integer => integer,
        long integer => integer,
        nuint integer => integer,
        _ => throw new NotSupportedException(typeof(TOther).Name),
    };

    public static bool IsNaN(Dual x) => double.IsNaN(x.Value);

    public static bool IsFinite(Dual x) => double.IsFinite(x.Value);

    public static bool IsInfinity(Dual x) => double.IsInfinity(x.Value);

    public static bool IsPositiveInfinity(Dual x) => double.IsPositiveInfinity(x.Value);

    public static bool IsNegativeInfinity(Dual x) => double.IsNegativeInfinity(x.Value);

    public static bool IsZero(Dual x) => x.Value == 0;

    public static Dual Max(Dual a, Dual b) => Math.Max(a, b);

    public static Dual Min(Dual a, Dual b) => Math.Min(a, b);

    public static Dual MaxMagnitude(Dual a, Dual b) => Math.MaxMagnitude(a, b);

    public static Dual Abs(Dual x) => Math.Abs(x);

    public static Dual LogP1(Dual x) => new(double.LogP1(x.Value), x.Tangent / (1 + x.Value), x.Perturbation / (1 + x.Value));

    public int CompareTo(Dual other) =>
        this < other ? -1 : this > other ? 1 : this == other ? 0 : Value.CompareTo(other.Value);

    public override bool Equals(object? other) => other is Dual dual && Value.Equals(dual.Value);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => FormattableString.Invariant($"{Value} + {Tangent}ε");
}
