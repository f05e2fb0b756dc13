using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Fuzz.Shrinking;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>Programs with structs, matrices, objects and lambdas are judged: the right one passes, and a fault in each part is found.</summary>
public sealed class TreeTests
{
    private static readonly FuzzProgram s_program = new("by hand", """
            //? trees of numbers
            //? p = new Outer(0.7, new Point(0.4, -1.2)), rows = [new Point(0.5, 0.3)], grid = [[0.3, 0.6], [0.9, -0.4]], ragged = [[0.2], []], costs = new List<double> { 0.25, 0.5 }
            [Differentiable]
            public static double F(Outer p, ReadOnlySpan<Point> rows, double[,] grid, double[][] ragged, List<double> costs)
            {
                double k = p.In.Y;
                Func<double, double> f = t => Math.Sinh(t * k);
                var walker = new Walker(p.X);
                foreach (double cost in costs) walker.Step(cost * p.In.X);
                double[] numbers = [p.X, p.In.X];
                double s = f(walker.At) + numbers.Select(v => v * v).Sum() + (p is { X: > 0.5 } ? p.X : 0);
                foreach (Point point in rows) s += point.X * Math.Exp(point.Y);
                for (int i = 0; i < grid.GetLength(0); i++) s += grid[i, 0] * grid[i, 1];
                foreach (double[] row in ragged) s += row.Length > 0 ? Math.Cos(row[0]) : 0.5;
                return s + Unused(p.In) * 0;
            }

            public struct Point(double x, double y)
            {
                public double X = x;
                public double Y = y;

                public readonly double Sum => X + Y;
            }

            public readonly record struct Outer(double X, Point In);

            private sealed class Walker(double at)
            {
                public double At = at;

                public void Step(double h) => At += h * Math.Sqrt(At);
            }

            private static double Unused(Point p) => p.Sum;
        """);

    [Fact]
    public void The_program_is_right()
    {
        Verdict verdict = Verdict(Derivation.Compiler);
        Assert.True(verdict.Outcome == Outcome.Right, verdict.Detail);
    }

    [Theory]
    [InlineData("global::System.Math.Cosh(", "-global::System.Math.Cosh(", "Sinh")]
    [InlineData("global::System.Math.Sqrt(", "1.000001d * global::System.Math.Sqrt(", "Sqrt")]
    public void A_fault_is_found_and_shrunk(string right, string wrong, string cause)
    {
        Derivation faulty = Derivation.Compiler with { Print = text => text.Replace(right, wrong, StringComparison.Ordinal) };
        Verdict verdict = Verdict(faulty);
        Assert.Equal(Outcome.Wrong, verdict.Outcome);
        string small = Shrinker.Shrink(s_program, Check(faulty), verdict, TimeSpan.FromMinutes(5)).Members;
        Assert.Contains(cause, small);
        Assert.DoesNotContain("Unused", small);
        Assert.True(small.Length < s_program.Members.Length * 2 / 3, small);
    }

    private static Verdict Verdict(Derivation derivation) => Check(derivation).Run([s_program]).Single();

    private static DualNumbersCheck Check(Derivation derivation) => new(_ => [TransformVariant.Default], derivation);
}
