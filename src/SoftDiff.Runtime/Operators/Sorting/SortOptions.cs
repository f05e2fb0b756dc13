using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace SoftDiff;

/// <summary>The options that all operators along an axis have.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Softness">How soft; more than 0.</param>
/// <param name="Mode">How corners are rounded off.</param>
/// <param name="Method">How the order becomes soft.</param>
/// <param name="Standardize">Whether the elements are squashed into (0, 1) before they are compared, see <see cref="SoftDiff.Standardization"/>.</param>
internal readonly record struct SortOptions<T>(T Softness, SoftMode Mode, SortMethod Method, bool Standardize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the method sorts or ranks by itself, without a soft permutation.</summary>
    public bool IsDirect => Method is SortMethod.FastSoftSort or SortMethod.SmoothSort;

    /// <summary>Whether the elements are squashed: only a method without need of it ignores the option.</summary>
    public bool Squashes => Standardize && Method != SortMethod.SmoothSort;

    public SortOptions<double> Widened => new(InDouble.Number(Softness), Mode, Method, Standardize);

    /// <summary>Throws unless there are values by this mode and method.</summary>
    public void CheckValues()
    {
        if (!(Softness > T.Zero)) ThrowSoftness(Softness);
        if (!Enum.IsDefined(Mode)) ThrowUndefined("mode", Mode);
        if (!Enum.IsDefined(Method)) ThrowUndefined("method", Method);
        if (Mode is SoftMode.C1PNorm or SoftMode.C2PNorm) ThrowPair("mode", "is for elementwise operators");
        if (Method == SortMethod.SmoothSort && Mode is not (SoftMode.Smooth or SoftMode.Hard)) ThrowPair("mode", "is not one of the method; it has the mode Smooth");
    }

    /// <summary>Throws unless there are soft indices by this mode and method.</summary>
    public void CheckIndices()
    {
        CheckValues();
        if (IsDirect) ThrowPair("method", "gives values and ranks, but no soft indices");
    }

    [DoesNotReturn]
    private static void ThrowSoftness(T softness) => throw new ArgumentOutOfRangeException(
        nameof(softness), softness, string.Create(CultureInfo.InvariantCulture, $"'softness' is {softness}; it must be more than 0."));

    [DoesNotReturn]
    private static void ThrowUndefined<TEnum>(string parameter, TEnum value)
        where TEnum : struct, Enum => throw new ArgumentOutOfRangeException(parameter, value, $"'{parameter}' is not a value of {typeof(TEnum).Name}.");

    [DoesNotReturn]
    private void ThrowPair(string parameter, string reason) =>
        throw new ArgumentException($"The mode {Mode} and the method {Method} do not go together: the {parameter} {reason}.", parameter);
}
