using System.Diagnostics;

namespace SoftDiff.Benchmarks.Builds;

/// <summary>
/// What derivatives add to <c>dotnet build</c>: a library of many copies of one method is built without the generator, with it, and without it
/// but with the text it wrote as ordinary source. The last says how much of the time is the C# compiler's with the text, which no generator
/// that writes it could save.
/// </summary>
internal static class BuildCost
{
    private const int Methods = 200;
    private const int Rounds = 3;
    private const double Wanted = 1.25;

    private static readonly (string Name, string Arguments)[] Compilers =
    [
        ("a compiler that is started anew", "-p:UseSharedCompilation=false"),
        ("the compiler server, running", "-p:UseSharedCompilation=true"),
    ];

    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("softdiff-build-");
        try
        {
            Write(folder.FullName);
            DotNet(folder.FullName, "restore");
            Build(folder.FullName, "-p:Derivatives=generated -p:EmitCompilerGeneratedFiles=true -p:CompilerGeneratedFilesOutputPath=text");

            Console.WriteLine($"`dotnet build --no-restore` of {Methods} copies of the Black-Scholes formula; seconds, medians of {Rounds} rounds by turns");
            Console.WriteLine();
            Console.WriteLine($"{"",-34} {"without",9} {"generated",10} {"ratio",7} {"wanted",8} {"text alone",11} {"ratio",7}");
            foreach (var (name, arguments) in Compilers) Print(name, Measure(folder.FullName, arguments));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (double Without, double Generated, double Text) Measure(string folder, string arguments)
    {
        string[] kinds = ["none", "generated", "text"];
        var seconds = kinds.ToDictionary(kind => kind, _ => new double[Rounds]);
        foreach (var kind in kinds) Build(folder, $"{arguments} -p:Derivatives={kind}");
        for (int round = 0; round < Rounds; round++)
        {
            foreach (var kind in kinds) seconds[kind][round] = Build(folder, $"{arguments} -p:Derivatives={kind}");
        }

        return (Measurement.Median(seconds["none"]), Measurement.Median(seconds["generated"]), Measurement.Median(seconds["text"]));
    }

    private static void Print(string name, (double Without, double Generated, double Text) seconds) => Console.WriteLine(
        $"{name,-34} {seconds.Without,9:F2} {seconds.Generated,10:F2} {seconds.Generated / seconds.Without,7:F2} {$"≤ {Wanted}",8} "
        + $"{seconds.Text,11:F2} {seconds.Text / seconds.Without,7:F2}");

    private static void Write(string folder)
    {
        string source = File.ReadAllText(Path.Combine(Report.Folder(), "SoftDiff.Benchmarks", "Functions", "BlackScholes.cs"));
        for (int i = 0; i < Methods; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"BlackScholes{i}.cs"), source.Replace("class BlackScholes", $"class BlackScholes{i}", StringComparison.Ordinal));
        }

        File.WriteAllText(Path.Combine(folder, "Library.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Using Include="SoftDiff" />
                <Reference Include="{typeof(Soft).Assembly.Location}" />
                <Analyzer Include="{Generator()}" Condition="'$(Derivatives)' == 'generated'" />
                <Compile Remove="text/**" Condition="'$(Derivatives)' != 'text'" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The generator that this program was built with.</summary>
    public static string Generator()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string path = Path.Combine(
            Report.Folder(), "..", "src", "SoftDiff.Generator", "bin", configuration, "netstandard2.0", "SoftDiff.Generator.dll");
        return File.Exists(path) ? Path.GetFullPath(path) : throw new FileNotFoundException("The generator is not built in the repository.", path);
    }

    private static double Build(string folder, string arguments)
    {
        var watch = Stopwatch.StartNew();
        DotNet(folder, "build --no-restore --no-incremental -nodeReuse:false " + arguments);
        return watch.Elapsed.TotalSeconds;
    }

    private static void DotNet(string folder, string arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"dotnet {arguments} failed:\n{output}");
    }
}
