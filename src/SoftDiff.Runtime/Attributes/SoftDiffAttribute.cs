namespace SoftDiff;

/// <summary>Settings for all derivatives generated in an assembly: <c>[assembly: SoftDiff(Deterministic = true)]</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SoftDiffAttribute : Attribute
{
    /// <summary>
    /// Whether generated code must give the same bits on every machine: sums keep the order in which the source writes them, and nothing is
    /// regrouped to fill the vector registers of the machine at hand. <see langword="false"/> by default, which is quicker.
    /// </summary>
    public bool Deterministic { get; set; }
}
