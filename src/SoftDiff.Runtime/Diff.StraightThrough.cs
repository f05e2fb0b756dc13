using System.ComponentModel;

namespace SoftDiff;

public static partial class Diff
{
    /// <summary>
    /// Returns <paramref name="value"/>. In differentiated code the result has the derivative of <paramref name="surrogate"/>. This is the
    /// straight-through estimator for values that have no useful derivative.
    /// </summary>
    /// <remarks>
    /// Put it around a whole expression, not around its factors. In a product of two straight-through results each derivative is multiplied
    /// by the <em>value</em> of the other factor, not by that factor's surrogate. The operators of <see cref="Soft"/> have straight-through
    /// forms: their names end in St.
    /// </remarks>
    /// <param name="value">The value; it has no derivative here.</param>
    /// <param name="surrogate">The expression that is differentiated in its place. Its value is not used.</param>
    /// <returns><paramref name="value"/> itself.</returns>
    /// <example>
    /// <code>
    /// [Differentiable]
    /// public static double Both(double x, double y) => Diff.StraightThrough(
    ///     Soft.Relu(x, mode: SoftMode.Hard) * Soft.Relu(y, mode: SoftMode.Hard), Soft.Relu(x) * Soft.Relu(y));
    /// </code>
    /// </example>
    [FloatTwin]
    [CustomVjp(nameof(StraightThroughBackward))]
    [CustomJvp(nameof(StraightThroughTangent))]
    public static double StraightThrough([NonDifferentiable] double value, double surrogate) => value;

    /// <summary>
    /// Copies <paramref name="value"/> to <paramref name="destination"/>. In differentiated code the copy has the derivative of
    /// <paramref name="surrogate"/>.
    /// </summary>
    /// <inheritdoc cref="StraightThrough(double, double)" path="/remarks"/>
    /// <param name="value">The values; they have no derivative here.</param>
    /// <param name="surrogate">The numbers that are differentiated in their place, of the same length. Their values are not used.</param>
    /// <param name="destination">Receives the values; of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ; nothing is written.</exception>
    [FloatTwin]
    [CustomVjp(nameof(StraightThroughBackward))]
    [CustomJvp(nameof(StraightThroughTangent))]
    public static void StraightThrough(
        [NonDifferentiable] ReadOnlySpan<double> value, ReadOnlySpan<double> surrogate, Span<double> destination) =>
        StraightThroughOf(value, surrogate, destination);

    /// <summary>The reverse rule of <see cref="StraightThrough(double, double)"/>, for generated code.</summary>
    /// <param name="value">The value.</param>
    /// <param name="surrogate">The number or numbers that are differentiated.</param>
    /// <param name="cotangent">The cotangent of the result.</param>
    /// <returns>The cotangent of the surrogate.</returns>
    [FloatTwin]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static double StraightThroughBackward(double value, double surrogate, double cotangent) => cotangent;

    /// <summary>
    /// The reverse rule of <see cref="StraightThrough(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>, for generated code.
    /// </summary>
    /// <param name="value">The values.</param>
    /// <param name="surrogate">The number or numbers that are differentiated.</param>
    /// <param name="destination">The values.</param>
    /// <param name="cDestination">The cotangent of the result.</param>
    /// <param name="dSurrogate">Receives the cotangent of the surrogate.</param>
    [FloatTwin]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void StraightThroughBackward(
        ReadOnlySpan<double> value,
        ReadOnlySpan<double> surrogate,
        ReadOnlySpan<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dSurrogate) =>
        cDestination.CopyTo(dSurrogate);

    /// <summary>The forward rule of <see cref="StraightThrough(double, double)"/>, for generated code.</summary>
    /// <param name="value">The value.</param>
    /// <param name="surrogate">The number or numbers that are differentiated.</param>
    /// <param name="tSurrogate">Its tangent.</param>
    /// <returns>The value and the tangent.</returns>
    [FloatTwin]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (double Value, double Tangent) StraightThroughTangent(double value, double surrogate, double tSurrogate) =>
        (value, tSurrogate);

    /// <summary>
    /// The forward rule of <see cref="StraightThrough(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>, for generated code.
    /// </summary>
    /// <param name="value">The values.</param>
    /// <param name="surrogate">The number or numbers that are differentiated.</param>
    /// <param name="destination">Receives the values.</param>
    /// <param name="tSurrogate">The tangent of the surrogate.</param>
    /// <param name="tDestination">Receives the tangent of the result.</param>
    [FloatTwin]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void StraightThroughTangent(
        ReadOnlySpan<double> value,
        ReadOnlySpan<double> surrogate,
        Span<double> destination,
        ReadOnlySpan<double> tSurrogate,
        Span<double> tDestination)
    {
        StraightThroughOf(value, surrogate, destination);
        tSurrogate.CopyTo(tDestination);
    }

    private static void StraightThroughOf<T>(ReadOnlySpan<T> value, ReadOnlySpan<T> surrogate, Span<T> destination)
    {
        Shape.SameLength(surrogate.Length, value.Length, nameof(surrogate), nameof(value));
        Shape.SameLength(destination.Length, value.Length, nameof(destination), nameof(value));
        value.CopyTo(destination);
    }
}
