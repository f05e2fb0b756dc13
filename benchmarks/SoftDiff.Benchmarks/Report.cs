using System.Runtime.InteropServices;
using System.Text.Json;

namespace SoftDiff.Benchmarks;

/// <summary>The table on the screen and benchmarks/results.json.</summary>
internal static class Report
{
    private const double Slow = 1.15;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Heading()
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, one thread; medians of processor time per call");
        Console.WriteLine();
        Console.WriteLine($"{"value and gradient",-52} {"generated",11} {"by hand",11} {"ratio",7} {"±",5} {"bytes",7}");
    }

    public static void Line(Row row) =>
        Console.WriteLine($"{row.Name,-52} {Time(row.Seconds),11} {Time(row.BaselineSeconds),11} {row.Ratio,7:F2} {row.Spread,5:F2} {row.Bytes,7:0.##}");

    /// <summary>Stable primitives are compared with a formula that overflows, not with a gradient of the same function.</summary>
    public static void StabilityHeading()
    {
        Console.WriteLine();
        Console.WriteLine($"{"cost of stability",-52} {"stable",11} {"naive",11} {"ratio",7} {"±",5} {"bytes",7}");
    }

    public static void Summary(IReadOnlyList<Row> rows)
    {
        Console.WriteLine();
        var gradients = rows.Where(row => row.Kind == RowKind.Gradient).ToList();
        var slow = gradients.Where(row => row.Ratio > Slow).ToList();
        if (gradients.Count > 0)
        {
            Console.WriteLine(slow.Count == 0
                ? $"Every generated gradient is within {Slow} of the hand-written one."
                : $"Above {Slow} of hand-written: " + string.Join(", ", slow.Select(row => $"{row.Name} ({row.Ratio:F2})")));
        }

        var allocating = rows.Where(row => row.Bytes > 0).ToList();
        if (allocating.Count > 0) Console.WriteLine("Allocates: " + string.Join(", ", allocating.Select(row => row.Name)));
    }

    public static void Save(IReadOnlyList<Row> rows)
    {
        string path = Path.Combine(Folder(), "results.json");
        var content = new
        {
            Runtime = RuntimeInformation.FrameworkDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Rows = rows.Select(row => new
            {
                row.Name,
                Baseline = row.Kind == RowKind.Gradient ? "hand-written" : "naive",
                row.Seconds,
                row.BaselineSeconds,
                row.Ratio,
                row.Spread,
                BytesPerCall = row.Bytes,
            }),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(content, Json) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, path)}");
    }

    /// <summary>The repository's folder of benchmarks, or the current one where the program runs outside the repository.</summary>
    public static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SoftDiff.sln"))) return Path.Combine(folder.FullName, "benchmarks");
        }

        return Environment.CurrentDirectory;
    }

    public static string Time(double seconds) => seconds switch
    {
        < 1e-6 => $"{seconds * 1e9:F1} ns",
        < 1e-3 => $"{seconds * 1e6:F2} µs",
        _ => $"{seconds * 1e3:F2} ms",
    };
}
