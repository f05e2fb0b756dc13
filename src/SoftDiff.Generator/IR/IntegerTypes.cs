namespace SoftDiff.Generator.IR;

/// <summary>The ranges of C#'s integer types.</summary>
internal static class IntegerTypes
{
    // The bits of native integers depend on where the code runs.
    private static readonly Dictionary<string, (bool Signed, int Least, int Most)> Bits = new(StringComparer.Ordinal)
    {
        ["sbyte"] = (true, 8, 8), ["short"] = (true, 16, 16), ["int"] = (true, 32, 32), ["long"] = (true, 64, 64), ["nint"] = (true, 32, 64),
        ["byte"] = (false, 8, 8), ["ushort"] = (false, 16, 16), ["uint"] = (false, 32, 32), ["ulong"] = (false, 64, 64), ["nuint"] = (false, 32, 64),
        ["char"] = (false, 16, 16),
    };

    /// <summary>Whether C# computes with it as <c>int</c> and converts the result back.</summary>
    public static bool IsSmall(IrType type) => type is ScalarType scalar && Bits.TryGetValue(scalar.Name, out var bits) && bits.Most < 32;

    /// <summary>Whether the one type holds every integer of the other. (An enum holds, and fits into, itself only.)</summary>
    public static bool Holds(IrType type, IrType other)
    {
        if (type is not ScalarType { Name: var name } || other is not ScalarType { Name: var otherName }) return false;
        if (!Bits.TryGetValue(name, out var to) || !Bits.TryGetValue(otherName, out var from)) return type.Equals(other);
        return to.Signed == from.Signed ? from.Most <= to.Least || name == otherName : to.Signed && from.Most < to.Least;
    }
}
