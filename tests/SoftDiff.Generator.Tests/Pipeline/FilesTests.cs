using System.Globalization;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Which files come out, whatever the names of the methods, the order of the trees and the culture.</summary>
public class FilesTests
{
    [Fact]
    public void Names_that_differ_in_case_only_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using SoftDiff;
            public static partial class C
            {
                [Differentiable] public static double Area(double x) => x * x;
                [Differentiable] public static double area(double x) => x * x * x;
            }
            """);

        AssertFiles(run, 2);
    }

    [Fact]
    public void Overloads_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using System;
            using SoftDiff;
            public static partial class C
            {
                [Differentiable] public static double F(double x) => x * x;
                [Differentiable] public static double F(double x, double y) => x * y;
                [Differentiable] public static float F(float x) => x * x;
                [Differentiable] public static double F(ReadOnlySpan<double> x) => x[0] * x[1];
            }
            """);

        AssertFiles(run, 4);
    }

    [Fact]
    public void Generic_methods_of_a_type_derive_a_callee_that_both_call_under_two_names() => GeneratorHarness.Run("""
        using System.Numerics;
        using SoftDiff;
        public static partial class C
        {
            [Differentiable] public static T F<T>(T x, int n) where T : IFloatingPointIeee754<T> => Again(x, n);
            [Differentiable] public static T G<T>(T x, int n) where T : IFloatingPointIeee754<T> => x * Again(x, n);

            private static T Again<T>(T x, int n) where T : IFloatingPointIeee754<T> => n == 0 ? x : Again(T.Exp(-x * x), n - 1);
        }
        """);

    [Fact]
    public void One_name_in_several_types_and_namespaces_has_a_file_in_each()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using SoftDiff;

            public static partial class C
            {
                [Differentiable] public static double F(double x) => x * x;
            }

            namespace A
            {
                public static partial class C
                {
                    [Differentiable] public static double F(double x) => x * x;

                    public partial class Inner
                    {
                        [Differentiable] public static double F(double x) => x * x;
                    }
                }
            }

            namespace A.C2
            {
                public static partial class C
                {
                    [Differentiable] public static double F(double x) => x * x;
                }

                public partial class C<T>
                {
                    [Differentiable] public static double F(double x) => x * x;

                    public partial class Inner<U>
                    {
                        [Differentiable] public static double F(double x) => x * x;
                    }
                }

                public partial class C<T, U>
                {
                    [Differentiable] public static double F(double x) => x * x;
                }
            }
            """);

        AssertFiles(run, 7);
    }

    [Fact]
    public void A_method_with_several_markers_is_emitted_once()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using System;
            using SoftDiff;
            public static partial class C
            {
                [CustomVjp(nameof(Forward), nameof(Backward))]
                [CustomJvp(nameof(Tangent))]
                public static double F(double x) => Math.Sin(x);

                private static (double Value, double Residual) Forward(double x) => (Math.Sin(x), x);
                private static double Backward(double residual, double cotangent) => cotangent * Math.Cos(residual);
                private static (double Value, double Tangent) Tangent(double x, double tX) => (Math.Sin(x), Math.Cos(x) * tX);
            }
            """);

        AssertFiles(run, 1);
    }

    [Fact]
    public void A_custom_rule_in_a_type_that_is_not_partial_adds_nothing()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using System;
            using SoftDiff;
            public static class C
            {
                [CustomVjp(nameof(Forward), nameof(Backward))]
                public static double F(double x) => Math.Sin(x);

                private static (double Value, double Residual) Forward(double x) => (Math.Sin(x), x);
                private static double Backward(double residual, double cotangent) => cotangent * Math.Cos(residual);
            }
            """);

        AssertFiles(run, 0);
        Assert.Empty(GeneratorHarness.Analyze(run.Output));
    }

    [Theory]
    [InlineData("[Differentiable]", "")]
    [InlineData("", "[Differentiable]")]
    public void A_partial_method_is_emitted_once(string onDefinition, string onImplementation)
    {
        GeneratorRun run = GeneratorHarness.Run(
            new SourceFile("Definition.cs", $$"""
                using SoftDiff;
                public static partial class C
                {
                    {{onDefinition}} public static partial double F(double x);
                }
                """),
            new SourceFile("Implementation.cs", $$"""
                using SoftDiff;
                public static partial class C
                {
                    {{onImplementation}} public static partial double F(double x) => x * x;
                }
                """));

        AssertFiles(run, 1);
    }

    [Theory]
    [InlineData("[Differentiable] public static double F(double x) => x * x;", "[Differentiable] public static double F(double x) => x + 1;")]
    [InlineData("[Differentiable] public static double F(double x) => x * x;", "public static double F(double y) => y;")]
    [InlineData("public static partial double F(double x);", "[Differentiable, Differentiable] public static partial double F(double x) => x;")]
    [InlineData("[Differentiable] public static partial double F(double x);", "[Differentiable] public static partial double F(double x) => x;")]
    public void A_method_declared_twice_while_typing_keeps_the_other_outputs(string first, string second)
    {
        TrackedDriver driver = new(new SourceFile("Test.cs", $$"""
            using SoftDiff;
            public static partial class C
            {
                {{first}}
                {{second}}
                [Differentiable] public static double Other(double x) => x * x;
            }
            """));

        Assert.Equal(2, driver.Files.Count);
        Assert.Empty(driver.Result.Diagnostics);
    }

    [Fact]
    public void Types_declared_twice_while_typing_keep_the_other_outputs()
    {
        TrackedDriver driver = new(new SourceFile("Test.cs", """
            using SoftDiff;
            public partial class C
            {
                [Differentiable] public static double F(double x) => x * x;
            }
            public partial struct C
            {
                [Differentiable] public static double F(double x) => x * x;
            }
            public class D
            {
                [Differentiable] public static double F(double x) => x * x;
            }
            public partial class D
            {
                [Differentiable] public static double F(double x) => x * x;
            }
            public partial class E
            {
                [Differentiable] public static double F(double x) => x * x;
            }
            """));

        Assert.Contains(driver.Files, file => file.Key.StartsWith('E'));
    }

    [Fact]
    public void The_order_of_the_trees_does_not_matter()
    {
        SourceFile[] sources =
        [
            new("A.cs", "using SoftDiff; public static partial class A { [Differentiable] public static double F(double x) => B.G(x) * C.H(x); }"),
            new("B.cs", "using SoftDiff; public static partial class B { [Differentiable] public static double G(double x) => C.H(x) + x; }"),
            new("C.cs", "public static class C { public static double H(double x) => x * K(x); public static double K(double x) => x + 2; }"),
        ];

        var expected = new TrackedDriver(sources).Files;
        Assert.Equal(2, expected.Count);
        foreach (int[] order in (int[][])[[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            Assert.Equal(expected, new TrackedDriver([.. order.Select(i => sources[i])]).Files);
        }
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_does_not_matter(string culture)
    {
        SourceFile source = """
            using System;
            using SoftDiff;

            namespace Iıİi;

            public static partial class Titles
            {
                [Differentiable]
                public static double Interest(double init, ReadOnlySpan<double> items)
                {
                    double sum = -1234567.5;
                    for (int i = 0; i < items.Length; i++)
                    {
                        if (items[i] > 1e-3) sum += init * Math.Pow(items[i], -2.25);
                    }

                    return sum;
                }
            }
            """;

        Assert.Equal(InCulture("en-US", () => new TrackedDriver(source).Files), InCulture(culture, () => new TrackedDriver(source).Files));
    }

    private static T InCulture<T>(string name, Func<T> run)
    {
        (CultureInfo culture, CultureInfo ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            return run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    private static void AssertFiles(GeneratorRun run, int count)
    {
        Assert.Equal(count, run.Generated.Count);
        Assert.Equal(count, run.Generated.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
