namespace SoftDiff;

/// <summary>Whether numbers carry tangents, which iterations must settle too. These do not; those of the twin for dual numbers do.</summary>
internal static class Tangents
{
    public static bool Exist => false;
}
