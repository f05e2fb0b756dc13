using System.ComponentModel;

namespace SoftDiff;

/// <summary>What generated code needs to sort numbers together with their derivatives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sorting
{
    /// <summary>Writes the places from which the numbers come when they are sorted.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="keys">The numbers.</param>
    /// <param name="order">Receives the places; as long as <paramref name="keys"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Order<T>(ReadOnlySpan<T> keys, Span<int> order)
        where T : IComparable<T>
    {
        using var rented = Scratch.Rent<T>(keys.Length);
        keys.CopyTo(rented.Span);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        rented.Span.Sort(order);
    }
}
