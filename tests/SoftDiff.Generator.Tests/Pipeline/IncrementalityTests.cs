using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>What an edit makes the generator do again: nothing, unless it changes what is generated.</summary>
public class IncrementalityTests
{
    private const string Main = """
        using System;
        using SoftDiff;

        namespace Demo;

        public static partial class Losses
        {
            public static int Unrelated(int n)
            {
                return n + 1;
            }

            [Differentiable]
            public static double Bowl(double x, double y)
            {
                double a = Math.Sin(x);
                return a * y + Helpers.Square(x);
            }
        }
        """;

    private const string Helper = """
        namespace Demo;

        public static class Helpers
        {
            public static double Square(double x) => x * x;
        }
        """;

    private const string Other = """
        namespace Demo;

        public static class Other
        {
            public static int One() => 1;
        }
        """;

    [Fact]
    public void A_comment_in_another_file_reuses_every_output()
    {
        TrackedDriver driver = NewDriver().Edit("Other.cs", text => text.Replace("public static int", "// a comment\n    public static int"));

        driver.AssertCached();
    }

    [Fact]
    public void Another_body_in_another_file_reuses_every_output()
    {
        TrackedDriver driver = NewDriver().Edit("Other.cs", text => text.Replace("=> 1", "=> 2"));

        driver.AssertCached();
    }

    [Fact]
    public void Another_method_of_the_same_file_reuses_every_output()
    {
        TrackedDriver driver = NewDriver().Edit("Main.cs", text => text.Replace("n + 1", "n + 2"));

        driver.AssertCached();
    }

    [Fact]
    public void A_method_moved_down_its_file_reuses_every_output()
    {
        TrackedDriver driver = NewDriver().Edit("Main.cs", text => text.Replace("return n + 1;", "n++;\n\n        n++;\n        return n;"));

        driver.AssertCached();
    }

    [Fact]
    public void A_changed_callee_in_another_file_changes_the_output()
    {
        TrackedDriver driver = NewDriver();
        string before = driver.File;

        driver.Edit("Helper.cs", text => text.Replace("x * x", "x * x * x"));

        Assert.Contains(IncrementalStepRunReason.Modified, driver.OutputReasons);
        Assert.NotEqual(before, driver.File);
    }

    [Fact]
    public void A_changed_body_changes_the_output()
    {
        TrackedDriver driver = NewDriver();
        string before = driver.File;

        driver.Edit("Main.cs", text => text.Replace("a * y", "a / y"));

        Assert.Contains(IncrementalStepRunReason.Modified, driver.OutputReasons);
        Assert.NotEqual(before, driver.File);
    }

    [Fact]
    public void A_removed_attribute_removes_the_output()
    {
        TrackedDriver driver = NewDriver();
        Assert.Single(driver.Files);

        driver.Edit("Main.cs", text => text.Replace("[Differentiable]", ""));

        Assert.Empty(driver.Files);
    }

    [Fact]
    public void An_edit_of_one_method_leaves_the_output_of_the_next_alone()
    {
        TrackedDriver driver = new(new SourceFile("Main.cs", """
            using SoftDiff;

            public static partial class Pair
            {
                [Differentiable]
                public static double First(double x) => x * x;

                [Differentiable]
                public static double Second(double x) => x + x * x;
            }
            """));

        driver.Edit("Main.cs", text => text.Replace("=> x * x;", "=> x * x * x;"));

        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged],
            driver.GenerateReasons.Select(Coarse).Order());

        static IncrementalStepRunReason Coarse(IncrementalStepRunReason reason) =>
            reason == IncrementalStepRunReason.Cached ? IncrementalStepRunReason.Unchanged : reason;
    }

    private static TrackedDriver NewDriver() =>
        new(new SourceFile("Main.cs", Main), new SourceFile("Helper.cs", Helper), new SourceFile("Other.cs", Other));
}
