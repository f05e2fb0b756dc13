namespace SoftDiff;

/// <summary>
/// The generator Philox4x32-10: a function of a counter and a key, ten rounds of multiplications whose high and low halves are mixed.
/// </summary>
/// <remarks>
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011; its constants,
/// and the known answers by which it is tested. Integers only, so the same on every machine.
/// </remarks>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Step0 = 0x9E3779B9, Step1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>128 random bits.</summary>
    public static UInt128 Bits(UInt128 counter, ulong key)
    {
        var (c0, c1, c2, c3) = ((uint)counter, (uint)(counter >> 32), (uint)(counter >> 64), (uint)(counter >> 96));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (product0, product1) = ((ulong)Multiplier0 * c0, (ulong)Multiplier1 * c2);
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 = unchecked(k0 + Step0);
            k1 = unchecked(k1 + Step1);
        }

        return new UInt128(((ulong)c3 << 32) | c2, ((ulong)c1 << 32) | c0);
    }
}
