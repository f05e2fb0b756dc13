using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft |x|: x times the soft sign, so not above |x|, and 0 with derivative 0 at 0.</summary>
    /// <remarks>
    /// <para>σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The value is x (2 σ(x / s) - 1).</para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ the value is ∞ and the derivative ±1. The hard one has the derivative 0 at 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <returns>A number from 0 to |x|.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(AbsBackward))]
    [CustomJvp(nameof(AbsTangent))]
    public static double Abs(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new AbsOperator<double>(softness, mode), x);

    /// <summary>
    /// <see cref="Abs(double, double, SoftMode)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the
    /// result, <paramref name="dX"/> and <paramref name="dSoftness"/> receive the cotangents of the inputs and the softness.
    /// </summary>
    /// <inheritdoc cref="Abs(double, double, SoftMode)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AbsVjpBackward))]
    [CustomJvp(nameof(AbsVjpTangent))]
    public static double AbsVjp(
        double x, double cResult, out double dX, out double dSoftness, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Vjp(new AbsOperator<double>(softness, mode), x, cResult, out dX, out dSoftness);

    /// <summary>
    /// <see cref="Abs(double, double, SoftMode)"/> in forward mode: its value. For the tangents <paramref name="tX"/> and
    /// <paramref name="tSoftness"/>, <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Abs(double, double, SoftMode)" path="/*[not(self::summary)]"/>
    public static double AbsJvp(
        double x, double tX, double tSoftness, out double tResult, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Jvp(new AbsOperator<double>(softness, mode), x, tX, tSoftness, out tResult);

    /// <summary>Soft |x|: x times the soft sign, so not above |x|, and 0 with derivative 0 at 0.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Abs(double, double, SoftMode)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(AbsBackward))]
    [CustomJvp(nameof(AbsTangent))]
    public static void Abs(ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Map(new AbsOperator<double>(softness, mode), x, destination);

    /// <summary>
    /// <see cref="Abs(ReadOnlySpan{double}, Span{double}, double, SoftMode)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input, and that of the
    /// softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Abs(ReadOnlySpan{double}, Span{double}, double, SoftMode)" path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(AbsVjpBackward))]
    [CustomJvp(nameof(AbsVjpTangent))]
    public static double AbsVjp(
        ReadOnlySpan<double> x,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth) =>
        Elementwise.MapVjp(new AbsOperator<double>(softness, mode), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Abs(ReadOnlySpan{double}, Span{double}, double, SoftMode)"/> in forward mode: the value. For the tangents
    /// <paramref name="tX"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Abs(ReadOnlySpan{double}, Span{double}, double, SoftMode)" path="/*[not(self::summary)]"/>
    public static void AbsJvp(
        ReadOnlySpan<double> x,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        Span<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new AbsOperator<double>(softness, mode), x, destination, tX, tDestination, tSoftness);

    /// <summary>Soft |x|: x times the soft sign, so not above |x|, and 0 with derivative 0 at 0.</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Abs(double, double, SoftMode)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(AbsBackward))]
    [CustomJvp(nameof(AbsTangent))]
    public static void Abs(
        in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Map(new AbsOperator<double>(softness, mode), x, destination);

    /// <summary>
    /// <see cref="Abs(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input, and that of the
    /// softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Abs(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)" path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(AbsVjpBackward))]
    [CustomJvp(nameof(AbsVjpTangent))]
    public static double AbsVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth) =>
        Elementwise.MapVjp(new AbsOperator<double>(softness, mode), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Abs(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)"/> in forward mode: the value. For the
    /// tangents <paramref name="tX"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Abs(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)" path="/*[not(self::summary)]"/>
    public static void AbsJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new AbsOperator<double>(softness, mode), x, destination, tX, tDestination, tSoftness);
}
