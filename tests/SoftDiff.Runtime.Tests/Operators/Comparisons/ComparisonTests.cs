namespace SoftDiff.Runtime.Tests.Operators.Comparisons;

public sealed class ComparisonTests
{
    private static readonly double[] Points = [0, 1, -1, 1 + 1e-12, 5e-324, 1e300, double.PositiveInfinity, double.NegativeInfinity];

    [Fact]
    public void The_hard_comparisons_are_exact()
    {
        foreach (var x in Points)
        {
            foreach (var y in Points)
            {
                const SoftMode Hard = SoftMode.Hard;
                Assert.Equal(Of(x > y), Soft.Greater(x, y, mode: Hard));
                Assert.Equal(Of(x >= y), Soft.GreaterEqual(x, y, mode: Hard));
                Assert.Equal(Of(x < y), Soft.Less(x, y, mode: Hard));
                Assert.Equal(Of(x <= y), Soft.LessEqual(x, y, mode: Hard));
                Assert.Equal(Of(x.Equals(y)), Soft.Equal(x, y, mode: Hard));
                Assert.Equal(Of(!x.Equals(y)), Soft.NotEqual(x, y, mode: Hard));
                Assert.Equal(Of(x.Equals(y) || Math.Abs(x - y) <= 0.5), Soft.IsClose(x, y, mode: Hard, relativeTolerance: 0, absoluteTolerance: 0.5));
            }
        }

        static double Of(bool value) => value ? 1 : 0;
    }

    [Fact]
    public void Strict_and_other_comparisons_are_complements()
    {
        foreach (var mode in Enum.GetValues<SoftMode>())
        {
            foreach (var (x, y) in Samples.Uniform(1, 200, -1, 1).Zip(Samples.Uniform(2, 200, -1, 1)))
            {
                Assert.Equal(1, Soft.Greater(x, y, 0.1, mode) + Soft.LessEqual(x, y, 0.1, mode), 1e-15);
                Assert.Equal(1, Soft.GreaterEqual(x, y, 0.1, mode) + Soft.Less(x, y, 0.1, mode), 1e-15);
                Assert.Equal(1, Soft.Equal(x, y, 0.1, mode) + Soft.NotEqual(x, y, 0.1, mode), 1e-15);
            }
        }
    }

    [Fact]
    public void Equal_infinities_are_equal()
    {
        foreach (var mode in Enum.GetValues<SoftMode>())
        {
            foreach (var x in new[] { double.PositiveInfinity, double.NegativeInfinity })
            {
                Assert.Equal(1, Soft.Equal(x, x, 0.1, mode), 1e-8);
                Assert.Equal(0, Soft.NotEqual(x, x, 0.1, mode), 1e-8);
                Assert.Equal(mode == SoftMode.Hard ? 0 : 0.5, Soft.Greater(x, x, 0.1, mode), 1e-8);
                Assert.Equal(0, Soft.Equal(x, -x, 0.1, mode));
                Assert.Equal(0, Soft.IsClose(3, x, 0.1, mode));
                Assert.Equal(0, Soft.IsClose(x, 3, 0.1, mode));
                Assert.True(Soft.IsClose(x, x, 0.1, mode) >= 1);
            }
        }
    }

    /// <summary>
    /// The tail e⁻ᵘ of u = (|x - y| ± ε) / s against 200 bits. Three roundings lead to u, of the difference, the sum and the quotient; each
    /// moves the tail by at most u units of its last place, and so does the rounding of x itself.
    /// </summary>
    [Fact]
    public void Tails_keep_their_digits()
    {
        foreach (var (distance, softness) in new[] { (30.0, 0.1), (0.7, 0.003), (3.0, 0.1), (0.5, 0.02), (1e-9, 1e-10), (69.0, 0.1) })
        {
            Check(distance, -1e-10, softness, 1, Soft.LessEqual(0, -distance, softness));
            Check(distance, 1e-10, softness, 1, Soft.Less(distance, 0, softness));
            Check(distance, 1e-10, softness, 1, Soft.Greater(0, distance, softness));
            Check(distance, -1e-10, softness, 1, Soft.GreaterEqual(-distance, 0, softness));
        }

        // The soft |x - y| is |x - y| itself in double, as far from 0 as this.
        Check(30, -1e-10, 0.1, 2, Soft.Equal(30, 0, 0.1));
        Check(69, -1e-10, 0.1, 2, Soft.Equal(-39, 30, 0.1));

        static void Check(double distance, double epsilon, double softness, int factor, double actual)
        {
            var u = ((BigFloat)distance + epsilon) / softness;
            var e = BigFloat.Exp(-u);
            var ulps = ((BigFloat)factor * e / ((BigFloat)1 + e)).UlpsFrom(actual, single: false);
            var bound = (3 * distance / softness) + 4;
            Assert.True(ulps <= bound, $"{distance} {softness}: {actual:R} is {ulps:F1} ulp off, of {bound:F0}");
        }
    }

    [Fact]
    public void A_kink_has_the_derivative_of_its_own_comparison()
    {
        // 1 - σ at the upper end is flat; σ at the lower end is not.
        Soft.LessVjp(5.0, 0, 1, out var dX, out _, out _, 1, SoftMode.C0, 0);
        Assert.Equal(0, dX);
        Soft.LessVjp(-5.0, 0, 1, out dX, out _, out _, 1, SoftMode.C0, 0);
        Assert.Equal(-0.1, dX);
        Soft.GreaterVjp(-5.0, 0, 1, out dX, out _, out _, 1, SoftMode.C0, 0);
        Assert.Equal(0.1, dX);
        Soft.GreaterVjp(5.0, 0, 1, out dX, out _, out _, 1, SoftMode.C0, 0);
        Assert.Equal(0, dX);
    }
}
