using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Checks on the outputs of operators on tensors, which may lie in the memory of inputs in any way, but not in that of each other.</summary>
internal static class Outputs
{
    /// <summary>
    /// Requires that two outputs share no memory, so far as that can be seen: between the elements of a tensor with gaps those of another
    /// may lie, unless both begin with the same one.
    /// </summary>
    public static void RequireApart<T>(in TensorSpan<T> first, string firstName, in TensorSpan<T> second, string secondName)
    {
        if (!TensorMemory.Of(first, firstName).Overlaps(TensorMemory.Of(second, secondName), out var offset)) return;
        if (offset == 0 || (first.IsDense && second.IsDense)) ThrowShared(firstName, secondName);
    }

    [DoesNotReturn]
    private static void ThrowShared(string first, string second) =>
        throw new ArgumentException($"'{first}' and '{second}' share memory; outputs must lie apart.", first);
}
