using SoftDiff.Benchmarks.Builds;
using SoftDiff.Benchmarks.Jacobians;
using SoftDiff.Benchmarks.Structs;
using SoftDiff.Benchmarks.Transformations;

namespace SoftDiff.Benchmarks;

/// <summary>How long to measure, and which rows.</summary>
internal sealed record RunOptions(bool Quick, string Filter)
{
    public bool Selects(string name) => name.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A table that the program prints instead of the one of gradients. The result is the exit code.</summary>
internal sealed record Mode(string Option, string Help, Func<RunOptions, int> Run)
{
    /// <summary>A new table is one line here.</summary>
    public static IReadOnlyList<Mode> All { get; } =
    [
        new("--transformations", "what higher derivatives and batches cost, as ratios in one run, and beside PyTorch", CostTable.Run),
        new("--jacobians", "Jacobians of bundle adjustment, dense and sparse, beside handwritten ones", JacobianTable.Run),
        new("--structs", "gradients of code with structs and objects, beside the same code with loose numbers, and beside handwritten ones", StructTable.Run),
        new("--build", "what the generator adds to a build of 200 methods", _ => BuildCost.Run()),
        new("--checkpoints", "memory and time of a long simulation's gradient, with and without checkpoints", options => Checkpoints.Run(options.Quick)),
        new("--generator", "how the generator's time grows with the length of a method", _ => GeneratorCost.Run()),
    ];
}
