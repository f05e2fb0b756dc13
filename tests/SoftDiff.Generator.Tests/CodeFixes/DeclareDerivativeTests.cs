using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.CodeFixes;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.CodeFixes;

public class DeclareDerivativeTests
{
    private const string Before = """
        using System;
        using SoftDiff;

        public static partial class C
        {
            [Differentiable]
            public static double Energy(ReadOnlySpan<double> x) => x[0] * x[0];

            [Differentiable]
            public static double Slope(ReadOnlySpan<double> x)
            {
                Span<double> d = stackalloc double[1];
                return EnergyGrad(x, d) + EnergyGrad(x, d);
            }
        }
        """;

    [Fact]
    public async Task One_call_gets_its_declaration()
    {
        string[] texts = await FixHarness.FixFirst(new DeclareDerivativeCodeFix(), Find, Before);
        Assert.Equal(Fixed("EnergyGradient(x, d) + EnergyGrad(x, d)"), Assert.Single(texts));
    }

    [Fact]
    public async Task All_calls_share_one_declaration()
    {
        string[] texts = await FixHarness.FixAll(new DeclareDerivativeCodeFix(), Find, Before);
        string text = Assert.Single(texts);
        Assert.Equal(Fixed("EnergyGradient(x, d) + EnergyGradient(x, d)"), text);
        Assert.Empty(GeneratorHarness.Analyze(text));
    }

    private static string Fixed(string calls) => Before.Replace("EnergyGrad(x, d) + EnergyGrad(x, d)", calls, StringComparison.Ordinal)[..^1] + """

            [Gradient(nameof(Energy))]
            private static partial double EnergyGradient(ReadOnlySpan<double> x, Span<double> dX);
        }
        """;

    /// <summary>What the analyzer finds once the generator has run.</summary>
    private static ImmutableArray<Diagnostic> Find(Compilation compilation)
    {
        CSharpGeneratorDriver.Create([new SoftDiffGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return GeneratorHarness.Analyze(output);
    }
}
