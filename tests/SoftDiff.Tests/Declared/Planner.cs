namespace SoftDiff.Tests.Declared;

/// <summary>A class whose methods are declared for batches.</summary>
public sealed partial class Planner
{
    [Vmap(typeof(Batches), nameof(Batches.Discount))]
    public partial void Plan(
        int batch, [Shared] double rate, ReadOnlySpan<double> time, [Shared] int periods, [Shared] bool isContinuous, Span<double> factors);
}
