using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>The options that all operators along an axis have.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Softness">How soft; more than 0.</param>
/// <param name="Mode">How corners are rounded off.</param>
/// <param name="Method">How the order becomes soft.</param>
/// <param name="Standardize">Whether the elements are squashed into (0, 1) before they are compared.</param>
internal readonly record struct SortOptions<T>(T Softness, SoftMode Mode, SortMethod Method, bool Standardize)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // 2⁻¹⁰⁰⁰: its inverse is finite, and many times that.
    private const double Least = 9.332636185032189e-302;

    /// <summary>Whether the method sorts and ranks by itself, without a soft permutation.</summary>
    public bool IsDirect => Method is SortMethod.FastSoftSort or SortMethod.SmoothSort;

    /// <summary>Whether the elements are squashed: the one method that has no use for it ignores the option.</summary>
    public bool Squashes => Standardize && Method != SortMethod.SmoothSort;

    /// <summary>The same for double. Throws unless there are values and ranks by this mode and method.</summary>
    public SortOptions<double> ForValues()
    {
        if (!(Softness > T.Zero)) ThrowSoftness(Softness);
        if (!Enum.IsDefined(Mode)) ThrowUndefined("mode", Mode);
        if (!Enum.IsDefined(Method)) ThrowUndefined("method", Method);
        if (Mode is SoftMode.C1PNorm or SoftMode.C2PNorm) ThrowPair("mode", "the mode is for elementwise operators only");
        if (Method == SortMethod.SmoothSort && Mode is not (SoftMode.Smooth or SoftMode.Hard)) ThrowPair("mode", "the method has the mode Smooth only");
        return new SortOptions<double>(Math.Max(InDouble.Number(Softness), Least), Mode, Method, Standardize);
    }

    /// <summary>The same for double. Throws unless there are soft indices by this mode and method.</summary>
    public SortOptions<double> ForIndices()
    {
        if (IsDirect && Enum.IsDefined(Mode)) ThrowPair("method", "the method gives values and ranks but no soft indices");
        return ForValues();
    }

    [DoesNotReturn]
    private static void ThrowSoftness(T softness) => throw new ArgumentOutOfRangeException(
        nameof(softness), softness, string.Create(CultureInfo.InvariantCulture, $"'softness' is {softness}; it must be more than 0."));

    [DoesNotReturn]
    private static void ThrowUndefined<TEnum>(string parameter, TEnum value)
        where TEnum : struct, Enum => throw new ArgumentOutOfRangeException(parameter, value, $"'{parameter}' is not a value of {typeof(TEnum).Name}.");

    [DoesNotReturn]
    private void ThrowPair(string parameter, string reason) =>
        throw new ArgumentException($"The mode {Mode} and the method {Method} do not go together: {reason}.", parameter);
}
