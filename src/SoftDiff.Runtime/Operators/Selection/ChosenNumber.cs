namespace SoftDiff;

/// <summary>One of n numbers, by a soft index.</summary>
internal static class ChosenNumber
{
    public static T Value<T>(ReadOnlySpan<T> softIndex, ReadOnlySpan<T> choices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> y = stackalloc T[1];
        RowSelection<T, Average<T>>.Value(choices, softIndex, y, SelectionNames.OfChoices);
        return y[0];
    }

    public static T Vjp<T>(ReadOnlySpan<T> softIndex, ReadOnlySpan<T> choices, T cResult, Span<T> dSoftIndex, Span<T> dChoices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> y = stackalloc T[1];
        RowSelection<T, Average<T>>.Vjp(choices, softIndex, y, [cResult], dChoices, dSoftIndex, SelectionNames.OfChoices);
        return y[0];
    }

    public static T Jvp<T>(
        ReadOnlySpan<T> softIndex, ReadOnlySpan<T> choices, ReadOnlySpan<T> tSoftIndex, ReadOnlySpan<T> tChoices, out T tResult)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var value = Value(softIndex, choices);
        Shape.SameLength(tSoftIndex.Length, softIndex.Length, nameof(tSoftIndex), nameof(softIndex));
        Shape.SameLength(tChoices.Length, choices.Length, nameof(tChoices), nameof(choices));
        tResult = Value(tSoftIndex, choices) + Value(softIndex, tChoices);
        return value;
    }
}
