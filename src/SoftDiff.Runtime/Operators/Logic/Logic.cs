namespace SoftDiff;

/// <summary>Helpers that the fuzzy operators share.</summary>
internal static class Logic
{
    /// <summary>The least that counts in a geometric mean, unless told otherwise.</summary>
    public static T Epsilon<T>()
        where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(1e-10);
}
