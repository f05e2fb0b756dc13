using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>Functions that occur in derivatives only, in the exact form in which generated code needs them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Partials
{
    /// <summary>The derivative of |x|: 1 above zero, -1 below, by convention 0 at +0 and -0, and NaN at NaN.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="x">Any value.</param>
    /// <returns>
    /// 1, -1, 0 or NaN. Unlike <see cref="Math.Sign(double)"/> it stays in <typeparamref name="T"/> and does not throw at NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sign<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        // One test that goes the same way for all ordinary numbers; their sign is a matter of bits.
        var magnitude = T.Abs(x);
        if (magnitude > T.Zero) return T.CopySign(T.One, x);
        return x == T.Zero ? T.Zero : x;
    }
}
