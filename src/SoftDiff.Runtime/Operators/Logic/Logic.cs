namespace SoftDiff;

/// <summary>What the fuzzy operators have in common.</summary>
internal static class Logic
{
    /// <summary>The least that counts in a geometric mean, unless told otherwise.</summary>
    public static T Epsilon<T>()
        where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(1e-10);
}
