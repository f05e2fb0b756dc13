using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>Generated code escapes names that would be keywords, and no others.</summary>
public sealed class KeywordTests
{
    private static readonly List<string> Keywords = SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText)
        .Where(text => SyntaxFacts.IsValidIdentifier(text) && !text.StartsWith('_')).ToList();

    [Fact]
    public void Every_keyword_is_a_name()
    {
        string methods = string.Concat(Keywords.Select(word => $$"""

                [Differentiable] public static double Of_{{word}}(double @{{word}}, ReadOnlySpan<double> k)
                {
                    double sum = 0;
                    for (int i = 0; i < k.Length; i++) { double local = @{{word}} * k[i]; sum += Math.Sin(local) * local; }
                    return sum;
                }
                [Differentiable] public static double Local_{{word}}(double x)
                {
                    double @{{word}} = Math.Sin(x);
                    @{{word}} *= @{{word}} - x;
                    @{{word}} = @{{word}} * @{{word}};
                    return x < 0 ? @{{word}} : -@{{word}};
                }
            """));
        using GeneratorRun run = GeneratorHarness.Run("using System; using SoftDiff; public static partial class C {" + methods + " }");
        Assembly assembly = run.Load();
        double expected = Derivative(assembly, "Local_" + Keywords[0]);
        Assert.All(Keywords, word => Assert.Equal(expected, Derivative(assembly, "Local_" + word)));
    }

    [Theory]
    [InlineData("value")]
    [InlineData("add")]
    [InlineData("by")]
    [InlineData("get")]
    [InlineData("select")]
    public void Words_of_other_places_stay_as_they_are(string word)
    {
        using GeneratorRun run = GeneratorHarness.Run(
            $"using SoftDiff; public static partial class C {{ [Differentiable] public static double F(double {word}) => {word} * {word}; }}");
        Assert.All(run.Generated.Values, text => Assert.DoesNotContain("@" + word, text, StringComparison.Ordinal));
    }

    private static double Derivative(Assembly assembly, string name)
    {
        object?[] args = [0.7, null];
        GeneratorRun.Method(assembly, "C", name + "Grad").Invoke(null, args);
        return (double)args[1]!;
    }
}
