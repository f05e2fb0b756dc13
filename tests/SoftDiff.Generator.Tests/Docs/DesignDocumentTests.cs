using System.Text;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Docs;

/// <summary>The parts of docs/design.md that come from the code: the list of passes, and one method's IR after each pass that changes it.</summary>
public sealed class DesignDocumentTests
{
    private const string Method = """
        [Differentiable]
        public static double Iterate(double x, int steps)
        {
            double s = x;
            for (int t = 0; t < steps; t++) s = Next(s, x);
            return s;
        }

        private static double Next(double s, double x) => 0.5 * x * Math.Sin(s);
        """;

    private const string Source = "using System;\nusing SoftDiff;\npublic static partial class Series\n{\n" + Method + "\n}\n";

    private static readonly TransformOptions Options = TransformOptions.Default with { Verify = true };

    [Fact]
    public void TheDocumentShowsThePassesAndTheirWork() =>
        GeneratedSection.Verify("docs/design.md", ("passes", PassTable()), ("walk", Walk()));

    /// <summary>One row for each pass, in order.</summary>
    private static string PassTable()
    {
        StringBuilder text = new("| | Pass | What holds after it | Switch | Relies on |\n|---|---|---|---|---|\n");
        foreach (var pass in Passes.Prepare) Row("Prepare", pass.Name, pass.Gives, pass.IsOn, "");
        foreach (var pass in Passes.Simplify) Row("Simplify", pass.Name, pass.Gives, pass.IsOn, pass.ReliesOn);
        foreach (var pass in Passes.Lower) Row("Lower", pass.Name, pass.Gives, pass.IsOn, pass.ReliesOn);
        return text.ToString();

        void Row(string stage, string name, string gives, Func<TransformOptions, bool> isOn, string reliesOn) =>
            text.Append($"| {stage} | `{name}` | {gives} | {(isOn(TransformOptions.None) ? "" : "yes")} | {reliesOn} |\n");
    }

    /// <summary>The method, its IR from the frontend to the last pass, and its gradient in C#.</summary>
    private static string Walk()
    {
        StringBuilder text = new();
        Block("The method and the function it calls:", "csharp", Method);

        var compilation = GeneratorHarness.Compile(CompilationSettings.Default, Source);
        var method = Assert.IsAssignableFrom<IMethodSymbol>(Assert.Single(compilation.GetTypeByMetadataName("Series")!.GetMembers("Iterate")));
        var module = CheckedLowering.Lower(method, compilation, CancellationToken.None).Module!;
        Block("**Frontend.** The module has both functions. The loop carries `s`; nothing else changes.", "", Print(module.Root) + "\n" + string.Join("\n", module.Callees.Select(Print)));

        foreach (var pass in Passes.Prepare)
        {
            var next = Passes.Run([pass], module, Options);
            ShowChange(pass.Name, pass.Gives, module.Root, next.Root);
            module = next;
        }

        var simplified = Passes.Simplify.Run(module.Root, Options, CancellationToken.None);
        ShowChange("Simplify", Passes.Simplify[0].Gives, module.Root, simplified);
        module = module with { Root = simplified, Callees = [.. module.Callees.Select(f => Passes.Simplify.Run(f, Options, CancellationToken.None))] };

        var derived = Differentiation.Apply(module, CompanionKind.Gradient, Options, CancellationToken.None).Root;
        Block("**Reverse mode**, and `Simplify` once more. The result is a function like any other:", "", Print(derived));
        foreach (var pass in Passes.Lower)
        {
            var next = Passes.Run([pass], derived, Options, CancellationToken.None);
            ShowChange(pass.Name, pass.Gives, derived, next);
            derived = next;
        }

        // The walk is the compiler's own: it ends where the compiler ends.
        var lowered = CheckedLowering.Lower(method, compilation, CancellationToken.None).Module!;
        var companion = Companions.Generate(lowered, [CompanionKind.Gradient], Options, CancellationToken.None).Single();
        Assert.Equal(IrText.Print(companion.Function), IrText.Print(derived));

        Block("**Emit** prints it:", "csharp", MethodText(GeneratorHarness.Run(Source).Text("Series.Iterate"), "IterateGrad"));
        return text.ToString();

        void ShowChange(string pass, string gives, Function before, Function after)
        {
            var (old, changed) = (Print(before), Print(after));
            if (old != changed) Block($"**{pass}.** {gives}", "", changed);
        }

        void Block(string heading, string language, string block) =>
            text.Append($"\n{heading}\n\n```{language}\n{block.TrimEnd('\n')}\n```\n");
    }

    /// <summary>The function without the user's lines, which the page shows once.</summary>
    private static string Print(Function function) => IrText.Print(function with { Source = [] });

    /// <summary>A method of a generated file, without its indentation.</summary>
    internal static string MethodText(string file, string name)
    {
        List<string> lines = [.. file.Replace("\r\n", "\n").Split('\n')];
        int first = lines.FindIndex(line => line.Contains($" {name}(", StringComparison.Ordinal));
        int indentation = lines[first].Length - lines[first].TrimStart().Length;
        int last = lines.FindIndex(first, line => line == new string(' ', indentation) + "}");
        return string.Join('\n', lines[first..(last + 1)].Select(line => line[indentation..]));
    }
}
