using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The soft ramp: the integral of σ(x / s) from -∞ to x, or, gated, x σ(x / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The integral is s ln(1 + e⁻ᵘ) in the smooth mode with u = -x / s; in the
    /// others it is 0 below -5 s and x above 5 s. Its derivative is σ itself.
    /// </para>
    /// <para>At -∞ the value and the derivative are 0, at ∞ they are ∞ and 1. The hard one is max(x, 0) with derivative 0 at 0.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(SoftreluBackward))]
    [CustomJvp(nameof(SoftreluTangent))]
    public static double Softrelu(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ReluOperator<double>(softness, mode, gated), x);

    /// <summary>
    /// <see cref="Softrelu(double, double, SoftMode, bool)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of
    /// the result, <paramref name="dX"/> and <paramref name="dSoftness"/> receive the cotangents of the inputs and the softness.
    /// </summary>
    /// <inheritdoc cref="Softrelu(double, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(SoftreluVjpBackward))]
    [CustomJvp(nameof(SoftreluVjpTangent))]
    public static double SoftreluVjp(
        double x,
        double cResult,
        out double dX,
        out double dSoftness,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.Vjp(new ReluOperator<double>(softness, mode, gated), x, cResult, out dX, out dSoftness);

    /// <summary>
    /// <see cref="Softrelu(double, double, SoftMode, bool)"/> in forward mode: its value. For the tangents <paramref name="tX"/> and
    /// <paramref name="tSoftness"/>, <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Softrelu(double, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    public static double SoftreluJvp(
        double x,
        double tX,
        double tSoftness,
        out double tResult,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.Jvp(new ReluOperator<double>(softness, mode, gated), x, tX, tSoftness, out tResult);

    /// <summary>The soft ramp: the integral of σ(x / s) from -∞ to x, or, gated, x σ(x / s).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Softrelu(double, double, SoftMode, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(SoftreluBackward))]
    [CustomJvp(nameof(SoftreluTangent))]
    public static void Softrelu(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Map(new ReluOperator<double>(softness, mode, gated), x, destination);

    /// <summary>
    /// <see cref="Softrelu(ReadOnlySpan{double}, Span{double}, double, SoftMode, bool)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input, and that of the
    /// softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Softrelu(ReadOnlySpan{double}, Span{double}, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(SoftreluVjpBackward))]
    [CustomJvp(nameof(SoftreluVjpTangent))]
    public static double SoftreluVjp(
        ReadOnlySpan<double> x,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.MapVjp(new ReluOperator<double>(softness, mode, gated), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Softrelu(ReadOnlySpan{double}, Span{double}, double, SoftMode, bool)"/> in forward mode: the value. For the tangents
    /// <paramref name="tX"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Softrelu(ReadOnlySpan{double}, Span{double}, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    public static void SoftreluJvp(
        ReadOnlySpan<double> x,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        Span<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new ReluOperator<double>(softness, mode, gated), x, destination, tX, tDestination, tSoftness);

    /// <summary>The soft ramp: the integral of σ(x / s) from -∞ to x, or, gated, x σ(x / s).</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Softrelu(double, double, SoftMode, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(SoftreluBackward))]
    [CustomJvp(nameof(SoftreluTangent))]
    public static void Softrelu(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.Map(new ReluOperator<double>(softness, mode, gated), x, destination);

    /// <summary>
    /// <see cref="Softrelu(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, bool)"/> in reverse mode: for the
    /// cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input, and that of
    /// the softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Softrelu(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, bool)"
    ///   path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(SoftreluVjpBackward))]
    [CustomJvp(nameof(SoftreluVjpTangent))]
    public static double SoftreluVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.MapVjp(new ReluOperator<double>(softness, mode, gated), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Softrelu(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, bool)"/> in forward mode: the value.
    /// For the tangents <paramref name="tX"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that of the
    /// value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Softrelu(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, bool)"
    ///   path="/*[not(self::summary)]"/>
    public static void SoftreluJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new ReluOperator<double>(softness, mode, gated), x, destination, tX, tDestination, tSoftness);
}
