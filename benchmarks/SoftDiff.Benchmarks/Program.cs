using SoftDiff.Benchmarks;

string help = $"""
    Compares generated gradients with gradients written by hand, and soft operators with PyTorch where python3 has it, in one run, by turns;
    then batches on all cores with batches on one.

      --quick         fewer and shorter samples; the whole table in a few minutes
      --filter NAME   only the rows whose name contains NAME
      --help          this text

    or instead

    {string.Join("\n", Mode.All.Select(mode => $"  {mode.Option,-18} {mode.Help}"))}

    Prints a table. Without one of these, and unless filtered, it also writes benchmarks/results.json and benchmarks/operators.json.
    Fails if two implementations disagree; --checkpoints, --jacobians, --structs and --transformations also fail if a median misses its bound.
    """;

RunOptions options = new(Quick: false, Filter: "");
Func<RunOptions, int> run = GradientTable.Run;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--quick":
            options = options with { Quick = true };
            break;
        case "--filter" when i + 1 < args.Length:
            options = options with { Filter = args[++i] };
            break;
        case "--help" or "-h":
            Console.WriteLine(help);
            return 0;
        case var name when Mode.All.FirstOrDefault(mode => mode.Option == name) is { } mode:
            run = mode.Run;
            break;
        default:
            Console.Error.WriteLine($"Unknown or incomplete option: {args[i]}");
            Console.Error.WriteLine(help);
            return 2;
    }
}

return run(options);
