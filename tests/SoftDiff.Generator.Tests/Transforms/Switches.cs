using System.Reflection;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>The switches of <see cref="TransformOptions"/> by name. A new switch takes part in every ablation by itself.</summary>
internal static class Switches
{
    /// <summary>Stands for all switches at once.</summary>
    public const string All = "all";

    private static readonly PropertyInfo[] Properties =
        [.. typeof(TransformOptions).GetProperties().Where(p => p.PropertyType == typeof(bool) && p.Name != nameof(TransformOptions.Verify))];

    public static TheoryData<string> Names => [.. Properties.Select(p => p.Name), All];

    /// <summary>Everything on but the switch; the verifier runs after every pass.</summary>
    public static TransformOptions Off(string name)
    {
        if (name == All) return TransformOptions.None with { Verify = true };
        var options = TransformOptions.Default with { Verify = true };
        Properties.Single(p => p.Name == name).SetValue(options, false);
        return options;
    }
}
