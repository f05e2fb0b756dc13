namespace SoftDiff;

/// <summary>
/// Computes the natural logarithm from additions, multiplications and divisions of doubles alone. IEEE 754 fixes their rounding, so the
/// bits are the same on every machine; those of the mathematical libraries are not.
/// </summary>
internal static class PortableLogarithm
{
    // ln 2 in two parts; the high one has 32 zeros at the end, so that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>
    /// ln x for a normal x &gt; 0. With x = 2ᵏ m and m in [√½, √2) the logarithm is k ln 2 + 2 artanh((m - 1) / (m + 1)). The argument of
    /// artanh is below 0.1716, and its series is summed until a term is below the last bit.
    /// </summary>
    public static double Of(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        var f = m - 1;
        var s = f / (2 + f);
        var square = s * s;
        var series = 0.0;
        for (var k = 23; k >= 3; k -= 2) series = (series + (1.0 / k)) * square;
        return (exponent * Ln2High) + ((2 * s) + ((2 * s * series) + (exponent * Ln2Low)));
    }
}
