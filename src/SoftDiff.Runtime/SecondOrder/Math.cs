namespace SoftDiff.SecondOrder;

/// <summary>
/// The functions of <see cref="System.Math"/> that the operators call, for dual numbers and for integers. At kinks and at special inputs their
/// derivatives are those of the generator's rules (docs/kinks.md), which a test compares.
/// </summary>
internal static class Math
{
    public static Dual Abs(Dual x)
    {
        var side = x.Value == 0 ? x.Perturbation : x.Value;
        return new(System.Math.Abs(x.Value), Partials.TimesSign(x.Tangent, side), Partials.TimesSign(x.Perturbation, side));
    }

    public static Dual Max(Dual a, Dual b) => a > b ? a : b > a ? b : Tie(System.Math.Max(a.Value, b.Value), a, b);

    public static Dual Min(Dual a, Dual b) => a < b ? a : b < a ? b : Tie(System.Math.Min(a.Value, b.Value), a, b);

    public static Dual MaxMagnitude(Dual a, Dual b)
    {
        var (first, second) = (Abs(a), Abs(b));
        return first > second ? a : second > first ? b : Max(a, b);
    }

    public static Dual Clamp(Dual x, Dual min, Dual max) => x < min ? min : x > max ? max : x;

    public static Dual Sqrt(Dual x)
    {
        var root = System.Math.Sqrt(x.Value);
        return Chain(root, 0.5 / root, x);
    }

    public static Dual Cbrt(Dual x)
    {
        var root = System.Math.Cbrt(x.Value);
        return Chain(root, 1 / (3 * root * root), x);
    }

    public static Dual Exp(Dual x)
    {
        var power = System.Math.Exp(x.Value);
        return Chain(power, power, x);
    }

    public static Dual Log(Dual x) => Chain(System.Math.Log(x.Value), 1 / x.Value, x);

    public static Dual Pow(Dual x, Dual y)
    {
        var power = System.Math.Pow(x.Value, y.Value);
        var byBase = y.Value == 0 ? 0 : y.Value * System.Math.Pow(x.Value, y.Value - 1);
        var byExponent = x.Value == 0 ? 0 : power * System.Math.Log(x.Value);
        return new(
            power,
            Times(byBase, x.Tangent) + Times(byExponent, y.Tangent),
            Times(byBase, x.Perturbation) + Times(byExponent, y.Perturbation));
    }

    public static Dual Sinh(Dual x) => Chain(System.Math.Sinh(x.Value), System.Math.Cosh(x.Value), x);

    public static Dual Asinh(Dual x) => Chain(System.Math.Asinh(x.Value), 1 / double.Hypot(1, x.Value), x);

    public static Dual Asin(Dual x) => Chain(System.Math.Asin(x.Value), 1 / System.Math.Sqrt((1 - x.Value) * (1 + x.Value)), x);

    public static Dual Acos(Dual x) => Chain(System.Math.Acos(x.Value), -1 / System.Math.Sqrt((1 - x.Value) * (1 + x.Value)), x);

    public static Dual FusedMultiplyAdd(Dual a, Dual b, Dual c) => new(
        System.Math.FusedMultiplyAdd(a.Value, b.Value, c.Value),
        System.Math.FusedMultiplyAdd(a.Tangent, b.Value, System.Math.FusedMultiplyAdd(a.Value, b.Tangent, c.Tangent)),
        System.Math.FusedMultiplyAdd(a.Perturbation, b.Value, System.Math.FusedMultiplyAdd(a.Value, b.Perturbation, c.Perturbation)));

    public static Dual Floor(Dual x) => System.Math.Floor(x.Value);

    public static Dual Ceiling(Dual x) => System.Math.Ceiling(x.Value);

    public static Dual Round(Dual x) => System.Math.Round(x.Value);

    public static int Abs(int x) => System.Math.Abs(x);

    public static int Max(int a, int b) => System.Math.Max(a, b);

    public static int Min(int a, int b) => System.Math.Min(a, b);

    public static int Clamp(int x, int min, int max) => System.Math.Clamp(x, min, max);

    public static (T Quotient, T Remainder) DivRem<T>(T a, T b)
        where T : IBinaryInteger<T> => T.DivRem(a, b);

    // Half to each input; NaN, as the value is, where one of them is.
    private static Dual Tie(double value, Dual a, Dual b) => new(value, a.Value == b.Value ? 0.5 * (a.Tangent + b.Tangent) : double.NaN, a.Perturbation);

    private static Dual Chain(double value, double slope, Dual x) => new(value, Times(slope, x.Tangent), Times(slope, x.Perturbation));

    // A tangent that is 0 stays so beside an infinite slope.
    private static double Times(double slope, double tangent) => tangent == 0 ? 0 : slope * tangent;
}
