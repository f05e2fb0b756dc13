using SoftDiff.CodeFixes;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.CodeFixes;

public class MakePartialTests
{
    [Theory]
    [InlineData("public static class C", "public static partial class C")]
    [InlineData("class C", "partial class C")]
    [InlineData("public /* kept */ sealed record C(int N)", "public /* kept */ sealed partial record C(int N)")]
    [InlineData("public readonly record struct C", "public readonly partial record struct C")]
    [InlineData("ref struct C", "ref partial struct C")]
    [InlineData("// kept\r\ninternal interface C", "// kept\r\ninternal partial interface C")]
    public async Task The_modifier_comes_last(string before, string after)
    {
        const string Body = " { [Differentiable] public static double F(double x) => x * x; }";
        string[] texts = await FixHarness.FixFirst(new MakePartialCodeFix(), GeneratorHarness.Analyze, "using SoftDiff;\r\n" + before + Body);

        Assert.Equal(["using SoftDiff;\r\n" + after + Body], texts);
    }

    [Fact]
    public async Task All_levels_become_partial()
    {
        string[] texts = await FixHarness.FixFirst(new MakePartialCodeFix(), GeneratorHarness.Analyze, """
            using SoftDiff;

            public static class Outer
            {
                public partial struct Middle<T>
                {
                    private class Inner
                    {
                        [Differentiable]
                        public static double F(double x) => x * x;
                    }
                }

                class Other;
            }
            """);

        Assert.Equal(["""
            using SoftDiff;

            public static partial class Outer
            {
                public partial struct Middle<T>
                {
                    private partial class Inner
                    {
                        [Differentiable]
                        public static double F(double x) => x * x;
                    }
                }

                class Other;
            }
            """], texts);
    }

    [Fact]
    public async Task All_methods_are_fixed_at_once()
    {
        string[] texts = await FixHarness.FixAll(
            new MakePartialCodeFix(),
            GeneratorHarness.Analyze,
            """
            using SoftDiff;
            class A
            {
                [Differentiable] public static double F(double x) => x * x;
                [Differentiable] public static double G(double x) => x * x;
                class Inner
                {
                    [Differentiable] public static double H(double x) => x * x;
                }
            }
            """,
            """
            using SoftDiff;
            namespace N
            {
                struct B
                {
                    [Differentiable] public static double F(double x) => x * x;
                }
            }
            """);

        Assert.Equal(
            [
                """
                using SoftDiff;
                partial class A
                {
                    [Differentiable] public static double F(double x) => x * x;
                    [Differentiable] public static double G(double x) => x * x;
                    partial class Inner
                    {
                        [Differentiable] public static double H(double x) => x * x;
                    }
                }
                """,
                """
                using SoftDiff;
                namespace N
                {
                    partial struct B
                    {
                        [Differentiable] public static double F(double x) => x * x;
                    }
                }
                """,
            ],
            texts);
    }
}
