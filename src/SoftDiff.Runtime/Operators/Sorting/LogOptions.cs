using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>Whether a soft index is given as logarithms.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Wanted">Whether it is.</param>
/// <param name="Epsilon">The least probability whose logarithm is taken, to which smaller ones are raised; 0 for none.</param>
internal readonly record struct LogOptions<T>(bool Wanted, T Epsilon)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The same for double. Throws unless the options fit each other.</summary>
    public LogOptions<double> Checked()
    {
        if (!(Epsilon >= T.Zero && Epsilon <= T.One)) ThrowEpsilon(Epsilon);
        if (!Wanted && Epsilon != T.Zero) ThrowUnwanted();
        return new LogOptions<double>(Wanted, InDouble.Number(Epsilon));
    }

    [DoesNotReturn]
    private static void ThrowEpsilon(T logProbEps) => throw new ArgumentOutOfRangeException(
        nameof(logProbEps), logProbEps, string.Create(CultureInfo.InvariantCulture, $"'logProbEps' is {logProbEps}; it must be from 0 to 1."));

    [DoesNotReturn]
    private static void ThrowUnwanted() =>
        throw new ArgumentException("'logProbEps' is for logarithms of probabilities; 'returnLogProbs' must be true with it.", "logProbEps");
}
