using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft x &lt; y: 1 - σ((x - y + ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The hard one is x &lt; y as 0 or 1, whatever epsilon, with derivative 0.
    /// </para>
    /// <para>
    /// Kinks are those of σ. Equal infinities count as equal; otherwise an infinite difference gives 0 or 1 with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">What parts strict comparisons from the others.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(LessBackward))]
    [CustomJvp(nameof(LessTangent))]
    public static double Less(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y);

    /// <summary>
    /// <see cref="Less(double, double, double, SoftMode, double)"/> in reverse mode: its value. For the cotangent
    /// <paramref name="cResult"/> of the result, <paramref name="dX"/>, <paramref name="dY"/> and <paramref name="dSoftness"/> receive
    /// the cotangents of the inputs and the softness.
    /// </summary>
    /// <inheritdoc cref="Less(double, double, double, SoftMode, double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(LessVjpBackward))]
    [CustomJvp(nameof(LessVjpTangent))]
    public static double LessVjp(
        double x,
        double y,
        double cResult,
        out double dX,
        out double dY,
        out double dSoftness,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Vjp(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, cResult, out dX, out dY, out dSoftness);

    /// <summary>
    /// <see cref="Less(double, double, double, SoftMode, double)"/> in forward mode: its value. For the tangents <paramref name="tX"/>,
    /// <paramref name="tY"/> and <paramref name="tSoftness"/>, <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Less(double, double, double, SoftMode, double)" path="/*[not(self::summary)]"/>
    public static double LessJvp(
        double x,
        double y,
        double tX,
        double tY,
        double tSoftness,
        out double tResult,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Jvp(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, tX, tY, tSoftness, out tResult);

    /// <summary>Soft x &lt; y: 1 - σ((x - y + ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Less(double, double, double, SoftMode, double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="y">As long as <paramref name="x"/>.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">What parts strict comparisons from the others.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(LessBackward))]
    [CustomJvp(nameof(LessTangent))]
    public static void Less(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Map(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination);

    /// <summary>
    /// <see cref="Less(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, double)"/> in reverse mode: for the
    /// cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> and <paramref name="dY"/> are overwritten with those
    /// of the inputs, and that of the softness is returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Less(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, double)"
    ///   path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(LessVjpBackward))]
    [CustomJvp(nameof(LessVjpTangent))]
    public static double LessVjp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        Span<double> dY,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.MapVjp(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination, cDestination, dX, dY);

    /// <summary>
    /// <see cref="Less(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, double)"/> in forward mode: the value.
    /// For the tangents <paramref name="tX"/>, <paramref name="tY"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/>
    /// receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Less(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, double)"
    ///   path="/*[not(self::summary)]"/>
    public static void LessJvp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        ReadOnlySpan<double> tY,
        Span<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10,
        double tSoftness = 0) => Elementwise.MapJvp(
        new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination, tX, tY, tDestination, tSoftness);

    /// <summary>Soft x &lt; y with one number y for all elements: 1 - σ((x - y + ε) / s). A y that is NaN gives NaN everywhere.</summary>
    /// <inheritdoc
    ///   cref="Less(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, double)"
    ///   path="/*[not(self::summary or self::param[@name='y'])]"/>
    /// <inheritdoc cref="Less(double, double, double, SoftMode, double)" path="/param[@name='y']"/>
    [SoftOperator]
    [CustomVjp(nameof(LessBackward))]
    [CustomJvp(nameof(LessTangent))]
    public static void Less(
        ReadOnlySpan<double> x,
        double y,
        Span<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Map(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination);

    /// <summary>
    /// <see cref="Less(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, double)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of <paramref name="x"/>,
    /// <paramref name="dY"/> receives that of <paramref name="y"/>, which is a sum over the elements, and that of the softness is
    /// returned. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Less(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, double)" path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(LessVjpBackward))]
    [CustomJvp(nameof(LessVjpTangent))]
    public static double LessVjp(
        ReadOnlySpan<double> x,
        double y,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        out double dY,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.MapVjp(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination, cDestination, dX, out dY);

    /// <summary>
    /// <see cref="Less(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, double)"/> in forward mode: the value. For the
    /// tangents <paramref name="tX"/>, <paramref name="tY"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives
    /// that of the value.
    /// </summary>
    /// <inheritdoc cref="Less(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, double)" path="/*[not(self::summary)]"/>
    public static void LessJvp(
        ReadOnlySpan<double> x,
        double y,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        double tY,
        Span<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10,
        double tSoftness = 0) => Elementwise.MapJvp(
        new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination, tX, tY, tDestination, tSoftness);

    /// <summary>Soft x &lt; y: 1 - σ((x - y + ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself, whatever the strides. The inputs are broadcast: their shapes are aligned at the last axis, and an axis
    /// that is missing or of length 1 goes with any length.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Less(double, double, double, SoftMode, double)"/>.</para>
    /// </remarks>
    /// <param name="x">An input, not empty.</param>
    /// <param name="y">An input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the inputs taken together. It is laid out in the memory of an input as that is, or shares no
    /// memory with it.
    /// </param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">What parts strict comparisons from the others.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(LessBackward))]
    [CustomJvp(nameof(LessTangent))]
    public static void Less(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Map(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination);

    /// <summary>
    /// <see cref="Less(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, double)"/>
    /// in reverse mode: for the cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> and <paramref name="dY"/>
    /// are overwritten with those of the inputs, summed over what they were broadcast to, and that of the softness is returned.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Less(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, double)"
    ///   path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(LessVjpBackward))]
    [CustomJvp(nameof(LessVjpTangent))]
    public static double LessVjp(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        in TensorSpan<double> dY,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.MapVjp(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination, cDestination, dX, dY);

    /// <summary>
    /// <see cref="Less(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, double)"/>
    /// in forward mode: the value. For the tangents <paramref name="tX"/>, <paramref name="tY"/> and <paramref name="tSoftness"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Less(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, double)"
    ///   path="/*[not(self::summary)]"/>
    public static void LessJvp(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in ReadOnlyTensorSpan<double> tY,
        in TensorSpan<double> tDestination,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double epsilon = 1e-10,
        double tSoftness = 0) => Elementwise.MapJvp(
        new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y, destination, tX, tY, tDestination, tSoftness);
}
