using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Mutilation;
using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz;

/// <summary>The command line of the project.</summary>
internal static class CommandLine
{
    private const string Help = """
        Random programs against dual numbers, and mutilated sources.

          --count N          check N random programs (300 if nothing else is asked)
          --seed S           the seed; from the clock if left out
          --first K          start at program K of the seed
          --check NAME       'dual' (first derivatives; if left out) or 'nested' (second derivatives),
                             or 'transformations' (declared ones)
          --kind NAME        only programs of the kinds whose names contain this
          --file PATH        check the program in a file, as it is printed
          --nested           the same as --check nested
          --mutilate N       N sources with deleted, doubled or swapped tokens, or cut off
          --every-prefix N   every prefix of N sources
          --print            print the programs and check nothing
          --help             this text

        The exit code is 0 if nothing failed. A failing program is printed shrunk, as a probe;
        docs/testing.md says how to go on from there.
        """;

    public static int Run(string[] args, TextWriter output)
    {
        if (args.Contains("--help"))
        {
            output.WriteLine(Help);
            return 0;
        }

        Dictionary<string, string> options = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (!Help.Contains($"  {args[i]} ", StringComparison.Ordinal)) return Misused(output, args[i]);
            options[args[i]] = args[i] is "--print" or "--nested" ? "" : ++i < args.Length ? args[i] : "";
        }

        int Number(string name, int otherwise) => options.TryGetValue(name, out string? text) && int.TryParse(text, out int number)
            ? number : otherwise;
        bool hasMutilation = options.ContainsKey("--mutilate") || options.ContainsKey("--every-prefix");
        int seed = Number("--seed", Environment.TickCount & 0xffffff), first = Number("--first", 0),
            count = Number("--count", hasMutilation ? 0 : 300);
        if (options.ContainsKey("--print"))
        {
            for (int number = first; number < first + count; number++) output.WriteLine(Drawer.Draw(seed, number).Members + "\n");
            return 0;
        }

        if (Checks.Named(options.GetValueOrDefault("--check", options.ContainsKey("--nested") ? "nested" : "dual")) is not { } check) return Misused(output, "--check");
        FuzzRun run = new(output) { KindName = options.GetValueOrDefault("--kind", "") };
        output.WriteLine($"seed {seed}");
        if (options.TryGetValue("--file", out string? path)) run.Program(check, new FuzzProgram("from a file", File.ReadAllText(path)));
        else if (count > 0) run.Programs(check, seed, first, count);
        if (hasMutilation)
        {
            SurvivalCheck survival = new();
            run.Mutilated(
                survival, Mutilator.Draw(seed, Number("--mutilate", 0)).Concat(Mutilator.EveryPrefix(seed, Number("--every-prefix", 0))));
        }

        return run.Failures == 0 ? 0 : 1;
    }

    private static int Misused(TextWriter output, string what)
    {
        output.WriteLine($"'{what}' cannot be understood.\n\n{Help}");
        return 2;
    }
}
