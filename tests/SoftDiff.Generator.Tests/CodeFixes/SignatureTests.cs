using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.CodeFixes;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.CodeFixes;

/// <summary>The fix by itself, with diagnostics made here, and behind the analyzer.</summary>
public class SignatureTests
{
    [Fact]
    public async Task A_missing_method_is_written_below_the_marked_one()
    {
        await AssertFix(
            "private static (double Value, double Residual) Forward(global::System.ReadOnlySpan<double> x)",
            """
            using System;
            using SoftDiff;

            public static partial class C
            {
                [CustomVjp(nameof(Forward), "Backward")]
                public static double F(double x) => x * x;

                public static void Next() { }
            }
            """,
            """
            using System;
            using SoftDiff;

            public static partial class C
            {
                [CustomVjp(nameof(Forward), "Backward")]
                public static double F(double x) => x * x;

                private static (double Value, double Residual) Forward(ReadOnlySpan<double> x) => throw new NotImplementedException();

                public static void Next() { }
            }
            """);
    }

    [Fact]
    public async Task A_written_method_keeps_its_body_accessibility_and_names()
    {
        await AssertFix(
            "private static (double Value, (double, double) Residual) Forward(double x, double y)",
            """
            using System;
            using SoftDiff;

            public static partial class C
            {
                [CustomVjp(nameof(Forward), "Backward")]
                public static double F(double x, double y) => x * y;

                // The forward pass.
                [Obsolete]
                internal static double Forward(float left, double y)
                {
                    return left * y; // as it was
                }
            }
            """,
            """
            using System;
            using SoftDiff;

            public static partial class C
            {
                [CustomVjp(nameof(Forward), "Backward")]
                public static double F(double x, double y) => x * y;

                // The forward pass.
                [Obsolete]
                internal static (double Value, (double, double) Residual) Forward(double left, double y)
                {
                    return left * y; // as it was
                }
            }
            """);
    }

    [Fact]
    public async Task A_name_that_moves_stays_unique_and_static_is_added()
    {
        await AssertFix(
            "private static double Forward(double residual, double cotangent)",
            """
            using SoftDiff;

            public partial class C
            {
                [CustomVjp("Other", nameof(Forward))]
                public static double F(double x) => x * x;

                double Forward(double cotangent) => 2 * cotangent;
            }
            """,
            """
            using SoftDiff;

            public partial class C
            {
                [CustomVjp("Other", nameof(Forward))]
                public static double F(double x) => x * x;

                static double Forward(double residual, double cotangent) => 2 * cotangent;
            }
            """);
    }

    [Fact]
    public async Task A_method_in_another_part_of_the_type_is_changed_there()
    {
        string[] texts = await FixHarness.FixFirst(
            new SignatureCodeFix(),
            Report("private static double Forward(double x)"),
            """public partial class C { [CustomVjp("Other", nameof(Forward))] public static double F(double x) => x * x; }""",
            """public partial class C { private static double Forward() => 1; }""");

        Assert.Contains("private static double Forward(double x) => 1;", texts[1]);
        Assert.DoesNotContain("double Forward", texts[0]);
    }

    [Fact]
    public async Task All_rules_are_fixed_at_once()
    {
        const string Source = """
            public partial class C
            {
                [CustomVjp("", nameof(Forward))] public static double F(double x) => x;
                [CustomVjp("", nameof(Forward))] public static double G(double x) => x;
                private static double Forward() => 1;

                public partial class D
                {
                    [CustomVjp("", nameof(Forward))] public static double F(double x) => x;
                }
            }
            """;
        string[] texts = await FixHarness.FixAll(
            new SignatureCodeFix(), Report("private static double Forward(double x)"), Source, Source.Replace("class C", "class E"));

        foreach (string text in texts)
        {
            Assert.Contains("    private static double Forward(double x) => 1;", text);
            Assert.Contains("        private static double Forward(double x) => throw new System.NotImplementedException();", text);
            Assert.Equal(2, text.Split("double Forward").Length - 1);
        }
    }

    [Theory]
    [InlineData("", "private static (double Value, double Residual) Fwd(double x) => throw new NotImplementedException();")]
    [InlineData("static double Fwd(float x) => 2 * x;", "static (double Value, double Residual) Fwd(double x) => 2 * x;")]
    public async Task What_the_analyzer_finds_is_fixed(string before, string after)
    {
        string source = $$"""
            using System;
            using SoftDiff;

            public static partial class C
            {
                [CustomVjp(nameof(Fwd), nameof(Backward))]
                public static double F(double x) => x * x;

                private static double Backward(double residual, double cotangent) => 2 * residual * cotangent;

                {{before}}
            }
            """;

        string fixedText = Assert.Single(await FixHarness.FixFirst(new SignatureCodeFix(), GeneratorHarness.Analyze, source));

        Assert.Contains("    " + after + "\n", fixedText);
        Assert.Equal(2, fixedText.Split(" Fwd").Length);
        Assert.Empty(GeneratorHarness.Analyze(fixedText));
    }

    [Fact]
    public async Task A_declared_derivative_gets_its_signature_behind_the_analyzer()
    {
        string[] texts = await FixHarness.FixFirst(
            new SignatureCodeFix(), GeneratorHarness.Analyze,
            """
            using System;
            using SoftDiff;

            public static partial class C
            {
                [Differentiable]
                public static double F(ReadOnlySpan<double> x) => x[0] * x[0];

                [Hessian(nameof(F))] // of the energy
                public static partial double G(ReadOnlySpan<double> x, Span<double> gradient, Span<double> h, int n);
            }
            """);

        Assert.Equal(
            """
            using System;
            using SoftDiff;

            public static partial class C
            {
                [Differentiable]
                public static double F(ReadOnlySpan<double> x) => x[0] * x[0];

                [Hessian(nameof(F))] // of the energy
                public static partial double G(ReadOnlySpan<double> x, Span<double> gradient, Span<double> h);
            }
            """,
            Assert.Single(texts));
    }

    private static async Task AssertFix(string header, string before, string after)
    {
        string[] texts = await FixHarness.FixFirst(new SignatureCodeFix(), Report(header), before);
        Assert.Equal(after, Assert.Single(texts));
    }

    /// <summary>A finding with this header at every nameof of an attribute.</summary>
    private static FixHarness.Find Report(string header) => compilation =>
    [
        .. from tree in compilation.SyntaxTrees
           from name in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
           where name.FirstAncestorOrSelf<AttributeSyntax>() is not null
           select Diagnostic.Create(
               new SignatureCodeFix().FixableDiagnosticIds[0], "Test", "test", DiagnosticSeverity.Error, DiagnosticSeverity.Error, true, 0,
               location: name.GetLocation(),
               properties: ImmutableDictionary<string, string?>.Empty.Add("signature", header)),
    ];
}
