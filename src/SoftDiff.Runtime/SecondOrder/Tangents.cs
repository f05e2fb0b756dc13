namespace SoftDiff.SecondOrder;

/// <summary>Tells code that solves equations by iteration that dual numbers carry tangents.</summary>
internal static class Tangents
{
    public static bool Exist => true;
}
