using System.Text;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Reverse;
using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Tests.Docs;

/// <summary>The parts of docs/design.md that come from the code: the list of passes, one method's IR after each pass that changes it, and plans of reverse mode.</summary>
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

    private static readonly (string Name, string Text)[] Planned =
    [
        ("Chains", """
            [Differentiable]
            public static double Chains(ReadOnlySpan<double> x, int n)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    double s = x[i];
                    for (int j = 0; j < n; j++) s = Math.Sin(s);
                    sum += s;
                }
                return sum * sum;
            }
            """),
        ("Grow", """
            [Differentiable]
            public static double Grow(double x, double limit)
            {
                double s = x;
                while (s < limit)
                {
                    if (s > 0) s *= Math.Exp(s); else s += 1;
                }
                return s;
            }
            """),
    ];

    private static readonly TransformOptions Options = TransformOptions.Default with { Verify = true };

    [Fact]
    public void TheDocumentShowsThePassesAndTheirWork() =>
        GeneratedSection.Verify("docs/design.md", ("passes", PassTable()), ("walk", Walk()), ("plans", Plans()));

    /// <summary>One row for each pass, in order.</summary>
    private static string PassTable()
    {
        StringBuilder text = new("| | Pass | What holds after it | Switch | Relies on |\n|---|---|---|---|---|\n");
        foreach (var pass in Passes.Prepare) Row("Prepare", pass.Name, pass.Gives, pass.IsOn, "");
        foreach (var pass in Passes.Simplify) Row("Simplify", pass.Name, pass.Gives, pass.IsOn, pass.ReliesOn);
        foreach (var pass in Passes.Vectorize) Row("Vectorize", pass.Name, pass.Gives, pass.IsOn, "");
        foreach (var pass in Passes.BeforeReverse) Row("Before reverse mode", pass.Name, pass.Gives, pass.IsOn, "");
        foreach (var pass in Passes.BeforeForward) Row("Before forward mode", pass.Name, pass.Gives, pass.IsOn, "");
        foreach (var pass in Passes.LowerElements) Row("Lower", pass.Name, pass.Gives, pass.IsOn, pass.ReliesOn);
        foreach (var pass in Passes.Examples) Row("Lower the root", pass.Name, pass.Gives, pass.IsOn, "");
        foreach (var pass in Passes.LowerRows) Row("Lower", pass.Name, pass.Gives, pass.IsOn, pass.ReliesOn);
        foreach (var pass in Passes.Share) Row("Lower the root", pass.Name, pass.Gives, pass.IsOn, "");
        return text.ToString();

        void Row(string stage, string name, string gives, Func<TransformOptions, bool> isOn, string reliesOn) =>
            text.Append($"| {stage} | `{name}` | {gives} | {(isOn(TransformOptions.None) ? "" : "yes")} | {reliesOn} |\n");
    }

    /// <summary>The method, its IR from the frontend to the last pass, and its gradient in C#.</summary>
    private static string Walk()
    {
        StringBuilder text = new();
        Block("The method and the function it calls:", "csharp", Method);

        var source = Source(Method);
        var compilation = GeneratorHarness.Compile(CompilationSettings.Default, source);
        var module = PreparedMethod.Lowered(compilation, "Series", "Iterate");
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

        Block("**Reverse mode** first makes a plan. It says which values the reverse sweep cannot have at hand, and how it gets them:", "", Plan(module));
        var derived = Differentiation.Apply(module, CompanionKind.Gradient, Options, CancellationToken.None).Root;
        Block("Then it writes the function, which is like any other; `Simplify` runs once more:", "", Print(derived));
        foreach (var pass in Passes.Lower)
        {
            var next = Passes.Run([pass], derived, Options, CancellationToken.None);
            ShowChange(pass.Name, pass.Gives, derived, next);
            derived = next;
        }

        // The walk is the compiler's own: it ends where the compiler ends.
        var lowered = PreparedMethod.Lowered(compilation, "Series", "Iterate");
        var companion = Companions.Generate(lowered, [CompanionKind.Gradient], Options, CancellationToken.None).Single();
        Assert.Equal(IrText.Print(companion.Function), IrText.Print(derived));

        Block("**Emit** prints it:", "csharp", MethodText(GeneratorHarness.Run(source).Text("Series.Iterate"), "IterateGrad"));
        return text.ToString();

        void ShowChange(string pass, string gives, Function before, Function after)
        {
            var (old, changed) = (Print(before), Print(after));
            if (old != changed) Block($"**{pass}.** {gives}", "", changed);
        }

        void Block(string heading, string language, string block) => Append(text, heading, language, block);
    }

    /// <summary>Two methods with the plan of their reverse sweep and the code that follows it.</summary>
    private static string Plans()
    {
        StringBuilder text = new();
        foreach (var (name, method) in Planned)
        {
            var source = Source(method);
            var module = PreparedMethod.Simplified(GeneratorHarness.Compile(CompilationSettings.Default, source), "Series", name);
            Append(text, "", "csharp", method);
            Append(text, "", "", Plan(module));
            Append(text, "", "csharp", MethodText(GeneratorHarness.Run(source).Text("Series." + name), name + "Grad"));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string heading, string language, string block) =>
        text.Append($"\n{heading}{(heading.Length > 0 ? "\n\n" : "")}```{language}\n{block.TrimEnd('\n')}\n```\n");

    private static string Source(string method) => "using System;\nusing SoftDiff;\npublic static partial class Series\n{\n" + method + "\n}\n";

    private static string Plan(Module module)
    {
        ReverseTransform transform = new(module.Root, gradient: true, new DerivedCallees(module), Options, CancellationToken.None);
        return PlanText.Print(module.Root, transform.Plan());
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
