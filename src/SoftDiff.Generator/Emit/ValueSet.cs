namespace SoftDiff.Generator.Emit;

/// <summary>A set of small numbers, one bit each, which stand for the values of a function.</summary>
internal sealed class ValueSet
{
    private readonly ulong[] _bits;

    /// <param name="count">All numbers are smaller.</param>
    public ValueSet(int count) => _bits = new ulong[(count + 63) / 64];

    public bool Contains(int number) => (_bits[number >> 6] & Bit(number)) != 0;

    public void Add(int number) => _bits[number >> 6] |= Bit(number);

    public void Remove(int number) => _bits[number >> 6] &= ~Bit(number);

    public void UnionWith(ValueSet other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] |= other._bits[i];
    }

    /// <summary>Adds all numbers of the other set except one.</summary>
    public void UnionWithBut(ValueSet other, int number)
    {
        var had = Contains(number);
        UnionWith(other);
        if (!had) Remove(number);
    }

    public void ExceptWith(ValueSet other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] &= ~other._bits[i];
    }

    public bool Overlaps(ValueSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            if ((_bits[i] & other._bits[i]) != 0) return true;
        }

        return false;
    }

    private static ulong Bit(int number) => 1UL << (number & 63);
}
