namespace SoftDiff;

/// <summary>
/// The unrounded sum of two doubles: about 32 digits, for sums whose differences matter. (Dekker, Numerische Mathematik 18, 1971; Knuth, The Art of
/// Computer Programming, volume 2, section 4.2.2.)
/// </summary>
/// <param name="High">The sum as a double.</param>
/// <param name="Low">The rounding error of the high part.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public double Value => High + Low;

    public static DoubleDouble Square(double x)
    {
        var high = x * x;
        return new DoubleDouble(high, Math.FusedMultiplyAdd(x, x, -high));
    }

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = a.High + b.High;
        var part = high - a.High;
        var low = (a.High - (high - part)) + (b.High - part);
        return Normal(high, low + a.Low + b.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + new DoubleDouble(-b.High, -b.Low);

    public static DoubleDouble operator *(DoubleDouble a, double b)
    {
        var high = a.High * b;
        return Normal(high, Math.FusedMultiplyAdd(a.High, b, -high) + (a.Low * b));
    }

    private static DoubleDouble Normal(double high, double low)
    {
        var sum = high + low;
        return new DoubleDouble(sum, low - (sum - high));
    }
}
