namespace SoftDiff;

/// <summary>Operations that say something about derivatives and nothing about values.</summary>
public static partial class Diff
{
    /// <summary>
    /// Returns <paramref name="x"/>, and cuts it off from differentiation: in differentiated code the derivative of the result with
    /// respect to <paramref name="x"/> is zero, in both modes and at any order.
    /// </summary>
    /// <typeparam name="T">The type of the value; any type.</typeparam>
    /// <param name="x">The value to be treated as a constant.</param>
    /// <returns><paramref name="x"/> itself. Outside differentiated code nothing else happens.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T StopGradient<T>(T x) => x;
}
