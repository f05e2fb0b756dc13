namespace Samples;

internal static class Text
{
    public static string Row(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(value => value.ToString("0.####")))}]";
}
