using SoftDiff.Benchmarks;
using SoftDiff.Benchmarks.Builds;
using SoftDiff.Benchmarks.Operators;

const string Help = """
    Compares generated gradients with gradients written by hand, and soft operators with PyTorch where python3 has it, in one run, by turns;
    then batches on all cores with batches on one.

      --quick         fewer and shorter samples; the whole table in a few minutes
      --filter NAME   only the rows whose name contains NAME
      --build         instead, what the generator adds to a build of 200 methods
      --generator     instead, how the generator's time grows with the length of a method
      --help          this text

    Prints a table and, unless filtered, writes benchmarks/results.json and benchmarks/operators.json. Fails only if two implementations disagree.
    """;

bool quick = false;
string filter = "";
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--quick":
            quick = true;
            break;
        case "--filter" when i + 1 < args.Length:
            filter = args[++i];
            break;
        case "--build":
            return BuildCost.Run();
        case "--generator":
            return GeneratorCost.Run();
        case "--help" or "-h":
            Console.WriteLine(Help);
            return 0;
        default:
            Console.Error.WriteLine($"Unknown or incomplete option: {args[i]}");
            Console.Error.WriteLine(Help);
            return 2;
    }
}

var measurement = quick ? Measurement.Quick : Measurement.Thorough;
var rows = new List<Row>();
bool agreed = true;
Report.Heading();
foreach (var comparison in Suite.All().Where(comparison => comparison.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
{
    if (comparison.Kind == RowKind.Stability && rows.TrueForAll(row => row.Kind != RowKind.Stability)) Report.StabilityHeading();
    try
    {
        rows.Add(measurement.Measure(comparison));
        Report.Line(rows[^1]);
    }
    catch (DisagreementException disagreement)
    {
        agreed = false;
        Console.WriteLine($"{comparison.Name,-52} WRONG: {disagreement.Message}");
    }
}

Report.Summary(rows);
if (filter.Length == 0) Report.Save(rows);
OperatorTable.Run(quick, filter);
if (filter.Length == 0) CoresTable.Run(quick);
return agreed ? 0 : 1;
