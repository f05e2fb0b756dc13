using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Checks the outputs of operators on tensors. An output may overlap inputs in any way, but not another output.</summary>
internal static class Outputs
{
    /// <summary>
    /// Requires that two outputs share no memory. Tensors with gaps may be interleaved; they are refused only if both begin with the same
    /// element.
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
