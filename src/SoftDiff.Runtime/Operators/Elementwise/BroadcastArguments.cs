using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>Checks on the arrays of elementwise operators.</summary>
internal static class BroadcastArguments
{
    /// <summary>The number of axes of the inputs taken together.</summary>
    public static int Rank<T>(scoped in StridedArrays<T> arrays, InputNames names)
    {
        var rank = 1;
        for (var input = 0; input < names.Inputs.Length; input++)
        {
            SoftArguments.NotEmpty(arrays[input].Memory.Length, names.Inputs[input]);
            rank = Math.Max(rank, arrays[input].Lengths.Length);
        }

        return rank;
    }

    /// <summary>
    /// The common lengths of the inputs. Shapes are aligned at the last axis, and a missing axis or one of length 1 fits any length.
    /// </summary>
    public static void Join<T>(scoped in StridedArrays<T> arrays, Span<nint> lengths, InputNames names)
    {
        lengths.Fill(1);
        for (var input = 0; input < names.Inputs.Length; input++)
        {
            var own = arrays[input].Lengths;
            for (var axis = 1; axis <= own.Length; axis++)
            {
                if (lengths[^axis] == 1) lengths[^axis] = own[^axis];
                else if (own[^axis] != 1 && own[^axis] != lengths[^axis]) ThrowShapes(own, lengths, names.Inputs[input]);
            }
        }
    }

    /// <summary>Requires the arrays that a pass needs to be there and to have their shapes.</summary>
    public static void Shapes<T, TPass>(scoped in StridedArrays<T> arrays, ReadOnlySpan<nint> lengths, InputNames names)
        where TPass : struct, IPass
    {
        var inputs = names.Inputs.Length;
        for (var number = StridedArrays<T>.FirstTangent; number < StridedArrays<T>.Count; number++)
        {
            var array = arrays[number];
            var isNeeded = number switch
            {
                < StridedArrays<T>.Cotangent => TPass.IsForward && number < StridedArrays<T>.FirstTangent + inputs,
                StridedArrays<T>.Cotangent => TPass.IsReverse,
                StridedArrays<T>.Result => !TPass.IsReverse || !array.IsEmpty,
                StridedArrays<T>.ResultTangent => TPass.IsForward,
                _ => TPass.IsReverse && number < StridedArrays<T>.FirstGradient + inputs,
            };
            if (!isNeeded) continue;

            var like = number switch
            {
                < StridedArrays<T>.Cotangent => number - StridedArrays<T>.FirstTangent,
                >= StridedArrays<T>.FirstGradient => number - StridedArrays<T>.FirstGradient,
                _ => -1,
            };
            var expected = like >= 0 ? arrays[like].Lengths : lengths;
            if (array.IsEmpty || !array.Lengths.SequenceEqual(expected)) ThrowShape(array.Lengths, expected, StridedArrays<T>.Name(number, names));
        }
    }

    /// <summary>Requires that each output overlaps no input, or lies exactly over an input with the same layout.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="strides">Their strides, one array after the other.</param>
    /// <param name="names">The names of the inputs.</param>
    public static void Memory<T>(scoped in StridedArrays<T> arrays, ReadOnlySpan<nint> strides, InputNames names)
    {
        var rank = strides.Length / StridedArrays<T>.Count;
        for (var output = StridedArrays<T>.Result; output < StridedArrays<T>.Count; output++)
        {
            var memory = arrays[output].Memory;
            for (var other = 0; other < output; other++)
            {
                if (!memory.Overlaps(arrays[other].Memory, out var offset)) continue;
                var isAlike = !StridedArrays<T>.IsOutput(other) && offset == 0
                    && strides.Slice(output * rank, rank).SequenceEqual(strides.Slice(other * rank, rank));
                if (!isAlike) ThrowMemory(StridedArrays<T>.Name(output, names), StridedArrays<T>.Name(other, names));
            }
        }
    }

    private static string Text(ReadOnlySpan<nint> lengths) => $"[{string.Join(", ", lengths.ToArray())}]";

    [DoesNotReturn]
    private static void ThrowShapes(ReadOnlySpan<nint> own, ReadOnlySpan<nint> others, string name) =>
        throw new ArgumentException($"'{name}' has the lengths {Text(own)}, which do not go with {Text(others)}.", name);

    [DoesNotReturn]
    private static void ThrowShape(ReadOnlySpan<nint> own, ReadOnlySpan<nint> expected, string name) =>
        throw new ArgumentException($"'{name}' has the lengths {Text(own)}; it must have {Text(expected)}.", name);

    [DoesNotReturn]
    private static void ThrowMemory(string output, string other) => throw new ArgumentException(
        $"'{output}' and '{other}' share memory; an output may only take the memory of an input, and must be laid out like it.", output);
}
