using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.Sampling;

public class SamplerTests
{
    private static readonly SoftRandom Source = new(2024);

    private delegate void Pullback(double[] x, double[] y, double[] c, double[] dX, double softness, out double dSoftness);

    private delegate void Pushforward(double[] x, double[] y, double[] tX, double[] tY, double softness, double tSoftness);

    /// <summary>⟨c, J t⟩ = ⟨Jᵀ c, t⟩ with the softness among the inputs, and the tangent against differences of values.</summary>
    [Theory]
    [InlineData(SoftMode.Smooth)]
    [InlineData(SoftMode.C1)]
    [InlineData(SoftMode.C2)]
    public void ForwardAndReverseAgree(SoftMode mode)
    {
        double[] p = [0.2, 0.4, 0.1, 0.7, 0.35, 0.6], uniform = Uniform(24, 1), gumbel = Gumbel(24, 2);
        Check(
            6, 6, p,
            (x, y, c, dX, s, out dS) => Soft.Random.BernoulliVjp(x, uniform.AsSpan(0, 6), y, c, dX, out dS, s, mode),
            (x, y, tX, tY, s, tS) => Soft.Random.BernoulliJvp(x, uniform.AsSpan(0, 6), y, tX, tY, tS, s, mode));
        Check(
            6, 6, p,
            (x, y, c, dX, s, out dS) => Soft.Random.BinomialVjp(x, uniform, y, c, dX, out dS, s, mode),
            (x, y, tX, tY, s, tS) => Soft.Random.BinomialJvp(x, uniform, y, tX, tY, tS, s, mode));
        Check(
            6, 6, p,
            (x, y, c, dX, s, out dS) => Soft.Random.MultinomialVjp(x, gumbel, y, c, dX, out dS, s, mode),
            (x, y, tX, tY, s, tS) => Soft.Random.MultinomialJvp(x, gumbel, y, tX, tY, tS, s, mode));
        Check(
            6, 24, p,
            (x, y, c, dX, s, out dS) => Soft.Random.CategoricalVjp(x, gumbel, y, c, dX, out dS, s, mode),
            (x, y, tX, tY, s, tS) => Soft.Random.CategoricalJvp(x, gumbel, y, tX, tY, tS, s, mode));
        Check(
            6, 12, p,
            (x, y, c, dX, s, out dS) => Soft.Random.CategoricalVjp(x, gumbel.AsSpan(0, 6), y, c, dX, out dS, s, mode, SortMethod.NeuralSort,
            replace: false),
            (x, y, tX, tY, s, tS) => Soft.Random.CategoricalJvp(
                x, gumbel.AsSpan(0, 6), y, tX, tY, tS, s, mode, SortMethod.NeuralSort, replace: false));
        Check(
            6, 6, p,
            (x, y, c, dX, s, out dS) => Soft.Random.PermutationVjp(x, gumbel.AsSpan(0, 6), y, c, dX, out dS, s, mode),
            (x, y, tX, tY, s, tS) => Soft.Random.PermutationJvp(x, gumbel.AsSpan(0, 6), y, tX, tY, tS, s, mode));

        // Every row with an order of its own.
        Check(
            6, 6, p,
            (x, y, c, dX, s, out dS) => Soft.Random.PermutationVjp(T(x, 2, 3), T(gumbel[..6], 2, 3), W(y, 2, 3), T(c, 2, 3), W(dX, 2, 3), out dS, 1, s,
            mode),
            (x, y, tX, tY, s, tS) => Soft.Random.PermutationJvp(
                T(x, 2, 3), T(gumbel[..6], 2, 3), W(y, 2, 3), T(tX, 2, 3), W(tY, 2, 3), tS, 1, s, mode));

        // Elements and probabilities in one array: the first four are the elements, [2, 2] with the axis 1.
        Check(
            6, 6, p,
            (x, y, c, dX, s, out dS) =>
            {
                var (dA, dP) = (new double[4], new double[2]);
                Soft.Random.ChoiceVjp(
                    T(x[..4], 2, 2), x.AsSpan(4), gumbel.AsSpan(0, 6), W(y, 2, 3), T(c, 2, 3), W(dA, 2, 2), dP, out dS, 1, s, mode);
                dA.CopyTo(dX, 0);
                dP.CopyTo(dX, 4);
            },
            (x, y, tX, tY, s, tS) => Soft.Random.ChoiceJvp(
                T(x[..4], 2, 2), x.AsSpan(4), gumbel.AsSpan(0, 6), W(y, 2, 3), T(tX[..4], 2, 2), tX.AsSpan(4), W(tY, 2, 3), tS, 1, s, mode));
        Check(
            0, 6, [],
            (_, y, c, _, s, out dS) => Soft.Random.RademacherVjp(uniform.AsSpan(0, 6), y, c, out dS, s, mode),
            (_, y, _, tY, s, tS) => Soft.Random.RademacherJvp(uniform.AsSpan(0, 6), y, tY, tS, s, mode));
    }

