using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Probabilities, up to a factor, as logits: their logarithms, -∞ for 0, whose derivative counts as 0. Negative ones, NaN and ∞ are
/// refused.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct LogChances<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Rented<T> _chances;
    private Rented<T> _logits;

    public LogChances(in ReadOnlyTensorSpan<T> p)
    {
        _chances = Noise.Dense(p);
        foreach (var chance in _chances.Span)
        {
            if (chance >= T.Zero && T.IsFinite(chance)) continue;
            _chances.Dispose();
            ThrowChance(chance);
        }

        _logits = Scratch.Rent<T>(_chances.Span.Length);
        Lanewise.Map(_chances.Span, _logits.Span, default(Log<T>));
    }

    /// <summary>Chances that are all alike.</summary>
    public LogChances(int count)
    {
        _chances = Scratch.Rent<T>(count);
        _chances.Span.Fill(T.One);
        _logits = Scratch.RentCleared<T>(count);
    }

    public readonly Span<T> Logits => _logits.Span;

    /// <summary>
    /// Derivatives of the probabilities for those of the logits, or the other way round: divided by the probability. In place.
    /// </summary>
    public readonly void Divide(Span<T> derivative)
    {
        for (var i = 0; i < derivative.Length; i++) derivative[i] = _chances.Span[i] > T.Zero ? derivative[i] / _chances.Span[i] : T.Zero;
    }

    public void Dispose()
    {
        _chances.Dispose();
        _logits.Dispose();
    }

    [DoesNotReturn]
    private static void ThrowChance(T chance) => throw new ArgumentOutOfRangeException(
        "p", chance, "'p' holds a number that is no probability, up to a factor: it must be 0 or more, and finite.");
}
