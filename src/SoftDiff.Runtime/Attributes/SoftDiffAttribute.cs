namespace SoftDiff;

/// <summary>Sets options for all derivatives generated in an assembly: <c>[assembly: SoftDiff(Deterministic = true)]</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SoftDiffAttribute : Attribute
{
    /// <summary>
    /// Whether generated code must give the same bits on every machine. If <see langword="true"/>, sums are computed in the order of the
    /// source and are not regrouped for the machine's vector registers. The default, <see langword="false"/>, is faster.
    /// </summary>
    public bool Deterministic { get; set; }
}
