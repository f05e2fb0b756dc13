using System.Runtime.CompilerServices;

namespace SoftDiff.Generator.Tests.Rules;

/// <summary>Where the sources are, for tests that read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Here()) ?? throw new DirectoryNotFoundException("SoftDiff.sln is in no folder above the tests");

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "SoftDiff.sln"))) folder = Path.GetDirectoryName(folder);
        return folder;
    }

    private static string? Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path);
}
