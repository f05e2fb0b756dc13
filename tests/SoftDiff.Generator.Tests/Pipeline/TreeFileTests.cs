using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>The files that give the leaves of classes to the runtime's <c>ParameterTree</c>.</summary>
public sealed class TreeFileTests
{
    private const string Leaves = "LeavesOf";

    [Fact]
    public void A_class_has_one_file_however_many_methods_name_it()
    {
        SourceFile source = """
            using SoftDiff;
            namespace Demo;
            public sealed partial class Model
            {
                private double[] _a = [1];
                public double B { get; set; }
                public int N;
                public (double X, string Name) Pair;
                public Inner Part = new();

                [Differentiable(Wrt = ["this"])]
                public double F() => _a[0] * B * Pair.X * Part.C[0][0];
            }

            public sealed class Inner
            {
                internal float[][] C = [[1]];
            }

            public static partial class Uses
            {
                [Differentiable(Wrt = ["m"])]
                public static double G(Model m) => m.B * m.N;

                [Differentiable(Wrt = ["part"])]
                public static double H(Inner part, double x) => part.C[0][0] * x;
            }
            """;
        GeneratorRun run = GeneratorHarness.Run(source);
        run.AssertClean();
        Assert.Equal(2, run.Generated.Keys.Count(hint => hint.Contains(Leaves, StringComparison.Ordinal)));
        string model = run.Generated.Single(file => file.Key.Contains(Leaves + "Model", StringComparison.Ordinal)).Value;
        Assert.Contains("public override int Count => 4;", model);
        Assert.Contains("3 => \"Part.C\",", model);
        Assert.Contains("new global::System.Span<double>(ref PairOfModel(tree).Item1)", model);
        Assert.DoesNotContain("NOfModel", model);
    }

    [Theory]
    [InlineData("private sealed class M { public double A; } [Differentiable(Wrt = [\"m\"])] private static double F(M m) => m.A;")]
    [InlineData("public sealed class M<T> where T : struct { public T A; } [Differentiable(Wrt = [\"m\"])] public static double F(M<double> m) => m.A;")]
    [InlineData("public sealed class M { public double A; } [Differentiable] public static double F(M m, double x) => m.A * x;")]
    public void There_is_none_where_code_elsewhere_cannot_name_the_class_or_no_derivative_is_by_it(string members)
    {
        GeneratorRun run = GeneratorHarness.Run($"using SoftDiff; public static partial class C {{ {members} }}");
        Assert.DoesNotContain(run.Generated.Keys, hint => hint.Contains(Leaves, StringComparison.Ordinal));
        Assert.Contains("FGrad(", run.Generated.Values.Single());
    }
}
