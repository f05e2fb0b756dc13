using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Code as it is being typed: never an exception, and the companions' signatures stay.</summary>
public class HalfTypedTests
{
    private const string Before = """
        using System;
        using SoftDiff;

        namespace Demo;

        public static partial class Losses
        {
            [Differentiable]
            public static double F(ReadOnlySpan<double> w, double x)
            {
        """;

    private const string Body = """

                double sum = 0.0;
                for (int i = 0; i < w.Length; i++)
                {
                    double t = Math.Exp(-w[i] * x);
                    if (t > 0.5 && i != 3) { sum += t; continue; }
                    sum -= t > 0.1 ? t / (1 + t) : 2.5e-1;
                }

                while (sum > 10) sum *= 0.5;
                return sum;
        """;

    private const string After = """

            }
        }
        """;

    private const string Tensors = """
        using System;
        using System.Numerics.Tensors;
        using SoftDiff;

        public static partial class Losses
        {
            [Differentiable]
            public static double F(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis)
            {
                int rows = (int)x.Lengths[0];
                var t = new TensorSpan<double>(stackalloc double[4], [rows, 2]);
                Soft.Sort(x, t, axis: axis, softness: 0.1);
                Soft.TopK(x, 1, y, default);
                for (int i = 0; i < x.Lengths[1]; i++) y[i, 0] *= t[i, (nint)1] + x.Rank;
                return Sum(t) / x.FlattenedLength;
            }

            private static double Sum(ReadOnlyTensorSpan<double> t) => t.IsEmpty ? 0 : t[0, 1];
        }
        """;

    private const string Tuples = """
        using System;
        using SoftDiff;

        public static partial class Losses
        {
            [Differentiable]
            public static double F(double x, int n)
            {
                (double v, int k) state = (x, n);
                while (state.k > 0)
                {
                    switch (state)
                    {
                        case (> 1, _): state = (state.v * 0.5, state.k - 1); break;
                        default: state = (state.v * x, state.k - 2); break;
                    }
                }

                var v = (1.0, x, x * x);
                for (int i = 0; i < n; i++) v = (v.Item2 * x, v.Item1 - v.Item3 * x, v.Item1);
                (double a, (double b, int c)) = (v.Item1, (v.Item2 + v.Item3, n));
                return a * b + c * state.v;
            }
        }
        """;

    [Fact]
    public void Every_prefix_of_a_body_keeps_the_signatures()
    {
        TrackedDriver driver = new(new SourceFile("Test.cs", Before + Body + After));
        AssertSignatures(driver);

        for (int length = 0; length < Body.Length; length++)
        {
            driver.Edit("Test.cs", _ => Before + Body[..length] + After);
            AssertSignatures(driver);
        }
    }

    [Theory]
    [InlineData(Before + Body + After)]
    [InlineData(Tensors)]
    [InlineData(Tuples)]
    public void Every_prefix_of_a_file_is_survived(string text)
    {
        TrackedDriver driver = new(new SourceFile("Test.cs", text));
        for (int length = 0; length < text.Length; length++)
        {
            driver.Edit("Test.cs", _ => text[..length]);
            Assert.Empty(driver.Result.Diagnostics);
        }
    }

    [Theory]
    [InlineData("struct S { public double X; public S Inner; }", "S")]
    [InlineData("struct S { public double X; public T Other; } struct T { public S Back; public S Again; }", "S")]
    [InlineData("struct S { public double X; public (S A, int B) Inner; }", "S")]
    [InlineData("struct S<T> { public double X; public S<S<T>> Inner; }", "S<double>")]
    [InlineData("class S<T> { public double X; public S<S<T>> Inner = null!; }", "S<double>")]
    [InlineData("class S<T> { public T X = default!; public S<S<T>>[] Inner = null!; }", "S<double>")]
    [InlineData("class S : S { public double X; }", "S")]
    [InlineData("class S : T { public double X; } class T : S { }", "S")]
    public void A_type_that_holds_itself_is_survived(string declaration, string type)
    {
        var text = $$"""
            using SoftDiff;
            public static partial class Losses
            {
                public {{declaration.Replace("} struct", "} public struct").Replace("} class", "} public class")}}

                [Differentiable(Wrt = ["s"])] public static double One({{type}} s) => s.X * s.X;
                [Differentiable(Wrt = ["s"])] public static double Many({{type}}[] s) => s[0].X;
                [Differentiable] public static double Made(double x) { var s = new {{type}} { X = x }; return s.X; }
            }
            """;
        Assert.Empty(new TrackedDriver(new SourceFile("Test.cs", text)).Result.Diagnostics);
    }

    [Theory]
    [InlineData(Before + Body + After)]
    [InlineData(Tensors)]
    [InlineData(Tuples)]
    public void Every_single_missing_token_is_survived(string text)
    {
        TrackedDriver driver = new(new SourceFile("Test.cs", text));
        var root = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(text).GetRoot();
        string previous = text;
        foreach (var token in root.DescendantTokens().Where(token => token.Span.Length > 0))
        {
            string next = text.Remove(token.SpanStart, token.Span.Length);
            if (next == previous) continue; // the first of two equal tokens, or the second, is all the same
            driver.Edit("Test.cs", _ => next);
            Assert.Empty(driver.Result.Diagnostics);
            previous = next;
        }
    }

    private static void AssertSignatures(TrackedDriver driver)
    {
        Assert.Empty(driver.Result.Diagnostics);
        foreach (string name in (string[])["double FGrad(", "double FVjp(", "double FJvp("]) Assert.Contains(name, driver.File);
    }
}
