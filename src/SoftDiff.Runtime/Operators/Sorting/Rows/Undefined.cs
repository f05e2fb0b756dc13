namespace SoftDiff;

/// <summary>Rows for which there is no answer but NaN.</summary>
internal static class Undefined
{
    /// <summary>Whether an element is NaN or, since soft operators compute with differences of elements, infinite.</summary>
    public static bool Is(ReadOnlySpan<double> x, SoftMode mode)
    {
        if (mode != SoftMode.Hard) return double.IsNaN(Lanewise.Sum(x, x, new Scaled<double>(0)));
        foreach (var element in x)
        {
            if (double.IsNaN(element)) return true;
        }

        return false;
    }
}
