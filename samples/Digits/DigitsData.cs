namespace Digits;

/// <summary>Images and their digits: image <c>i</c> is <c>Pixels[i * 64 .. (i + 1) * 64]</c>, each pixel between 0 and 1.</summary>
internal sealed record Examples(double[] Pixels, int[] Labels)
{
    public int Count => Labels.Length;

    public ReadOnlySpan<double> Image(int index) => Pixels.AsSpan(index * DigitsData.Pixels, DigitsData.Pixels);

    /// <summary>The examples from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    public Examples Slice(int start, int count) => new(
        Pixels[(start * DigitsData.Pixels)..((start + count) * DigitsData.Pixels)],
        Labels[start..(start + count)]);
}

/// <summary>The handwritten digits of data/README.md, shuffled and split.</summary>
internal sealed record DigitsData(Examples Training, Examples HeldOut)
{
    /// <summary>Pixels per image.</summary>
    public const int Pixels = 64;

    private const double Ink = 16;

    /// <summary>Reads the file beside the program. A fifth of the examples is held out; the same seed gives the same split.</summary>
    public static DigitsData Load(int seed)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));
        new Random(seed).Shuffle(lines);

        var pixels = new double[lines.Length * Pixels];
        var labels = new int[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split(',');
            for (int p = 0; p < Pixels; p++) pixels[i * Pixels + p] = int.Parse(fields[p]) / Ink;
            labels[i] = int.Parse(fields[Pixels]);
        }

        var all = new Examples(pixels, labels);
        int heldOut = all.Count / 5;
        return new DigitsData(all.Slice(heldOut, all.Count - heldOut), all.Slice(0, heldOut));
    }
}
