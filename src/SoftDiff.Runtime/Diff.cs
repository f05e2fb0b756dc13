namespace SoftDiff;

/// <summary>Operations that change derivatives and leave values as they are.</summary>
public static partial class Diff
{
    /// <summary>
    /// Returns <paramref name="x"/> as a constant. In differentiated code the derivative of the result with respect to <paramref name="x"/>
    /// is zero, in both modes and at every order.
    /// </summary>
    /// <typeparam name="T">The type of the value; any type.</typeparam>
    /// <param name="x">The value to be treated as a constant.</param>
    /// <returns><paramref name="x"/> itself. Outside differentiated code nothing else happens.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T StopGradient<T>(T x) => x;
}
