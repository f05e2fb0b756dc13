using System.Runtime.Intrinsics;

namespace SoftDiff.Benchmarks.Transformations;

/// <summary>Bounds that depend on the width of the machine's vectors.</summary>
internal static class Widths
{
    public static int Bits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static bool AreWide => Bits >= 256;

    /// <summary>Of a dense Hessian of 32 variables to its gradient.</summary>
    public static Bound Hessian => Bound.AtMost(AreWide ? 12 : 24);

    /// <summary>Half of what 256 bits reach is wanted of 128.</summary>
    public static Bound Scaled(double on256) => Bound.Faster(AreWide ? on256 : on256 / 2);
}
