using System.Globalization;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>The choices of one program, which follow from its seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    public int Below(int count) => _random.Next(count);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public T Weighted<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        double at = _random.NextDouble() * items.Sum(weight);
        foreach (T item in items)
        {
            at -= weight(item);
            if (at < 0) return item;
        }

        return items[^1];
    }

    /// <summary>A number that is not round, so that no two are equal by accident, between 0.15 and 1.85 in size.</summary>
    public string Decimal(bool signed = false)
    {
        double size = Math.Round(0.15 + (1.7 * _random.NextDouble()), 3);
        return (signed && Chance(0.4) ? -size : size).ToString(CultureInfo.InvariantCulture);
    }
}
