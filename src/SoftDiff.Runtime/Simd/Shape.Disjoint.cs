using System.Runtime.InteropServices;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Requires that two spans share no memory. Empty spans never do.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="first">The one span.</param>
    /// <param name="firstName">The name of its parameter.</param>
    /// <param name="second">The other span.</param>
    /// <param name="secondName">The name of its parameter.</param>
    /// <exception cref="ArgumentException">The spans overlap, wholly or in part.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Disjoint<T>(ReadOnlySpan<T> first, string firstName, ReadOnlySpan<T> second, string secondName)
    {
        // One comparison for most spans: second starts less than its length before first, and less than first's length after it. Empty spans
        // may seem to overlap here.
        var size = Unsafe.SizeOf<T>();
        var distance = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(first), ref MemoryMarshal.GetReference(second));
        var (firstBytes, secondBytes) = ((nint)first.Length * size, (nint)second.Length * size);
        if ((nuint)(distance + secondBytes - 1) < (nuint)(firstBytes + secondBytes - 1)) RequireDisjoint(first, firstName, second, secondName);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireDisjoint<T>(ReadOnlySpan<T> first, string firstName, ReadOnlySpan<T> second, string secondName)
    {
        if (first.Overlaps(second)) ThrowOverlap(firstName, secondName);
    }
}
