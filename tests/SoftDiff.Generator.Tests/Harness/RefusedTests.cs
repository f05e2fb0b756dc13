using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>
/// Constructs next to the supported ones that have no derivative yet. Each must be an error on its own line, and the companions must throw:
/// never a wrong gradient. When one becomes supported, it moves to the probes.
/// </summary>
public sealed class RefusedTests
{
    [Theory]
    [InlineData("an object under two names, one of which gets another object in a loop", "c.Total *= x;", """
        public static double F(double x)
        {
            var c = new Counter { Total = x };
            var first = c;
            for (int i = 0; i < 3; i++)
            {
                c.Total *= x;
                if (i == 1) c = new Counter { Total = x };
            }

            return first.Total + c.Total;
        }

        private sealed class Counter
        {
            public double Total;
        }
        """)]
    [InlineData("an array made in a loop, left in two variables and written", "a[0] += 1;", """
        public static double F(double x)
        {
            double[] a = [x], b = a;
            for (int i = 0; i < 4; i++)
            {
                a[0] += 1;
                double[] c = [a[0] * b[0]];
                a = c;
                b = c;
            }

            return a[0];
        }
        """)]
    [InlineData("an array left in two variables, written by a helper", "Put(a);", """
        public static double F(double x)
        {
            double[] a = [x], b = a;
            for (int i = 0; i < 4; i++)
            {
                double[] c = [a[0] * b[0]];
                a = c;
                b = c;
            }

            Put(a);
            return b[0];
        }

        private static void Put(double[] a) => a[0] = 1;
        """)]
    [InlineData("an array left in two variables, written by an operator", "Soft.Sort(x, b, 0.3);", """
        public static double F(double[] x)
        {
            double[] a = [1, 2], b = a;
            for (int i = 0; i < 4; i++)
            {
                double[] c = [a[0] * b[0], x[0]];
                a = c;
                b = c;
            }

            Soft.Sort(x, b, 0.3);
            return a[0];
        }
        """)]
    [InlineData("a static array as an operator's destination", "Soft.Sort(x, Table, 0.3);", """
        public static double F(double[] x)
        {
            Soft.Sort(x, Table, 0.3);
            return Table[0] * x[0];
        }

        private static readonly double[] Table = [1, 2];
        """)]
    [InlineData("one of two tensors", "return either[0, 0] * x[0, 0];", """
        public static double F(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> y, bool first)
        {
            ReadOnlyTensorSpan<double> either = first ? x : y;
            return either[0, 0] * x[0, 0];
        }
        """)]
    [InlineData("one of two tensors, not named", "return (first ? x : y)[0, 0];", """
        public static double F(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> y, bool first)
        {
            return (first ? x : y)[0, 0];
        }
        """)]
    [InlineData("tensors that change places", "for (int i = 0; i < 3; i++) { y[0] *= x[0]; var t = x; x = y; y = t; }", """
        public static double F(TensorSpan<double> x, TensorSpan<double> y)
        {
            for (int i = 0; i < 3; i++) { y[0] *= x[0]; var t = x; x = y; y = t; }
            return x[0];
        }
        """)]
    [InlineData("a static array written through a tensor", "Put(t, x);", """
        public static double F(double x)
        {
            var t = new TensorSpan<double>(Weights, [1, 2]);
            Put(t, x);
            return x * t[0, 1];
        }

        private static readonly double[] Weights = [1, 2];

        private static void Put(TensorSpan<double> t, double x) => t[0, 0] = x;
        """)]
    [InlineData("a goto that jumps back", "if (x < 1) goto again;", """
        public static double F(double x)
        {
            again:
            x *= 2;
            if (x < 1) goto again;
            return x;
        }
        """)]
    [InlineData("columns of a tensor", "var column = x[.., 0..1];", """
        public static double F(ReadOnlyTensorSpan<double> x)
        {
            var column = x[.., 0..1];
            return column[0, 0];
        }
        """)]
    [InlineData("a slice of a tensor", "var corner = x.Slice([1, 1]);", """
        public static double F(ReadOnlyTensorSpan<double> x)
        {
            var corner = x.Slice([1, 1]);
            return corner[0, 0];
        }
        """)]
    [InlineData("a method of Tensor", "return Tensor.Sum(x);", """
        public static double F(ReadOnlyTensorSpan<double> x)
        {
            return Tensor.Sum(x);
        }
        """)]
    [InlineData("a tensor with strides", "var t = new ReadOnlyTensorSpan<double>(x, [2, 2], [1, 2]);", """
        public static double F(ReadOnlySpan<double> x)
        {
            var t = new ReadOnlyTensorSpan<double>(x, [2, 2], [1, 2]);
            return t[0, 1];
        }
        """)]
    [InlineData("lengths that are not written out", "var t = new ReadOnlyTensorSpan<double>(x, shape);", """
        public static double F(ReadOnlySpan<double> x, ReadOnlySpan<nint> shape)
        {
            var t = new ReadOnlyTensorSpan<double>(x, shape);
            return t[0, 1];
        }
        """)]
    [InlineData("one number of indices here and another there", "return x[0, 0];", """
        public static double F(ReadOnlyTensorSpan<double> x)
        {
            if (x.Rank == 1) return x[0];
            return x[0, 0];
        }
        """)]
    [InlineData("a struct whose fields share memory", "Both both = default;", """
        public static double F(double x)
        {
            Both both = default;
            both.A = x;
            return both.B;
        }

        [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
        public struct Both
        {
            [System.Runtime.InteropServices.FieldOffset(0)] public double A;
            [System.Runtime.InteropServices.FieldOffset(0)] public double B;
        }
        """)]
    [InlineData("an inline array of more than 64 elements", "Many many = default;", """
        public static double F(double x)
        {
            Many many = default;
            many[0] = x;
            Many copy = many;
            return copy[0];
        }

        [System.Runtime.CompilerServices.InlineArray(65)]
        public struct Many
        {
            private double _first;
        }
        """)]
    [InlineData("a method that changes an element and gets the array of it too", "all[0].Gather(all);", """
        public static double F(double x)
        {
            Mass[] all = [new Mass { M = x }, new Mass { M = 2 * x }];
            all[0].Gather(all);
            return all[0].M;
        }

        public struct Mass
        {
            public double M;

            public void Gather(Mass[] all)
            {
                for (int i = 0; i < all.Length; i++) M += all[i].M;
            }
        }
        """)]
    [InlineData("a method of an element that writes to the array of it", "return all[0].Pull(all);", """
        public static double F(double x)
        {
            Mass[] all = [new Mass { M = x }, new Mass { M = 2 * x }];
            return all[0].Pull(all);
        }

        public struct Mass
        {
            public double M;

            public readonly double Pull(Mass[] all)
            {
                all[0].M = 2 * all[1].M;
                return M;
            }
        }
        """)]
    public void IsAnErrorAtTheConstruct(string construct, string line, string method)
    {
        SourceFile source = $"using System;\nusing System.Numerics.Tensors;\nusing SoftDiff;\npublic static partial class C\n{{\n[Differentiable]\n{method}\n}}\n";
        GeneratorRun run = GeneratorHarness.Run(source);
        Diagnostic[] errors =
            [.. GeneratorHarness.Analyze(run.Output).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.StartsWith("SD1", error.Id));
        string[] lines = source.Text.Split('\n');
        Assert.True(
            errors.Any(error => lines[error.Location.GetLineSpan().StartLinePosition.Line].Trim() == line),
            $"{construct}:\n{GeneratorRun.Describe(errors)}");
        Assert.Contains("NotSupportedException", run.Generated.Values.Single());
    }
}
