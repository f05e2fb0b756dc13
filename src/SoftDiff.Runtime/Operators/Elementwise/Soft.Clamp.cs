using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft min(max(x, a), b): a + r(x - a) - r(x - b) with the soft ramp r.</summary>
    /// <remarks>
    /// <para>
    /// r is <see cref="Softrelu(double, double, SoftMode, bool)"/>. A bound may be infinite. With a &gt; b the formula is taken as it
    /// stands; the hard one is then b.
    /// </para>
    /// <para>
    /// At ±∞ the value is a or b, with derivative 0 with respect to x and 1 with respect to that bound. The hard one has the derivative ½
    /// at a bound, for x and for the bound.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="a">The lower bound.</param>
    /// <param name="b">The upper bound.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(ClampBackward))]
    [CustomJvp(nameof(ClampTangent))]
    public static double Clamp(
        double x, double a, double b, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ClampOperator<double>(softness, mode, gated), x, a, b);

    /// <summary>
    /// <see cref="Clamp(double, double, double, double, SoftMode, bool)"/> in reverse mode: its value. For the cotangent
    /// <paramref name="cResult"/> of the result, <paramref name="dX"/>, <paramref name="dA"/>, <paramref name="dB"/> and
    /// <paramref name="dSoftness"/> receive the cotangents of the inputs and the softness.
    /// </summary>
    /// <inheritdoc cref="Clamp(double, double, double, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(ClampVjpBackward))]
    [CustomJvp(nameof(ClampVjpTangent))]
    public static double ClampVjp(
        double x,
        double a,
        double b,
        double cResult,
        out double dX,
        out double dA,
        out double dB,
        out double dSoftness,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.Vjp(new ClampOperator<double>(softness, mode, gated), x, a, b, cResult, out dX, out dA, out dB, out dSoftness);

    /// <summary>
    /// <see cref="Clamp(double, double, double, double, SoftMode, bool)"/> in forward mode: its value. For the tangents
    /// <paramref name="tX"/>, <paramref name="tA"/>, <paramref name="tB"/> and <paramref name="tSoftness"/>, <paramref name="tResult"/>
    /// receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Clamp(double, double, double, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    public static double ClampJvp(
        double x,
        double a,
        double b,
        double tX,
        double tA,
        double tB,
        double tSoftness,
        out double tResult,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.Jvp(new ClampOperator<double>(softness, mode, gated), x, a, b, tX, tA, tB, tSoftness, out tResult);

    /// <summary>Soft min(max(x, a), b): a + r(x - a) - r(x - b) with the soft ramp r.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Clamp(double, double, double, double, SoftMode, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="a">The bound.</param>
    /// <param name="b">The bound.</param>
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
    [CustomVjp(nameof(ClampBackward))]
    [CustomJvp(nameof(ClampTangent))]
    public static void Clamp(
        ReadOnlySpan<double> x,
        double a,
        double b,
        Span<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.Map(new ClampOperator<double>(softness, mode, gated), x, a, b, destination);

    /// <summary>
    /// <see cref="Clamp(ReadOnlySpan{double}, double, double, Span{double}, double, SoftMode, bool)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/>, <paramref name="dA"/> and <paramref name="dB"/> are
    /// overwritten with those of the inputs, and that of the softness is returned. <paramref name="destination"/> is empty if the value
    /// is not wanted.
    /// </summary>
    /// <inheritdoc cref="Clamp(ReadOnlySpan{double}, double, double, Span{double}, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(ClampVjpBackward))]
    [CustomJvp(nameof(ClampVjpTangent))]
    public static double ClampVjp(
        ReadOnlySpan<double> x,
        double a,
        double b,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        out double dA,
        out double dB,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Elementwise.MapVjp(new ClampOperator<double>(softness, mode, gated), x, a, b, destination, cDestination, dX, out dA, out dB);

    /// <summary>
    /// <see cref="Clamp(ReadOnlySpan{double}, double, double, Span{double}, double, SoftMode, bool)"/> in forward mode: the value. For
    /// the tangents <paramref name="tX"/>, <paramref name="tA"/>, <paramref name="tB"/> and <paramref name="tSoftness"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Clamp(ReadOnlySpan{double}, double, double, Span{double}, double, SoftMode, bool)" path="/*[not(self::summary)]"/>
    public static void ClampJvp(
        ReadOnlySpan<double> x,
        double a,
        double b,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        double tA,
        double tB,
        Span<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false,
        double tSoftness = 0) =>
        Elementwise.MapJvp(new ClampOperator<double>(softness, mode, gated), x, a, b, destination, tX, tA, tB, tDestination, tSoftness);

    /// <summary>Soft min(max(x, a), b): a + r(x - a) - r(x - b) with the soft ramp r.</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Clamp(double, double, double, double, SoftMode, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="a">The bound.</param>
    /// <param name="b">The bound.</param>
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
    [CustomVjp(nameof(ClampBackward))]
    [CustomJvp(nameof(ClampTangent))]
    public static void Clamp(
        in ReadOnlyTensorSpan<double> x,
        double a,
        double b,
        in TensorSpan<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Clamping.Map(new ClampOperator<double>(softness, mode, gated), x, a, b, destination);

    /// <summary>
    /// <see cref="Clamp(in ReadOnlyTensorSpan{double}, double, double, in TensorSpan{double}, double, SoftMode, bool)"/> in reverse mode:
    /// for the cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/>, <paramref name="dA"/> and
    /// <paramref name="dB"/> are overwritten with those of the inputs, and that of the softness is returned.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Clamp(in ReadOnlyTensorSpan{double}, double, double, in TensorSpan{double}, double, SoftMode, bool)"
    ///   path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(ClampVjpBackward))]
    [CustomJvp(nameof(ClampVjpTangent))]
    public static double ClampVjp(
        in ReadOnlyTensorSpan<double> x,
        double a,
        double b,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        out double dA,
        out double dB,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false) =>
        Clamping.MapVjp(new ClampOperator<double>(softness, mode, gated), x, a, b, destination, cDestination, dX, out dA, out dB);

    /// <summary>
    /// <see cref="Clamp(in ReadOnlyTensorSpan{double}, double, double, in TensorSpan{double}, double, SoftMode, bool)"/> in forward mode:
    /// the value. For the tangents <paramref name="tX"/>, <paramref name="tA"/>, <paramref name="tB"/> and <paramref name="tSoftness"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Clamp(in ReadOnlyTensorSpan{double}, double, double, in TensorSpan{double}, double, SoftMode, bool)"
    ///   path="/*[not(self::summary)]"/>
    public static void ClampJvp(
        in ReadOnlyTensorSpan<double> x,
        double a,
        double b,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        double tA,
        double tB,
        in TensorSpan<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        bool gated = false,
        double tSoftness = 0) =>
        Clamping.MapJvp(new ClampOperator<double>(softness, mode, gated), x, a, b, destination, tX, tA, tB, tDestination, tSoftness);
}
