namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>The checks that exist.</summary>
internal static class Checks
{
    public static IReadOnlyList<ICheck> All { get; } = [new DualNumbersCheck(), new NestedCheck(), new TransformationsCheck()];

    public static ICheck? Named(string name) => All.FirstOrDefault(check => check.Name == name);
}
