using System.Text.Json;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>The reference files: those in the repository, or those of the folder that the environment variable names.</summary>
internal static class GoldenFiles
{
    public const string Variable = "SOFTDIFF_GOLDEN";

    public static string Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(AppContext.BaseDirectory, "Golden", "Cases");

    /// <summary>Whether the files are those in the repository, whose errors and excuses are known.</summary>
    public static bool AreOurs => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 };

    public static IReadOnlyList<GoldenRow> Rows { get; } = Load(Folder);

    private static List<GoldenRow> Load(string folder)
    {
        var rows = new List<GoldenRow>();
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            // Not disposed of: the rows read their options from it.
            var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            var cases = root.ValueKind == JsonValueKind.Array ? root : root.GetProperty("cases");
            rows.AddRange(cases.EnumerateArray().Select(json => new GoldenRow(json)));
        }

        return rows.Count > 0 ? rows : throw new InvalidOperationException($"There are no reference rows in {folder}.");
    }
}
