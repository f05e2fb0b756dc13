using System.ComponentModel;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>ln Σ exp(x[i]), a smooth version of the maximum, without overflow.</summary>
    /// <remarks>
    /// <para>Smooth everywhere; the gradient is the softmax of <paramref name="x"/>. If the largest element is infinite, so is the value,
    /// and in the gradient all elements equal to it share the weight equally; other elements of -∞ count for nothing. NaN anywhere gives
    /// NaN.</para>
    /// <para>The error is a few ulp of the larger of |max x| and ln of the length.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <returns>A number from max x to max x + ln n.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty.</exception>
    [CustomVjp(nameof(LogSumExpForward), nameof(LogSumExpBackward))]
    [CustomJvp(nameof(LogSumExpTangent))]
    public static double LogSumExp(ReadOnlySpan<double> x) => LogSumExpOf(x);

    /// <inheritdoc cref="LogSumExp(ReadOnlySpan{double})"/>
    [CustomVjp(nameof(LogSumExpForward), nameof(LogSumExpBackward))]
    [CustomJvp(nameof(LogSumExpTangent))]
    public static float LogSumExp(ReadOnlySpan<float> x) => (float)LogSumExpOf(x);

    /// <summary>The value of <see cref="LogSumExp(ReadOnlySpan{double})"/> and what its reverse rule keeps, for generated code.</summary>
    /// <param name="x">The input.</param>
    /// <returns>The value, and the value in double precision.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (double Value, double Residual) LogSumExpForward(ReadOnlySpan<double> x)
    {
        var value = LogSumExpOf(x);
        return (value, value);
    }

    /// <inheritdoc cref="LogSumExpForward(ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (float Value, double Residual) LogSumExpForward(ReadOnlySpan<float> x)
    {
        var value = LogSumExpOf(x);
        return ((float)value, value);
    }

    /// <summary>
    /// The reverse rule of <see cref="LogSumExp(ReadOnlySpan{double})"/>, for generated code: overwrites <paramref name="dX"/>.
    /// </summary>
    /// <param name="residual">The residual of the forward method.</param>
    /// <param name="x">The input.</param>
    /// <param name="cotangent">The cotangent of the value.</param>
    /// <param name="dX">Receives the gradient.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void LogSumExpBackward(double residual, ReadOnlySpan<double> x, double cotangent, Span<double> dX)
    {
        SoftArguments.Gradient<double>(x, dX);
        LogPartition<double>.Weights(residual, x, cotangent, dX);
    }

    /// <inheritdoc cref="LogSumExpBackward(double, ReadOnlySpan{double}, double, Span{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void LogSumExpBackward(double residual, ReadOnlySpan<float> x, float cotangent, Span<float> dX)
    {
        SoftArguments.Gradient<float>(x, dX);
        LogPartition<float>.Weights(residual, x, cotangent, dX);
    }

    /// <summary>The forward rule of <see cref="LogSumExp(ReadOnlySpan{double})"/>, for generated code.</summary>
    /// <param name="x">The input.</param>
    /// <param name="tX">The tangent of the input.</param>
    /// <returns>The value and its tangent.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (double Value, double Tangent) LogSumExpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX)
    {
        Shape.SameLength(tX.Length, x.Length, nameof(tX), nameof(x));
        var value = LogSumExpOf(x);
        return (value, LogPartition<double>.WeightedSum(value, x, tX));
    }

    /// <inheritdoc cref="LogSumExpTangent(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (float Value, float Tangent) LogSumExpTangent(ReadOnlySpan<float> x, ReadOnlySpan<float> tX)
    {
        Shape.SameLength(tX.Length, x.Length, nameof(tX), nameof(x));
        var value = LogSumExpOf(x);
        return ((float)value, (float)LogPartition<float>.WeightedSum(value, x, tX));
    }

    private static double LogSumExpOf<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.NotEmpty(x.Length, nameof(x));
        return LogPartition<T>.Of(x).Total;
    }
}
