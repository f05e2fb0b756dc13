namespace SoftDiff;

/// <summary>
/// One stage of a bitonic sorting network: every wire is compared with the one <paramref name="Distance"/> away. The stages of phase p sort
/// blocks of 2ᵖ⁺¹ wires, alternately upwards and downwards.
/// </summary>
/// <param name="Phase">The phase, from 0.</param>
/// <param name="Distance">The distance between the wires of a pair, a power of two.</param>
internal readonly record struct NetworkStage(int Phase, int Distance)
{
    /// <summary>The wires of the network for n elements: a power of two, at least one pair.</summary>
    public static int Wires(int n) => n == 1 ? 2 : checked((int)BitOperations.RoundUpToPowerOf2((uint)n));

    public static int Count(int wires)
    {
        var phases = BitOperations.Log2((uint)wires);
        return phases * (phases + 1) / 2;
    }

    /// <summary>The stage at a position in the network.</summary>
    public static NetworkStage At(int position)
    {
        var phase = 0;
        while (position > phase) position -= ++phase;
        return new NetworkStage(phase, 1 << (phase - position));
    }

    /// <summary>The wire of a pair that receives the minimum, and the one that receives the maximum.</summary>
    public (int Lower, int Upper) Pair(int index)
    {
        var below = index & (Distance - 1);
        var first = ((index - below) << 1) | below;
        var second = first | Distance;
        return (first & (2 << Phase)) == 0 ? (first, second) : (second, first);
    }
}
