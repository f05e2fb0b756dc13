namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>
/// Ends reference runs that would not end: every iteration and every call of a rewritten program takes one unit. Shrinking makes such programs, by deleting the
/// statement that a loop ends by; the reference runs first, so that the compiled program is never started.
/// </summary>
public static class Fuel
{
    private const int Tank = 20_000;

    [ThreadStatic]
    private static int s_left;

    public static void Fill() => s_left = Tank;

    public static void Use()
    {
        if (--s_left < 0) throw new OutOfFuelException();
    }
}

/// <summary>A program ran longer than drawn programs do.</summary>
public sealed class OutOfFuelException : Exception;
