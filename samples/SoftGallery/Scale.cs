using System.Globalization;

namespace SoftGallery;

/// <summary>An axis: numbers from <paramref name="Low"/> to <paramref name="High"/> on pixels from <paramref name="Start"/> to <paramref name="End"/>.</summary>
internal sealed record Scale(double Low, double High, double Start, double End)
{
    /// <summary>
    /// The round numbers to be marked, about <paramref name="count"/> of them, with the step of 1, 2, 5 or 10 that is nearest in ratio. It is at most
    /// √2.5 times too large, so that four become no fewer than two.
    /// </summary>
    public IEnumerable<double> Ticks(int count)
    {
        var raw = (High - Low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { <= 1.414 => 1, <= 3.162 => 2, <= 7.071 => 5, _ => 10 };
        for (var i = Math.Ceiling((Low / step) - 1e-9); i * step <= High + (step * 1e-9); i++) yield return i == 0 ? 0 : i * step;
    }

    public double Pixel(double value) => Start + ((value - Low) / (High - Low) * (End - Start));

    /// <summary>A scale on which all the values lie, with some room around them; values that hardly differ get a range that shows them as equal.</summary>
    public static Scale Around(IEnumerable<double> values, double start, double end)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (!(high - low > 0.02)) (low, high) = (low - 0.5, high + 0.5);
        var room = (high - low) * 0.06;
        return new Scale(low - room, high + room, start, end);
    }

    public static string Text(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');
}