    [Fact]
    public void ASourceGivesTheNoiseItDraws()
    {
        double[] logits = [0.5, -1, 2, 0, 0.25, 1], p = [0.1, 0.2, 0.3, 0.2, 0.1, 0.1];
        double[] gumbel = new double[24], uniform = new double[24], a = new double[24], b = new double[24];
        Source.Gumbel(gumbel);
        Source.Uniform(uniform);

        // Four samples of two rows of three categories.
        Soft.Random.Categorical(Source, T(logits, 2, 3), W(a, 4, 2, 3));
        Soft.Random.Categorical(T(logits, 2, 3), T(gumbel, 4, 2, 3), W(b, 4, 2, 3));
        Assert.Equal(b, a);
        Soft.Random.Categorical(Source, T(logits, 2, 3), W(a[..12], 2, 2, 3), replace: false);
        Same(12, y => Soft.Random.Categorical(Source, T(logits, 2, 3), W(y, 2, 2, 3), replace: false), y =>
            Soft.Random.Categorical(T(logits, 2, 3), T(gumbel[..6], 2, 3), W(y, 2, 2, 3), replace: false));
        Same(6, y => Soft.Random.Bernoulli(Source, T(p, 2, 3), W(y, 2, 3)), y => Soft.Random.Bernoulli(p, uniform.AsSpan(0, 6), y));
        Same(6, y => Soft.Random.Binomial(Source, T(p, 2, 3), 4, W(y, 2, 3)), y => Soft.Random.Binomial(p, uniform, y));
        Same(6, y => Soft.Random.Rademacher(Source, W(y, 2, 3)), y => Soft.Random.Rademacher(uniform.AsSpan(0, 6), y));
        Same(6, y => Soft.Random.Multinomial(Source, T(p, 6), 4, W(y, 6)), y => Soft.Random.Multinomial(p, gumbel, y));
        Same(4, y => Soft.Random.Choice(Source, T(logits, 6), p, W(y, 4)), y => Soft.Random.Choice(logits, p, gumbel, y));
        Same(6, y => Soft.Random.Permutation(Source, T(logits, 2, 3), W(y, 2, 3), 1), y =>
            Soft.Random.Permutation(T(logits, 2, 3), T(gumbel[..3], 3), W(y, 2, 3), 1));
        Same(
            6,
            y => Soft.Random.Permutation(Source, T(logits, 2, 3), W(y, 2, 3), 1, independent: true),
            y => Soft.Random.Permutation(T(logits, 2, 3), T(gumbel[..6], 2, 3), W(y, 2, 3), 1));

        static void Same(int length, Action<double[]> first, Action<double[]> second)
        {
            double[] a = new double[length], b = new double[length];
            first(a);
            second(b);
            Assert.Equal(b, a);
            Assert.Contains(a, v => v != 0);
        }
    }

