using System.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>The examples of Taylor mode in docs/design.md.</summary>
public sealed class TaylorDocumentTests
{
    private const string Loop = """
        [Differentiable]
        public static double Iterate(double x, int steps)
        {
            double s = x;
            for (int t = 0; t < steps; t++) s *= Math.Sin(x);
            return s;
        }
        """;

    private const string ExpSin = "[Differentiable] public static double ExpSin(double x) => Math.Exp(Math.Sin(x));";

    [Fact]
    public void The_document_shows_the_code_of_two_derivatives()
    {
        TaylorMethods methods = new(Loop + "\n" + ExpSin);
        StringBuilder text = new();
        Show("**Order 2 of a loop.** Each coefficient is a value.", [Loop, Method(methods.Texts("Iterate", 2)[0])]);
        var formulas = methods.Texts("ExpSin", 5);
        Show("**Order 5 of exp(sin x).** Series are spans, and a function has a formula for each coefficient.",
            [ExpSin, Method(formulas[0]), Method(formulas.Single(IsExponential))]);
        Show("**Order 12 of the same.** The function for the exponential has loops.", [Method(methods.Texts("ExpSin", 12).Single(IsExponential))]);
        GeneratedSection.Verify("docs/design.md", ("taylor", text.ToString()));

        void Show(string heading, string[] methods) => text.Append($"\n{heading}\n\n```csharp\n{string.Join("\n\n", methods)}\n```\n");
    }

    private static bool IsExponential(string file) => file.Contains("private static void ExpSeries", StringComparison.Ordinal);

    /// <summary>The one method of a file, without attributes, indentation, and comments.</summary>
    private static string Method(string file)
    {
        List<string> lines = [.. file.Replace("\r\n", "\n").Split('\n')];
        var first = lines.FindIndex(line => line.Contains(" static ", StringComparison.Ordinal));
        var indentation = lines[first].Length - lines[first].TrimStart().Length;
        var last = lines.FindIndex(first, line => line == new string(' ', indentation) + "}");
        return string.Join('\n', lines[first..(last + 1)].Select(line => line[indentation..].Split(" // +")[0]));
    }
}
