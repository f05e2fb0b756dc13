namespace SoftDiff;

/// <summary>
/// ln Σ exp xᵢ = max + ln Σ exp(xᵢ - max), in two parts that are each exact to rounding however large the elements are. When the maximum
/// is infinite, xᵢ - max counts as 0 where xᵢ is the maximum and as -∞ elsewhere: the maxima share the weight equally.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Max">The maximum; NaN or any other value if an element is NaN.</param>
/// <param name="LogSum">ln Σ exp(xᵢ - max), between 0 and the logarithm of the length; NaN if an element is NaN.</param>
internal readonly record struct LogPartition<T>(T Max, double LogSum)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Total => double.CreateTruncating(Max) + LogSum;

    public static LogPartition<T> Of(ReadOnlySpan<T> x)
    {
        var max = Lanewise.Max(x);
        var sum = T.IsInfinity(max) ? Ties(x, max) : Lanewise.Sum(x, x, new ExpShifted<T>(max, T.Zero));
        return new LogPartition<T>(max, Math.Log(sum));
    }

    /// <summary>How many elements equal the maximum; NaN if an element is NaN.</summary>
    public static double Ties(ReadOnlySpan<T> x, T max)
    {
        var count = 0.0;
        foreach (var element in x)
        {
            if (T.IsNaN(element)) return double.NaN;
            if (element == max) count += 1;
        }

        return count;
    }

    /// <summary>The weights exp(xᵢ - total) times a factor, given the total alone.</summary>
    public static void Weights(double total, ReadOnlySpan<T> x, T factor, Span<T> destination)
    {
        if (double.IsInfinity(total))
        {
            InfiniteWeights(x, T.CreateTruncating(total), factor, destination);
            return;
        }

        var (high, low) = Split(total, x);
        Lanewise.Map(x, destination, new ExpShiftedScaled<T>(high, low, factor));
    }

    /// <summary>Σ yᵢ exp(xᵢ - total), given the total alone.</summary>
    public static double WeightedSum(double total, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        if (double.IsInfinity(total)) return InfiniteWeightedSum(x, T.CreateTruncating(total), y);

        var (high, low) = Split(total, x);
        return Lanewise.Sum(x, y, new ExpShiftedProduct<T>(high, low));
    }

    /// <summary>The weights for an infinite maximum.</summary>
    public static void InfiniteWeights(ReadOnlySpan<T> x, T max, T factor, Span<T> destination)
    {
        var weight = factor / T.CreateTruncating(Ties(x, max));
        for (var i = 0; i < x.Length; i++) destination[i] = x[i] == max || T.IsNaN(weight) ? weight : T.Zero;
    }

    private static double InfiniteWeightedSum(ReadOnlySpan<T> x, T max, ReadOnlySpan<T> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] == max) sum += double.CreateTruncating(y[i]);
        }

        return sum / Ties(x, max);
    }

    /// <summary>
    /// The total in two parts. If the total is so large that its rounding shows in the weights, it is computed again, in two parts. The
    /// limits leave a relative error of 5e-13 for double and less than a tenth of an ulp for float.
    /// </summary>
    private static (T High, T Low) Split(double total, ReadOnlySpan<T> x)
    {
        if (Math.Abs(total) > (typeof(T) == typeof(double) ? 1 << 12 : 1 << 24))
        {
            var (max, logSum) = Of(x);
            return (max, T.CreateTruncating(logSum));
        }

        // A float keeps the rest of the double; subtracting one after the other loses nothing that matters.
        var high = T.CreateTruncating(total);
        return (high, T.CreateTruncating(total - double.CreateTruncating(high)));
    }
}
