namespace SoftDiff.Generator.Tests.Harness;

/// <summary>Where the repository lies. Found from the test assembly, because deterministic builds replace the paths of source files.</summary>
internal static class RepositoryPaths
{
    private const string TestProject = "tests/SoftDiff.Generator.Tests";

    public static string Root { get; } = FindRoot();

    /// <summary>The real folder of a source file of this project, given the path the compiler recorded for it.</summary>
    public static string FolderOf(string callerFilePath)
    {
        string path = callerFilePath.Replace('\\', '/');
        int at = path.LastIndexOf(TestProject + "/", StringComparison.Ordinal);
        if (at < 0)
        {
            throw new InvalidOperationException($"'{callerFilePath}' is not a file of {TestProject}.");
        }

        return Path.GetDirectoryName(Path.Combine(Root, path[at..]))!;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SoftDiff.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("SoftDiff.sln was not found above the test assembly.");
    }
}
