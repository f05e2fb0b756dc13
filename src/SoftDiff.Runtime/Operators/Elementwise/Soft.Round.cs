using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// Soft rounding: the sum of n (σ((x - n + ½) / s) - σ((x - n - ½) / s)) over the integers n from c - R to c + R, with c = ⌊x⌋.
    /// </summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. c is held constant in differentiation, and the weights are not normalised:
    /// once 5 s exceeds R the missing ones draw the value towards 0.
    /// </para>
    /// <para>
    /// An infinite x is its own value. The hard one rounds half to even, with derivative 0. The cost is 2 R + 2 evaluations of σ.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="neighborRadius">The radius R of the integers around ⌊x⌋ that count, 0 or more.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborRadius"/> is negative.</exception>
    [SoftOperator]
    [CustomVjp(nameof(RoundBackward))]
    [CustomJvp(nameof(RoundTangent))]
    public static double Round(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, int neighborRadius = 5) =>
        Elementwise.Value(new RoundOperator<double>(softness, mode, neighborRadius), x);

    /// <summary>
    /// <see cref="Round(double, double, SoftMode, int)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the
    /// result, <paramref name="dX"/> and <paramref name="dSoftness"/> receive the cotangents of the inputs and the softness.
    /// </summary>
    /// <inheritdoc cref="Round(double, double, SoftMode, int)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(RoundVjpBackward))]
    [CustomJvp(nameof(RoundVjpTangent))]
    public static double RoundVjp(
        double x,
        double cResult,
        out double dX,
        out double dSoftness,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5) =>
        Elementwise.Vjp(new RoundOperator<double>(softness, mode, neighborRadius), x, cResult, out dX, out dSoftness);

    /// <summary>
    /// <see cref="Round(double, double, SoftMode, int)"/> in forward mode: its value. For the tangents <paramref name="tX"/> and
    /// <paramref name="tSoftness"/>, <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Round(double, double, SoftMode, int)" path="/*[not(self::summary)]"/>
    public static double RoundJvp(
        double x,
        double tX,
        double tSoftness,
        out double tResult,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5) =>
        Elementwise.Jvp(new RoundOperator<double>(softness, mode, neighborRadius), x, tX, tSoftness, out tResult);

    /// <summary>
    /// Soft rounding: the sum of n (σ((x - n + ½) / s) - σ((x - n - ½) / s)) over the integers n from c - R to c + R, with c = ⌊x⌋.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Round(double, double, SoftMode, int)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="neighborRadius">The radius R of the integers around ⌊x⌋ that count, 0 or more.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborRadius"/> is negative.</exception>
    [SoftOperator]
    [CustomVjp(nameof(RoundBackward))]
    [CustomJvp(nameof(RoundTangent))]
    public static void Round(
        ReadOnlySpan<double> x,
        Span<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5) =>
        Elementwise.Map(new RoundOperator<double>(softness, mode, neighborRadius), x, destination);

    /// <summary>
    /// <see cref="Round(ReadOnlySpan{double}, Span{double}, double, SoftMode, int)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input, and that of the
    /// softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Round(ReadOnlySpan{double}, Span{double}, double, SoftMode, int)" path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(RoundVjpBackward))]
    [CustomJvp(nameof(RoundVjpTangent))]
    public static double RoundVjp(
        ReadOnlySpan<double> x,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5) =>
        Elementwise.MapVjp(new RoundOperator<double>(softness, mode, neighborRadius), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Round(ReadOnlySpan{double}, Span{double}, double, SoftMode, int)"/> in forward mode: the value. For the tangents
    /// <paramref name="tX"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Round(ReadOnlySpan{double}, Span{double}, double, SoftMode, int)" path="/*[not(self::summary)]"/>
    public static void RoundJvp(
        ReadOnlySpan<double> x,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        Span<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new RoundOperator<double>(softness, mode, neighborRadius), x, destination, tX, tDestination, tSoftness);

    /// <summary>
    /// Soft rounding: the sum of n (σ((x - n + ½) / s) - σ((x - n - ½) / s)) over the integers n from c - R to c + R, with c = ⌊x⌋.
    /// </summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Round(double, double, SoftMode, int)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="neighborRadius">The radius R of the integers around ⌊x⌋ that count, 0 or more.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborRadius"/> is negative.</exception>
    [SoftOperator]
    [CustomVjp(nameof(RoundBackward))]
    [CustomJvp(nameof(RoundTangent))]
    public static void Round(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5) =>
        Elementwise.Map(new RoundOperator<double>(softness, mode, neighborRadius), x, destination);

    /// <summary>
    /// <see cref="Round(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, int)"/> in reverse mode: for the
    /// cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input, and that of
    /// the softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Round(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, int)"
    ///   path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(RoundVjpBackward))]
    [CustomJvp(nameof(RoundVjpTangent))]
    public static double RoundVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5) =>
        Elementwise.MapVjp(new RoundOperator<double>(softness, mode, neighborRadius), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Round(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, int)"/> in forward mode: the value. For
    /// the tangents <paramref name="tX"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Round(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, int)"
    ///   path="/*[not(self::summary)]"/>
    public static void RoundJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        int neighborRadius = 5,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new RoundOperator<double>(softness, mode, neighborRadius), x, destination, tX, tDestination, tSoftness);
}
