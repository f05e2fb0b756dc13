using System.Numerics;

namespace SoftDiff.Runtime.Tests;

/// <summary>A number of about 200 bits, the reference for ulp measurements: Mantissa · 2^Exponent.</summary>
internal readonly struct BigFloat
{
    private const int Precision = 200;

    private static readonly BigInteger Ln2 = ComputeLn2();

    private BigFloat(BigInteger mantissa, int exponent)
    {
        var excess = (int)BigInteger.Abs(mantissa).GetBitLength() - Precision;
        (Mantissa, Exponent) = excess > 0 ? (mantissa >> excess, exponent + excess) : (mantissa, exponent);
    }

    private BigInteger Mantissa { get; }

    private int Exponent { get; }

    public static implicit operator BigFloat(double value)
    {
        if (value == 0) return default;
        var exponent = Math.Max(Math.ILogB(value), -1022) - 52;
        return new BigFloat(new BigInteger(Math.ScaleB(Math.ScaleB(value, -exponent / 2), -exponent - (-exponent / 2))), exponent);
    }

    public static BigFloat operator -(BigFloat a) => new(-a.Mantissa, a.Exponent);

    public static BigFloat operator -(BigFloat a, BigFloat b) => a + -b;

    public static BigFloat operator +(BigFloat a, BigFloat b)
    {
        if (a.Mantissa.IsZero) return b;
        if (b.Mantissa.IsZero) return a;
        if (a.Exponent < b.Exponent) (a, b) = (b, a);
        var shift = a.Exponent - b.Exponent;
        return shift > 4 * Precision ? a : new BigFloat((a.Mantissa << shift) + b.Mantissa, b.Exponent);
    }

    public static BigFloat operator *(BigFloat a, BigFloat b) => new(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);

    public static BigFloat operator /(BigFloat a, BigFloat b) =>
        new((a.Mantissa << (2 * Precision)) / b.Mantissa, a.Exponent - b.Exponent - (2 * Precision));

    public static BigFloat Exp(BigFloat x)
    {
        var fixedX = x.ToFixed();
        var k = (int)((fixedX + (Ln2 >> 1)) / Ln2) - (fixedX < 0 ? 1 : 0);
        var r = fixedX - (k * Ln2);
        var (sum, term) = (BigInteger.One << Precision, BigInteger.One << Precision);
        for (var i = 1; !term.IsZero && i < 200; i++)
        {
            term = (term * r >> Precision) / i;
            sum += term;
        }

        return new BigFloat(sum, k - Precision);
    }

    /// <summary>Two Newton steps on the exponential from the double-precision logarithm.</summary>
    public static BigFloat Log(BigFloat x)
    {
        BigFloat y = x.Log2() * 0.6931471805599453;
        for (var i = 0; i < 2; i++) y += (x * Exp(-y)) - 1;
        return y;
    }

    public bool IsBelow(BigFloat other) => (this - other).Mantissa.Sign < 0;

    /// <summary>|value - this| in units of the last place of a double, or of a float, next to this number.</summary>
    public double UlpsFrom(double value, bool single)
    {
        var difference = (BigFloat)value - this;
        if (difference.Mantissa.IsZero) return 0;
        var top = Exponent + (int)BigInteger.Abs(Mantissa).GetBitLength() - 1;
        var ulp = single ? Math.Max(top - 23, -149) : Math.Max(top - 52, -1074);
        var bits = (int)BigInteger.Abs(difference.Mantissa).GetBitLength() - 60;
        var (mantissa, exponent) = bits > 0 ? (difference.Mantissa >> bits, difference.Exponent + bits) : (difference.Mantissa, difference.Exponent);
        return Math.ScaleB((double)BigInteger.Abs(mantissa), exponent - ulp);
    }

    private double Log2()
    {
        var bits = (int)Mantissa.GetBitLength() - 60;
        return Math.Log2((double)(bits > 0 ? Mantissa >> bits : Mantissa)) + Exponent + Math.Max(bits, 0);
    }

    private BigInteger ToFixed() => Exponent + Precision >= 0 ? Mantissa << (Exponent + Precision) : Mantissa >> -(Exponent + Precision);

    // ln 2 = Σ 1 / (i 2ⁱ).
    private static BigInteger ComputeLn2()
    {
        var sum = BigInteger.Zero;
        for (var i = 1; i <= Precision + 16; i++) sum += (BigInteger.One << (Precision + 16 - i)) / i;
        return sum >> 16;
    }
}