    [Fact]
    public void StraightThroughIsHardForwardAndSoftBackwardOnTheSameNoise()
    {
        double[] logits = [0.5, -1, 2, 0], c = [1, -2, 0.5, 3];
        double[] hard = new double[4], soft = new double[4], value = new double[4], dSt = new double[4], dSoft = new double[4];
        Soft.Random.Categorical(Source, T(logits, 4), W(hard, 4), mode: SoftMode.Hard);
        Soft.Random.CategoricalSt(Source, T(logits, 4), W(value, 4));
        Assert.Equal(hard, value);
        Assert.Equal(3, hard.Count(v => v == 0));
        Assert.Equal(1, hard.Sum());
        Soft.Random.CategoricalVjp(Source, T(logits, 4), W(soft, 4), T(c, 4), W(dSoft, 4), out var ofSoft);
        Soft.Random.CategoricalStVjp(Source, T(logits, 4), W(value, 4), T(c, 4), W(dSt, 4), out var ofSt);
        Assert.Equal(hard, value);
        Assert.NotEqual(soft, value);
        Assert.Equal((ofSoft, dSoft[0], dSoft[3]), (ofSt, dSt[0], dSt[3]));
        Assert.Equal(Array.IndexOf(hard, 1.0), Array.IndexOf(soft, soft.Max()));
    }

    [Fact]
    public void HardSamplesHaveTheirDistributions()
    {
        const int n = 20_000;
        double[] p = [0.1, 0.2, 0.3, 0.4], logits = Array.ConvertAll(p, Math.Log), samples = new double[4 * n], counts = new double[4];
        Soft.Random.Categorical(Source, T(logits, 4), W(samples, n, 4), mode: SoftMode.Hard);
        for (var i = 0; i < samples.Length; i++) counts[i % 4] += samples[i];
        for (var i = 0; i < 4; i++) Assert.Equal(p[i], counts[i] / n, 5 * Math.Sqrt(p[i] * (1 - p[i]) / n));
        Assert.Equal(n, counts.Sum());

        Soft.Random.Multinomial(Source.Split(1), T(p, 4), n, W(counts, 4), mode: SoftMode.Hard);
        for (var i = 0; i < 4; i++) Assert.Equal(p[i], counts[i] / n, 5 * Math.Sqrt(p[i] * (1 - p[i]) / n));
        Soft.Random.Binomial(Source.Split(2), T(p, 4), n, W(counts, 4), mode: SoftMode.Hard);
        for (var i = 0; i < 4; i++) Assert.Equal(p[i], counts[i] / n, 5 * Math.Sqrt(p[i] * (1 - p[i]) / n));

        var signs = new double[n];
        Soft.Random.Rademacher(Source, W(signs, n), mode: SoftMode.Hard);
        Assert.All(signs, s => Assert.True(s is 1 or -1));
        Assert.Equal(0, signs.Average(), 5 / Math.Sqrt(n));

        var chosen = new double[n];
        Soft.Random.Choice(Source, T([10, 20, 30, 40], 4), [], W(chosen, n), mode: SoftMode.Hard);
        Assert.Equal(25, chosen.Average(), 5 * Math.Sqrt(125.0 / n));
    }

    [Fact]
    public void WithoutReplacementNothingComesTwice()
    {
        double[] y = new double[6], shuffled = new double[6];
        for (ulong seed = 0; seed < 50; seed++)
        {
            double[] items = [1, 2, 3, 4, 5, 6];
            Soft.Random.Choice(new SoftRandom(seed), T(items, 6), [], W(y, 6), mode: SoftMode.Hard, method: SortMethod.NeuralSort,
                replace: false);
            Soft.Random.Permutation(new SoftRandom(seed), T(items, 6), W(shuffled, 6), mode: SoftMode.Hard);
            Assert.Equal(items, y.Order());
            Assert.Equal(y, shuffled);
        }

        // Impossible elements come last.
        Soft.Random.Choice(Source, T([1, 2, 3], 3), [0, 1, 1], W(y[..2], 2), mode: SoftMode.Hard, replace: false);
        double[] two = new double[2], dP = [7, 7, 7], dA = new double[3];
        Soft.Random.Choice(Source, T([1, 2, 3], 3), [0, 1, 1], W(two, 2), mode: SoftMode.Hard, replace: false);
        Assert.DoesNotContain(1.0, two);
        Soft.Random.ChoiceVjp(Source, T([1, 2, 3], 3), [0, 1, 1], default, T([1, 1], 2), W(dA, 3), dP, out _, replace: false);
        Assert.Equal(0, dP[0]);
        Assert.True(double.IsFinite(dP[1]) && double.IsFinite(dP[2]));
    }

