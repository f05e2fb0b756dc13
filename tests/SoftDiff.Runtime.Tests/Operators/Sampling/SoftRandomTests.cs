namespace SoftDiff.Runtime.Tests.Operators.Sampling;

public class SoftRandomTests
{
    /// <summary>
    /// The known answers that the authors of the generator publish with it (Random123, kat_vectors, philox4x32 with 10 rounds).
    /// </summary>
    [Theory]
    [InlineData(0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void PhiloxGivesTheKnownAnswers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal(Words(r0, r1, r2, r3), Philox.Bits(Words(c0, c1, c2, c3), ((ulong)k1 << 32) | k0));

    [Fact]
    public void LogarithmIsAccurate()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            // Like the arguments of a Gumbel number: near 0, near 1, between, and above.
            var part = random.NextDouble();
            var u = (i % 4) switch { 0 => part, 1 => 1 - (part * 1e-10), 2 => Math.Pow(2, -52 * part), _ => 40 * part };
            if (u == 0 || u == 1) continue;
            var expected = Math.Log(u);
            Assert.True(Math.Abs(PortableLogarithm.Of(u) - expected) <= 3 * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)),
                $"{u:R}");
        }

        Assert.Equal(0, PortableLogarithm.Of(1));
    }

    /// <summary>Frozen: these bits must be the same on every machine and in every later version.</summary>
    [Fact]
    public void NumbersAreTheSameForEver()
    {
        double[] uniform = new double[3], gumbel = new double[3];
        new SoftRandom(42).Uniform(uniform);
        new SoftRandom(42).Gumbel(gumbel);
        Assert.Equal(Frozen.Uniform, uniform);
        Assert.Equal(Frozen.Gumbel, gumbel);
        new SoftRandom(42).Split(7).Uniform(uniform);
        Assert.Equal(Frozen.Split, uniform);
    }

    [Fact]
    public void NumbersDoNotDependOnHowMany()
    {
        double[] many = new double[9], few = new double[4];
        new SoftRandom(3).Gumbel(many);
        new SoftRandom(3).Gumbel(few);
        Assert.Equal(many[..4], few);
    }

    [Fact]
    public void FloatsAreTheDoublesCutOff()
    {
        double[] wide = new double[1001], wideGumbel = new double[1001];
        float[] narrow = new float[1001], narrowGumbel = new float[1001];
        new SoftRandom(3).Uniform(wide);
        new SoftRandom(3).Uniform(narrow);
        new SoftRandom(3).Gumbel(wideGumbel);
        new SoftRandom(3).Gumbel(narrowGumbel);
        Assert.Equal(Array.ConvertAll(wide, u => (float)(Math.Floor(u * (1 << 24)) / (1 << 24))), narrow);
        Assert.Equal(Array.ConvertAll(wideGumbel, g => (float)g), narrowGumbel);
        Assert.All(narrow, u => Assert.InRange(u, 0, 0.99999994f));
    }

    [Fact]
    public void GumbelNumbersAreFiniteAtTheEnds()
    {
        Assert.Equal(-3.61, GumbelNumber.From<double>(0), 0.01);
        Assert.Equal(36.74, GumbelNumber.From<double>(ulong.MaxValue), 0.01);
        Assert.Equal(0, UniformNumber.From<double>(0));
        Assert.True(UniformNumber.From<double>(ulong.MaxValue) < 1);
        Assert.True(UniformNumber.From<float>(ulong.MaxValue) < 1);
    }

    [Fact]
    public void MomentsAreRight()
    {
        const int n = 200_000;
        double[] uniform = new double[n], gumbel = new double[n], other = new double[n];
        new SoftRandom(11).Uniform(uniform);
        new SoftRandom(11).Gumbel(gumbel);
        new SoftRandom(11).Split(0).Uniform(other);

        // Five standard deviations of each mean.
        Assert.Equal(0.5, uniform.Average(), 5 * Math.Sqrt(1 / 12.0 / n));
        Assert.Equal(1 / 3.0, uniform.Average(u => u * u), 5 * Math.Sqrt(4 / 45.0 / n));
        Assert.Equal(0.5772156649, gumbel.Average(), 5 * Math.Sqrt(Math.PI * Math.PI / 6 / n));
        Assert.Equal(0, uniform.Zip(other, (a, b) => (a - 0.5) * (b - 0.5)).Average(), 5 / 12.0 / Math.Sqrt(n));
        Assert.Equal(0, uniform.Zip(uniform.Skip(1), (a, b) => (a - 0.5) * (b - 0.5)).Average(), 5 / 12.0 / Math.Sqrt(n));
        var counts = uniform.GroupBy(u => (int)(u * 64)).Select(g => g.Count()).ToArray();
        Assert.InRange(counts.Sum(c => Math.Pow(c - (n / 64.0), 2) / (n / 64.0)), 63 - (5 * Math.Sqrt(126)), 63 + (5 * Math.Sqrt(126)));
    }

    [Fact]
    public void SourcesAreValues()
    {
        Assert.True(new SoftRandom(1) == new SoftRandom(1));
        Assert.True(new SoftRandom(1) != new SoftRandom(1).Split(0));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(i => new SoftRandom(1).Split((ulong)i)).Distinct().Count());
    }

    private static UInt128 Words(uint w0, uint w1, uint w2, uint w3) => new(((ulong)w3 << 32) | w2, ((ulong)w1 << 32) | w0);

    private static class Frozen
    {
        public static readonly double[] Uniform = [0.4685865183391049, 0.34086154938517876, 0.32706338120338474];
        public static readonly double[] Gumbel = [0.27702634898733275, -0.07350962673860224, -0.1111846926649582];
        public static readonly double[] Split = [0.004833656591226143, 0.959174276962915, 0.6036982711612026];
    }
}
