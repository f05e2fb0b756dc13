using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Benchmarks.Builds;

/// <summary>
/// How the generator's own time grows with the length of a method. It runs in this process, warm, on methods of five shapes, each in three lengths. The
/// processor time of each length is divided by that of half the length: 2 is linear.
/// </summary>
internal static class GeneratorCost
{
    private const int Rounds = 5;
    private const double Wanted = 2.3;

    private static readonly (string Name, int[] Lengths, Func<int, string> Body)[] Shapes =
    [
        ("straight statements", [500, 1000, 2000], Statements),
        ("locals read far away", [500, 1000, 2000], Locals),
        ("if chains", [25, 50, 100], Chains),
        ("terms of one sum", [500, 1000, 2000], Sum),
        ("loops", [25, 50, 100], Loops),
    ];

    public static int Run()
    {
        Console.WriteLine($"the generator's processor time for one method; warm, medians of {Rounds} rounds by turns");
        Console.WriteLine();
        Console.WriteLine($"{"",-24} {"length",8} {"time",10} {"ratio to half",14} {"wanted",8} {"lines",8}");
        var driver = Driver();
        foreach (var (name, lengths, body) in Shapes) Print(name, lengths, driver, Array.ConvertAll(lengths, length => Compile(body(length))));
        return 0;
    }

    private static void Print(string name, int[] lengths, GeneratorDriver driver, CSharpCompilation[] compilations)
    {
        var times = Array.ConvertAll(lengths, _ => new double[Rounds]);
        var lines = new int[lengths.Length];
        for (int i = 0; i < lengths.Length; i++) lines[i] = Lines(driver.RunGenerators(compilations[i]).GetRunResult());
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < lengths.Length; i++) times[i][round] = Time(driver, compilations[i]);
        }

        for (int i = 0; i < lengths.Length; i++)
        {
            string ratio = i == 0 ? "" : (Measurement.Median(times[i]) / Measurement.Median(times[i - 1])).ToString("F2", CultureInfo.InvariantCulture);
            Console.WriteLine($"{name,-24} {lengths[i],8} {Measurement.Median(times[i]),8:F0} ms {ratio,14} {(i == 0 ? "" : $"≤ {Wanted}"),8} {lines[i],8}");
        }
    }

    /// <summary>Milliseconds. The compilation is a copy, so that nothing that the compiler bound earlier is found again.</summary>
    private static double Time(GeneratorDriver driver, CSharpCompilation compilation)
    {
        var copy = compilation.Clone();
        GC.Collect();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        driver.RunGenerators(copy);
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
    }

    private static int Lines(GeneratorDriverRunResult result)
    {
        var wrong = result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (wrong is not null || result.GeneratedTrees.IsEmpty) throw new InvalidOperationException($"The generator gave nothing: {wrong}");
        return result.GeneratedTrees.Sum(tree => tree.GetText().Lines.Count);
    }

    private static CSharpGeneratorDriver Driver()
    {
        var generator = System.Reflection.Assembly.LoadFrom(BuildCost.Generator()).GetType("SoftDiff.Generator.Pipeline.SoftDiffGenerator", throwOnError: true)!;
        return CSharpGeneratorDriver.Create((IIncrementalGenerator)Activator.CreateInstance(generator)!);
    }

    private static CSharpCompilation Compile(string method)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var references = trusted.Split(Path.PathSeparator).Append(typeof(Soft).Assembly.Location).Distinct()
            .Select(path => MetadataReference.CreateFromFile(path));
        var source = CSharpSyntaxTree.ParseText($$"""
            using System;
            using SoftDiff;
            public static partial class Long
            {
                [Differentiable]
                public static double F(double x, double y)
                {
            {{method}}
                }
            }
            """);
        return CSharpCompilation.Create("Long", [source], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private static string Statements(int count) => Body(count, "double v = x;", i => (i % 4) switch
    {
        0 => $"double a{i} = v * {i % 7 + 1}.5 + y;",
        1 => $"double a{i} = Math.Sin(a{i - 1}) * y;",
        2 => $"double a{i} = a{i - 1} / (1 + a{i - 2} * a{i - 2});",
        _ => $"v = 0.5 * v + a{i - 1};",
    });

    private static string Locals(int count) => Body(
        count, "double v = x * y; double a0 = v;", i => $"double a{i + 1} = a{i} * y + Math.Exp(a{i / 2}) / (1 + x * {i}); v = a{i + 1};");

    private static string Chains(int count) => Body(
        count, "double v = x;", i => $"if (v > {i % 5}) v = v * 0.5 + y; else if (v < -{i % 5}) v = Math.Sin(v) * y; else v += x * 0.25;");

    private static string Loops(int count) => Body(count, "double v = x;", i => $"for (int i{i} = 0; i{i} < 10; i{i}++) v = 0.5 * v + Math.Sin(v * y);");

    private static string Sum(int count) =>
        "return " + string.Join("\n    + ", Enumerable.Range(0, count).Select(i => i % 2 == 0 ? $"x * {i % 7 + 1}.5" : $"Math.Sin(y * {i % 5 + 1})")) + ";";

    private static string Body(int count, string first, Func<int, string> statement)
    {
        var text = new StringBuilder(first).Append('\n');
        for (int i = 0; i < count; i++) text.Append(statement(i)).Append('\n');
        return text.Append("return v;").ToString();
    }
}
