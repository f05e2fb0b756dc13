namespace SoftDiff;

/// <summary>
/// The common axes of several arrays: their lengths, then the strides of the first array along them, then those of the second, and so on.
/// </summary>
internal static class BroadcastAxes
{
    /// <summary>Writes the strides of all arrays, 0 along an axis along which an array is repeated.</summary>
    public static void Align<T>(scoped in StridedArrays<T> arrays, ReadOnlySpan<nint> lengths, Span<nint> strides)
    {
        strides.Clear();
        for (var number = 0; number < StridedArrays<T>.Count; number++)
        {
            var array = arrays[number];
            if (array.IsEmpty) continue;
            var own = strides.Slice(number * lengths.Length, lengths.Length);
            for (var axis = 1; axis <= array.Lengths.Length; axis++) own[^axis] = array.Lengths[^axis] == 1 ? 0 : array.Strides[^axis];
        }
    }

    /// <summary>Joins axes that all arrays step through as one, and drops those of length 1. What is left stands first in each row.</summary>
    /// <returns>The number of axes, at least 1.</returns>
    public static int Simplify(Span<nint> lengths, Span<nint> strides)
    {
        var (pitch, last) = (lengths.Length, -1);
        for (var axis = 0; axis < pitch; axis++)
        {
            var length = lengths[axis];
            if (length == 1) continue;
            if (last >= 0 && AreOne(last, axis, length, pitch, strides))
            {
                lengths[last] *= length;
            }
            else
            {
                last++;
                lengths[last] = length;
            }

            for (var row = 0; row < strides.Length; row += pitch) strides[row + last] = strides[row + axis];
        }

        if (last >= 0) return last + 1;
        strides.Fill(1);
        return 1;
    }

    private static bool AreOne(int outer, int inner, nint innerLength, int pitch, ReadOnlySpan<nint> strides)
    {
        for (var row = 0; row < strides.Length; row += pitch)
        {
            if (strides[row + outer] != strides[row + inner] * innerLength) return false;
        }

        return true;
    }
}
