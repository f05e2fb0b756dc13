namespace SoftDiff.Generator.Pipeline;

/// <summary>The names under which the driver tracks the generator's steps.</summary>
internal static class StepNames
{
    /// <summary>Marked methods to IR; runs again for every marked method on every edit.</summary>
    public const string Lower = "SoftDiff.Lower";

    /// <summary>The settings of the project; runs on every edit.</summary>
    public const string Facts = "SoftDiff.Facts";

    /// <summary>IR to the text of a file; runs only when the IR or what surrounds it changed.</summary>
    public const string Generate = "SoftDiff.Generate";

    /// <summary>IR of what several methods call to the text of a file; runs once for each such function.</summary>
    public const string Share = "SoftDiff.Share";

    /// <summary>The classes of parameter trees to the text of a file; runs once for each class.</summary>
    public const string Trees = "SoftDiff.Trees";
}
