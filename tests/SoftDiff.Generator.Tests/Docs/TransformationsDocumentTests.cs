using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Docs;

/// <summary>The examples of docs/transformations.md with the code that the compiler makes of them.</summary>
public sealed class TransformationsDocumentTests
{
    private const string Chain = """
        [Differentiable]
        public static double Energy(ReadOnlySpan<double> x)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++) sum += x[i] * x[i] * x[i];
            return sum;
        }


        """;

    [Fact]
    public void TheDocumentShowsWhatTheCompilerMakes() => GeneratedSection.Verify(
        "docs/transformations.md",
        Example("gradient", "Force", Chain + """
            [Gradient(nameof(Energy))]
            public static partial void Force(ReadOnlySpan<double> x, Span<double> force);
            """),
        Example("derivative", "Snap", """
            [Differentiable]
            public static double Wave(double x) => Math.Sin(2 * x);

            [Derivative(nameof(Wave), Order = 2)]
            public static partial double Snap(double x);
            """),
        Example("product", "Curvature", Chain + """
            [HessianVectorProduct(nameof(Energy))]
            public static partial double Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv);
            """),
        Example("hessian", "Stiffness", Chain + """
            [Hessian(nameof(Energy))]
            public static partial void Stiffness(ReadOnlySpan<double> x, Span<double> hessian);
            """),
        Example("jacobian", "Polar", """
            [Differentiable]
            public static void ToCartesian(double radius, double angle, out double x, out double y)
            {
                x = radius * Math.Cos(angle);
                y = radius * Math.Sin(angle);
            }

            [Jacobian(nameof(ToCartesian))]
            public static partial void Polar(double radius, double angle, out double x, out double y, Span<double> jacobian);
            """),
        Example("sparse", "BendingJacobian", """
            [Differentiable]
            public static void Bending(ReadOnlySpan<double> x, Span<double> force)
            {
                for (int i = 1; i + 1 < x.Length; i++)
                {
                    double bend = x[i - 1] - 2 * x[i] + x[i + 1];
                    force[i] = bend * bend * bend;
                }
            }

            [Jacobian(nameof(Bending), Sparse = true, Mode = DiffMode.Forward)]
            public static partial SparseMatrix<double> BendingJacobian(ReadOnlySpan<double> x, Span<double> force);
            """, "BendingJacobianPattern"),
        Example("checkpoint", "Slope", """
            [Differentiable, Checkpoint]
            public static double Next(double s, double x) => x * Math.Sin(s);

            [Differentiable]
            public static double Iterate(double x, int steps)
            {
                double s = x;
                for (int t = 0; t < steps; t++) s = Next(s, x);
                return s;
            }

            [Gradient(nameof(Iterate))]
            public static partial void Slope(double x, int steps, out double dX);
            """, "NextLoopForward", "NextLoopPullback"),
        Example("batch", "Forces", """
            [Differentiable]
            public static double Energy(ReadOnlySpan<double> stiffness, ReadOnlySpan<double> x)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++) sum += stiffness[i] * x[i] * x[i];
                return sum;
            }

            [Gradient(nameof(Energy), Wrt = ["x"])]
            public static partial double Force(ReadOnlySpan<double> stiffness, ReadOnlySpan<double> x, Span<double> force);

            [Vmap(nameof(Force))]
            public static partial void Forces(
                int batch, [Shared] ReadOnlySpan<double> stiffness, ReadOnlySpan<double> x, Span<double> force, Span<double> energies);
            """));

    private static (string Name, string Text) Example(string section, string method, string members, params string[] helpers)
    {
        GeneratorRun run = GeneratorHarness.Run($"using System;\nusing SoftDiff;\npublic static partial class Springs\n{{\n{members}\n}}\n");
        IEnumerable<string> written = helpers.Prepend(method).Select(name => Method(run.Text("." + name + "_")));
        var lanes = run.Generated.Where(file => file.Key.Contains("." + method + "Lanes_", StringComparison.Ordinal)).Select(file => Method(file.Value));
        return (section, $"\n```csharp\n{members}\n```\n\nThe compiler writes:\n\n```csharp\n{string.Join("\n\n", written.Concat(lanes))}\n```\n\n");
    }

    /// <summary>The one method of a generated file, without its indentation.</summary>
    private static string Method(string file)
    {
        string[] lines = file.Replace("\r\n", "\n").Split('\n');
        int first = Array.FindIndex(lines, line => line.TrimStart().StartsWith("p", StringComparison.Ordinal) && line.Contains(" static ", StringComparison.Ordinal));
        int indentation = lines[first].Length - lines[first].TrimStart().Length;
        int last = Array.FindIndex(lines, first, line => line == new string(' ', indentation) + "}");
        return string.Join('\n', lines[first..(last + 1)].Select(line => line[indentation..]));
    }
}