    [Fact]
    public void ImpossibleLogitsAreReplacedRowByRow()
    {
        double[] logits = [double.NegativeInfinity, 1, double.NaN, double.NegativeInfinity, double.NegativeInfinity,
            double.NegativeInfinity], y = new double[6];
        Soft.Random.Categorical(T(logits, 2, 3), T(new double[6], 2, 3), W(y, 2, 3));
        Assert.Equal([0, 1, 0], y[..3]);
        Assert.All(y[3..], v => Assert.Equal(1 / 3.0, v, 1e-15));

        // A NaN in the noise is one in its sample alone.
        Soft.Random.Categorical(T([0, 0, 0], 3), T([0, double.NaN, 0, 0, 1, 0], 2, 3), W(y, 2, 3));
        Assert.All(y[..3], v => Assert.True(double.IsNaN(v)));
        Assert.All(y[3..], v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        double[] y = [7, 7, 7, 7];
        Assert.Throws<ArgumentException>("gumbel", () => Soft.Random.Categorical(new double[3], new double[4], y.AsSpan(0, 3)));
        Assert.Throws<ArgumentException>("destination", () => Soft.Random.Categorical(new double[3], new double[3], y));
        Assert.Throws<ArgumentException>("destination", () =>
            Soft.Random.Categorical(new double[2], new double[2], y.AsSpan(0, 0), replace: false));
        Assert.Throws<ArgumentException>("logits", () => Soft.Random.Categorical(T(new double[1], 2, 0), T(y, 2, 0), W(y, 2, 0)));
        Assert.Throws<ArgumentException>("gumbel", () => Soft.Random.Categorical(T(y, 2, 2), T(y, 4), W(y, 2, 2)));
        Assert.Throws<ArgumentException>("destination", () => Soft.Random.Categorical(Source, T(y, 2, 2), W(y, 4)));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Soft.Random.Categorical(Source, T(y, 2, 2), W(y, 2, 2), 2));
        Assert.Throws<ArgumentOutOfRangeException>("softness", () =>
            Soft.Random.Categorical(Source, T(new double[4], 2, 2), W(y, 2, 2), softness: 0));
        Assert.Throws<ArgumentOutOfRangeException>("softness", () =>
            Soft.Random.Bernoulli(Source, T(new double[4], 4), W(y, 4), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("mode", () =>
            Soft.Random.Bernoulli(Source, T(new double[4], 4), W(y, 4), mode: (SoftMode)77));
        Assert.Throws<ArgumentException>("uniform", () => Soft.Random.Bernoulli(new double[4], new double[3], y));
        Assert.Throws<ArgumentException>("uniform", () => Soft.Random.Binomial(new double[4], new double[9], y));
        Assert.Throws<ArgumentOutOfRangeException>("trials", () => Soft.Random.Binomial(Source, T(new double[4], 4), 0, W(y, 4)));
        Assert.Throws<ArgumentOutOfRangeException>("trials", () => Soft.Random.Multinomial(Source, T(new double[4], 4), -1, W(y, 4)));
        Assert.Throws<ArgumentException>("gumbel", () => Soft.Random.Multinomial(new double[4], new double[9], y));
        Assert.Throws<ArgumentException>("p", () => Soft.Random.Choice(new double[4], new double[3], new double[16], y));
        Assert.Throws<ArgumentException>("gumbel", () => Soft.Random.Choice(new double[4], [], new double[15], y));
        Assert.Throws<ArgumentException>("destination", () => Soft.Random.Choice(Source, T(new double[4], 2, 2), [], W(y, 4)));
        Assert.Throws<ArgumentException>("gumbel", () => Soft.Random.Permutation(new double[4], new double[3], y));
        Assert.Throws<ArgumentException>("destination", () => Soft.Random.Rademacher(new double[3], y));
        Assert.Equal([7.0, 7, 7, 7], y);
    }

    [Fact]
    public void WhatIsNoProbabilityIsRefused()
    {
        double[] y = [7, 7, 7, 7], gumbel = new double[16], d = [8, 8, 8, 8], dP = [9, 9, 9, 9], c = [1, 1, 1, 1];
        foreach (var wrong in new[] { -0.1, double.NegativeInfinity, double.PositiveInfinity, double.NaN })
        {
            double[] p = [0.5, wrong, 0.25, 0];
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.Choice(new double[4], p, gumbel, y));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.Choice(Source, T(new double[4], 4), p, W(y, 4)));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.ChoiceVjp(new double[4], p, gumbel, y, c, d, dP, out _));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.ChoiceJvp(new double[4], p, gumbel, y, c, c, d, 0));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.Multinomial(p, gumbel, y));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.Multinomial(Source, T(p, 2, 2), 3, W(y, 2, 2)));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.MultinomialVjp(p, gumbel, y, c, dP, out _));
            Assert.Throws<ArgumentOutOfRangeException>("p", () => Soft.Random.MultinomialJvp(p, gumbel, y, c, d, 0));
        }

        Assert.Equal([7.0, 7, 7, 7], y);
        Assert.Equal([8.0, 8, 8, 8], d);
        Assert.Equal([9.0, 9, 9, 9], dP);

        // Up to a factor; and those of an event are the bound of a comparison.
        Soft.Random.Multinomial([3.0, 0, 1], [0.0, 0, 0], y.AsSpan(0, 3), mode: SoftMode.Hard);
        Assert.Equal([1.0, 0, 0], y[..3]);
        Soft.Random.Bernoulli([-1.0, 2, double.NaN], [0.5, 0.5, 0.5], y.AsSpan(0, 3), 0.01);
        Assert.Equal([0, 1, double.NaN], y[..3].Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void NothingToSampleFromIsNamed()
    {
        double[] none = [], y = [7];
        Assert.Throws<ArgumentException>("logits", () => Soft.Random.Categorical(none, none, y));
        Assert.Throws<ArgumentException>("p", () => Soft.Random.Bernoulli(none, none, none));
        Assert.Throws<ArgumentException>("p", () => Soft.Random.Bernoulli(Source, T(none, 0), W(none, 0)));
        Assert.Throws<ArgumentException>("p", () => Soft.Random.Binomial(none, y, none));
        Assert.Throws<ArgumentException>("p", () => Soft.Random.Multinomial(none, none, none));
        Assert.Throws<ArgumentException>("p", () => Soft.Random.Multinomial(none, y, none));
        Assert.Throws<ArgumentException>("uniform", () => Soft.Random.Rademacher(none, none));
        Assert.Throws<ArgumentException>("uniform", () => Soft.Random.RademacherVjp(none, none, none, out _));
        Assert.Throws<ArgumentException>("destination", () => Soft.Random.Rademacher(Source, W(none, 0)));
        Assert.Throws<ArgumentException>("cDestination", () => Soft.Random.RademacherVjp(Source, default, T(none, 0), out _));
        Assert.Throws<ArgumentException>("a", () => Soft.Random.Choice(none, [], y, y));
        Assert.Throws<ArgumentException>("x", () => Soft.Random.Permutation(none, none, none));
        Assert.Equal([7.0], y);
    }

    [Fact]
    public void OutputsDoNotShareMemory()
    {
        double[] memory = [1, 2, 3, 4, 5, 6], x = [0.25, 0.25, 0.5], noise = [0.1, 0.2, 0.3], c = [1, 1, 1];
        foreach (var at in new[] { 0, 2 })
        {
            Check((y, z) => Soft.Random.BernoulliVjp(x, noise, y.Span, c, z.Span, out _));
            Check((y, z) => Soft.Random.BernoulliJvp(x, noise, y.Span, c, z.Span, 0));
            Check((y, z) => Soft.Random.BinomialVjp(x, noise, y.Span, c, z.Span, out _));
            Check((y, z) => Soft.Random.BinomialJvp(x, noise, y.Span, c, z.Span, 0));
            Check((y, z) => Soft.Random.MultinomialVjp(x, noise, y.Span, c, z.Span, out _));
            Check((y, z) => Soft.Random.MultinomialJvp(x, noise, y.Span, c, z.Span, 0));
            Check((y, z) => Soft.Random.CategoricalVjp(x, noise, y.Span, c, z.Span, out _));
            Check((y, z) => Soft.Random.CategoricalJvp(x, noise, y.Span, c, z.Span, 0));
            Check((y, z) => Soft.Random.PermutationVjp(x, noise, y.Span, c, z.Span, out _));
            Check((y, z) => Soft.Random.PermutationJvp(x, noise, y.Span, c, z.Span, 0));
            Check((y, z) => Soft.Random.RademacherJvp(noise, y.Span, z.Span, 0));
            Check((y, z) => Soft.Random.ChoiceVjp(x, x, new double[9], default, c, y.Span, z.Span, out _));
            Check((y, z) => Soft.Random.ChoiceVjp(x, x, new double[9], y.Span, c, new double[3], z.Span, out _));
            Check((y, z) => Soft.Random.ChoiceJvp(x, x, new double[9], y.Span, c, c, z.Span, 0));

            void Check(Action<Memory<double>, Memory<double>> call)
            {
                Assert.Throws<ArgumentException>(() => call(memory.AsMemory(0, 3), memory.AsMemory(at, 3)));
                Assert.Equal([1.0, 2, 3, 4, 5, 6], memory);
            }
        }
    }

    [Fact]
    public void AllocatesNothing()
    {
        double[] logits = [0.5, -1, 2, 0], c = [1, -2, 0.5, 3], y = new double[4], d = new double[4], p = [0.1, 0.2, 0.3, 0.4];
        Allocations.AssertNone(() => Soft.Random.CategoricalVjp(Source, T(logits, 4), W(y, 4), T(c, 4), W(d, 4), out _));
        Allocations.AssertNone(() => Soft.Random.BernoulliVjp(Source, T(p, 2, 2), W(y, 2, 2), T(c, 2, 2), W(d, 2, 2), out _));
        Allocations.AssertNone(() => Soft.Random.PermutationVjp(Source, T(logits, 4), W(y, 4), T(c, 4), W(d, 4), out _));
        Allocations.AssertNone(() => Soft.Random.MultinomialVjp(Source, T(p, 4), 3, W(y, 4), T(c, 4), W(d, 4), out _));
    }

    private static void Check(int inputs, int outputs, double[] x, Pullback vjp, Pushforward jvp)
    {
        const double s = 0.4, h = 1e-6;
        double[] c = Samples(outputs, 5), t = Samples(inputs, 6), dX = new double[inputs], y = new double[outputs];
        double[] tY = new double[outputs], unused = new double[outputs], above = new double[outputs], below = new double[outputs];
        vjp(x, y, c, dX, s, out var dSoftness);
        jvp(x, unused, t, tY, s, 0.7);
        Assert.Equal(y, unused);
        var (forward, reverse) = (Dot(c, tY), Dot(dX, t) + (0.7 * dSoftness));
        Assert.Equal(forward, reverse, 1e-11 * (1 + c.Zip(tY, (a, b) => Math.Abs(a * b)).Sum()));

        jvp([.. x.Zip(t, (v, d) => v + (h * d))], above, t, unused, s + (0.7 * h), 0);
        jvp([.. x.Zip(t, (v, d) => v - (h * d))], below, t, unused, s - (0.7 * h), 0);
        for (var i = 0; i < outputs; i++) Assert.Equal((above[i] - below[i]) / (2 * h), tY[i], 2e-7 * (1 + Math.Abs(tY[i])));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Samples(int n, ulong seed) => Array.ConvertAll(Uniform(n, seed), u => (2 * u) - 1);

    private static double[] Uniform(int n, ulong seed)
    {
        var noise = new double[n];
        Source.Split(seed).Uniform(noise);
        return noise;
    }

    private static double[] Gumbel(int n, ulong seed)
    {
        var noise = new double[n];
        Source.Split(seed).Gumbel(noise);
        return noise;
    }

    private static ReadOnlyTensorSpan<double> T(double[] data, params ReadOnlySpan<nint> shape) => new(data, shape, default);

    private static TensorSpan<double> W(double[] data, params ReadOnlySpan<nint> shape) => new(data, shape, default);
}
