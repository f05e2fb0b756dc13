using System.Reflection;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>One setting of the compiler's saving passes.</summary>
internal sealed record TransformVariant(string Name, TransformOptions Options)
{
    /// <summary>The switches of passes that save time or memory. The verifier saves neither and always runs here.</summary>
    public static IReadOnlyList<PropertyInfo> Switches { get; } =
    [
        .. typeof(TransformOptions).GetProperties()
            .Where(property => property.PropertyType == typeof(bool) && property.Name != nameof(TransformOptions.Verify)),
    ];

    /// <summary>Everything on.</summary>
    public static readonly TransformVariant Default = new("all passes on", TransformOptions.Default with { Verify = true });

    /// <summary>
    /// Everything on, each switch off by itself, and everything off. The switches are the record's <c>bool</c> properties, so that new
    /// ones are not forgotten.
    /// </summary>
    public static IReadOnlyList<TransformVariant> All { get; } = Enumerate();

    /// <summary>
    /// Everything on, everything off, and a few single switches, other ones in each turn: many switches would otherwise cost many times
    /// as much.
    /// </summary>
    public static IEnumerable<TransformVariant> InTurn(int turn)
    {
        const int singles = 3;
        TransformVariant[] single = [.. All.Skip(1).SkipLast(1)];
        return
        [
            All[0], All[^1],
            .. Enumerable.Range(0, Math.Min(singles, single.Length)).Select(i => single[((turn * singles) + i) % single.Length]),
        ];
    }

    private static List<TransformVariant> Enumerate()
    {
        PropertyInfo[] switches = [.. Switches];
        List<TransformVariant> variants = [Default];
        foreach (PropertyInfo one in switches) variants.Add(new(one.Name + " off", With(one)));
        variants.Add(new("all passes off", With(switches)));
        return variants;
    }

    private static TransformOptions With(params PropertyInfo[] off)
    {
        TransformOptions options = Default.Options with { };
        foreach (PropertyInfo property in off) property.SetValue(options, false);
        return options;
    }
}
