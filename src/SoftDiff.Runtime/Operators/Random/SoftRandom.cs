using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>
/// A source of random numbers without state: it gives the same numbers to every caller, every time. Take a new one by <see cref="Split"/>
/// for each draw that is to be independent of the others.
/// </summary>
/// <remarks>
/// <para>So the derivative of a sampler uses the same noise as its value, threads need no locks, and a seed repeats a run. All numbers are
/// the same on every machine, to the last bit. Their bits come from Philox4x32-10 (Salmon et al., Parallel random numbers: as easy as 1, 2,
/// 3, SC 2011): the seed is the key, and the position is the counter. The logarithms of Gumbel numbers use only operations that IEEE 754
/// fixes.</para>
/// <para>Floats are the doubles with the bits cut off that do not fit. A source is 64 bits; among 10⁶ sources by repeated splitting two are
/// the same with a probability of 3·10⁻⁸. Not for cryptography.</para>
/// </remarks>
/// <example>
/// <code>
/// var random = new SoftRandom(2024);
/// Soft.Random.Categorical(random.Split(0), logits, weights);
/// Soft.Random.CategoricalVjp(random.Split(0), logits, default, cWeights, dLogits);   // the same noise
/// Soft.Random.Bernoulli(random.Split(1), p, mask);                                   // other noise
/// </code>
/// </example>
/// <param name="seed">Any number; each gives other random numbers.</param>
public readonly struct SoftRandom(ulong seed) : IEquatable<SoftRandom>
{
    // The upper half of a counter says for which use it is.
    private const ulong Numbers = 0, Sources = 1;

    private readonly ulong _key = seed;

    /// <summary>Whether two sources give the same numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they do.</returns>
    public static bool operator ==(SoftRandom left, SoftRandom right) => left.Equals(right);

    /// <summary>Whether two sources give different numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they do.</returns>
    public static bool operator !=(SoftRandom left, SoftRandom right) => !left.Equals(right);

    /// <summary>Another source, whose numbers are independent of those of this one and of any other index.</summary>
    /// <param name="index">Which: any number.</param>
    /// <returns>The source.</returns>
    public SoftRandom Split(ulong index) => new((ulong)Philox.Bits(new UInt128(Sources, index), _key));

    /// <summary>Numbers that are uniform in [0, 1): multiples of 2⁻⁵³.</summary>
    /// <param name="destination">Receives the numbers. Those at the start do not depend on how many there are.</param>
    public void Uniform(Span<double> destination) => Noise.Fill<double, UniformNumber>(this, destination);

    /// <summary>Numbers that are uniform in [0, 1): multiples of 2⁻²⁴.</summary>
    /// <param name="destination">Receives the numbers. Those at the start do not depend on how many there are.</param>
    public void Uniform(Span<float> destination) => Noise.Fill<float, UniformNumber>(this, destination);

    /// <summary>
    /// Numbers of the standard Gumbel distribution: -ln(-ln u) with u uniform in (0, 1), an odd multiple of 2⁻⁵³; so from -3.61 to 36.74.
    /// </summary>
    /// <param name="destination">Receives the numbers. Those at the start do not depend on how many there are.</param>
    public void Gumbel(Span<double> destination) => Noise.Fill<double, GumbelNumber>(this, destination);

    /// <summary>Numbers of the standard Gumbel distribution: those of double, rounded.</summary>
    /// <param name="destination">Receives the numbers. Those at the start do not depend on how many there are.</param>
    public void Gumbel(Span<float> destination) => Noise.Fill<float, GumbelNumber>(this, destination);

    /// <inheritdoc/>
    public bool Equals(SoftRandom other) => _key == other._key;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SoftRandom other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <summary>The random bits of two numbers.</summary>
    internal UInt128 Bits(int pair) => Philox.Bits(new UInt128(Numbers, (ulong)pair), _key);
}

/// <summary>A distribution: a number from 64 random bits.</summary>
internal interface IRandomNumber
{
    static abstract T From<T>(ulong bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Uniform in [0, 1), with as many bits as fit.</summary>
internal readonly struct UniformNumber : IRandomNumber
{
    public static T From<T>(ulong bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? T.CreateTruncating((bits >> 40) * (1.0 / (1 << 24)))
        : T.CreateTruncating((bits >> 11) * (1.0 / (1L << 53)));
}

/// <summary>The standard Gumbel distribution.</summary>
internal readonly struct GumbelNumber : IRandomNumber
{
    public static T From<T>(ulong bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The half keeps u from 0 and 1; with 52 bits before it the number is exact.
        var u = ((bits >> 12) + 0.5) * (1.0 / (1L << 52));
        return T.CreateTruncating(-PortableLogarithm.Of(-PortableLogarithm.Of(u)));
    }
}
