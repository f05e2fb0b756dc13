namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// The coefficients of xᵖ where x is zero, at which the recurrence divides by zero. Up to the order p they are zero; where p is the whole
/// number m they are those of the product of m factors x; beyond the order of any other p there is no derivative, and the coefficient is
/// what x^(p-k) gives there: an infinity with the sign of p·(p-1)···, times x[1]^k. The power 0 is constant,
/// whatever x is. A varying exponent m has no derivative beyond the order
/// m: its coefficients are NaN.
/// </summary>
internal static class ZeroBase
{
    /// <summary>Whether a node is a power of something that varies, with an exponent that is not known to be negative.</summary>
    public static bool Concerns(SeriesNode root) => root.Code == Opcode.Pow && root.Args[0].Varies
        && (root.Kind == SeriesKind.Power || root.Args[1].Varies) && root.Args[1].Operand is not NumberConstant { Number: < 0 };

    /// <summary>The coefficients in both cases.</summary>
    /// <param name="root">The power.</param>
    /// <param name="parts">Those for an x that is not zero.</param>
    /// <param name="x">The coefficients of x, from the first on.</param>
    /// <param name="args">Base and exponent.</param>
    /// <param name="into">Takes the operations.</param>
    public static ImmutableArray<Operand?> Select(
        SeriesNode root, ImmutableArray<Operand?> parts, Func<int, Operand?> x, ImmutableArray<Operand> args, BlockBuilder into)
    {
        var terms = new Terms(root.Scalar, into);
        var zero = terms.Number(0);
        var isZero = into.Compute(ScalarType.Bool, Opcode.Equal, args[0], zero);
        var powers = Powers(parts.Length, x, terms);
        var result = parts.ToBuilder();
        Operand? slopes = null;
        for (var k = 1; k <= parts.Length; k++)
        {
            // Of the order k, the last power is x[1]^k, and the slopes are p·(p - 1)···(p - k + 1).
            slopes = k == 1 ? args[1] : terms.Product(slopes, terms.Difference(args[1], terms.Number(k - 1)));
            var beyond = terms.Product(terms.Product(slopes, terms.Number(double.PositiveInfinity)), powers[k][k]);
            var value = Choose(Opcode.Greater, k, zero, beyond);
            for (var m = k; m >= 1; m--)
            {
                var product = m < k && root.Args[1].Varies ? terms.Number(double.NaN) : powers[m][k];
                value = Choose(Opcode.Equal, m, product, value);
            }

            value = Choose(Opcode.Equal, 0, zero, value);
            var chosen = into.Compute(root.Type, Opcode.Select, isZero, value ?? zero, parts[k - 1] ?? zero);
            result[k - 1] = root.Args[1].Varies ? chosen : Choose(Opcode.Equal, 0, zero, chosen);
        }

        return result.ToImmutable();

        // One of two values, as the exponent compares with a number.
        Operand? Choose(Opcode code, int number, Operand? a, Operand? b)
        {
            if (args[1] is NumberConstant { Number: var p }) return (code == Opcode.Equal ? p == number : p > number) ? a : b;
            var condition = into.Compute(ScalarType.Bool, code, args[1], terms.Number(number));
            return into.Compute(root.Type, Opcode.Select, condition, a ?? zero, b ?? zero);
        }
    }

    /// <summary>Coefficient k of the power m of x, whose first coefficient is zero, for all m up to k.</summary>
    private static Operand?[][] Powers(int order, Func<int, Operand?> x, Terms terms)
    {
        var powers = new Operand?[order + 1][];
        powers[1] = Enumerable.Range(0, order + 1).Select(k => k == 0 ? null : x(k)).ToArray();
        for (var m = 2; m <= order; m++)
        {
            powers[m] = new Operand?[order + 1];
            for (var k = m; k <= order; k++)
            {
                for (var j = 1; j <= k - m + 1; j++)
                {
                    powers[m][k] = terms.Sum(powers[m][k], terms.Product(powers[1][j], powers[m - 1][k - j]));
                }
            }
        }

        return powers;
    }
}
