using SoftDiff.Generator.Transforms;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>Derivatives of batches with a shared input, and batches of derivatives, against loops of derivatives.</summary>
public sealed class BatchDerivativeTests
{
    private const string Head = """
        using System;
        using SoftDiff;
        public static partial class C
        {
            [Differentiable]
            public static double F(ReadOnlySpan<double> w, ReadOnlySpan<double> x, int n)
            {

        """;

    private const string Tail = """

            }

            private static double Descend(double a, double x, int n) => n == 0 ? x : Descend(a, Math.Sin(a * x) + 0.1 * n, n - 1);

            private static double Horner(ReadOnlySpan<double> w, double x)
            {
                double y = 0;
                for (int i = w.Length - 1; i >= 0; i--) y = y * x + w[i];
                return y * Math.Exp(-x * x) + Math.Tanh(x) * w[0] + Math.Sin(w[1] * x) * Math.Cos(x) + x / (1 + y * y);
            }
        }

        public static class Driver
        {
            private const int Batch = 4, W = 3, X = 2;

            private static readonly double[] Shared = { 0.75, -0.5, 1.25 }, Rows = { 0.5, 1.5, -0.25, 0.375, 1.125, -0.875, 0.0625, 2 };
            private static readonly int[] Counts = { 1, 3, 0, 2 };

            public static string Reverse()
            {
                double[] seeds = { 1, -0.5, 0.25, 2 }, values = new double[Batch], dW = new double[W], dX = new double[Batch * X];
                double[] sum = new double[W], one = new double[W], rows = new double[Batch * X], loop = new double[Batch];
                for (int e = 0; e < Batch; e++)
                {
                    loop[e] = C.FVjp(Shared, Rows.AsSpan(e * X, X), Counts[e], seeds[e], one, rows.AsSpan(e * X, X));
                    for (int j = 0; j < W; j++) sum[j] += one[j];
                }

                C.FBatchVjp(Batch, Shared, Rows, Counts, values, dW, dX, seeds);
                return Check("values", loop, values, 0) + Check("dW", sum, dW, 1e-13) + Check("dX", rows, dX, 1e-13)
                    + Check("seeds", new double[Batch], seeds, 0);
            }

            public static string Forward()
            {
                double[] tW = { 0.5, 1, -0.25 }, tX = { 1, 2, -1, 0.5, 0.25, 1, -2, 0.125 }, values = new double[Batch], tangents = { 7, 7, 7, 7 };
                double[] loop = new double[Batch], dots = new double[Batch];
                for (int e = 0; e < Batch; e++) loop[e] = C.FJvp(Shared, Rows.AsSpan(e * X, X), Counts[e], tW, tX.AsSpan(e * X, X), out dots[e]);
                C.FBatchJvp(Batch, Shared, Rows, Counts, values, tW, tX, tangents);
                return Check("values", loop, values, 0) + Check("tangents", dots, tangents, 1e-13);
            }

            public static string Gradients()
            {
                double[] values = new double[Batch], dW = new double[Batch * W], dX = new double[Batch * X];
                double[] loop = new double[Batch], rows = new double[Batch * W], inputs = new double[Batch * X];
                for (int e = 0; e < Batch; e++)
                {
                    loop[e] = C.FGrad(Shared, Rows.AsSpan(e * X, X), Counts[e], rows.AsSpan(e * W, W), inputs.AsSpan(e * X, X));
                }

                C.FGradBatch(Batch, Shared, Rows, Counts, dW, dX, values);
                return Check("values", loop, values, 0) + Check("dW", rows, dW, 0) + Check("dX", inputs, dX, 0);
            }

            public static string SecondDerivatives()
            {
                double[] tW = { 0.5, 1, -0.25 }, tX = { 1, 2, -1, 0.5, 0.25, 1, -2, 0.125 };
                double[] values = new double[Batch], dW = new double[Batch * W], dX = new double[Batch * X];
                double[] tDW = new double[Batch * W], tDX = new double[Batch * X], tValues = new double[Batch];
                double[] loop = new double[Batch], one = new double[W], other = new double[X], hW = new double[Batch * W], hX = new double[Batch * X];
                for (int e = 0; e < Batch; e++)
                {
                    C.FGradJvp(
                        Shared, Rows.AsSpan(e * X, X), Counts[e], one, other, tW, tX.AsSpan(e * X, X),
                        hW.AsSpan(e * W, W), hX.AsSpan(e * X, X), out loop[e]);
                }

                C.FGradBatchJvp(Batch, Shared, Rows, Counts, dW, dX, values, tW, tX, tDW, tDX, tValues);
                return Check("tValues", loop, tValues, 1e-13) + Check("tDW", hW, tDW, 1e-12) + Check("tDX", hX, tDX, 1e-12);
            }

            private static string Check(string name, double[] expected, double[] found, double tolerance)
            {
                for (int i = 0; i < expected.Length; i++)
                {
                    // Written so that NaN fails.
                    if (Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))) continue;
                    return $"{name}[{i}] is {found[i]:R}, the loop gives {expected[i]:R}\n";
                }

                return "";
            }
        }
        """;

    public static TheoryData<string, string> Bodies => new()
    {
        { "logistic", "double m = 0.25; for (int j = 0; j < x.Length; j++) m += w[j] * x[j]; return n * Soft.Softplus(-m);" },
        { "branches", "if (n > 1) return w[0] * Math.Exp(w[1] * x[0]); double y = w[2] * x[1]; return y < 0 ? y * y : Math.Sqrt(1 + y);" },
        { "loop until", "double s = x[0]; while (s * s < 50) s = s * (1 + w[0] * w[0]) + Math.Sign(s) + x[1] * w[1]; return s;" },
        { "recursive callee", "return w[2] * Descend(w[0] + w[1], x[0], n) + x[1];" },
        { "function called twice", "return Horner(w, x[0]) * n + Horner(w, x[1] + w[1]);" },
        {
            "scratch", """
            Span<double> t = stackalloc double[2];
            for (int j = 0; j < 2; j++) t[j] = Math.Exp(w[j] * x[j]);
            return t[0] * t[1] + t[n % 2] * w[2];
            """
        },
        {
            "scratch of its own length", """
            double[] t = new double[n + 1];
            for (int j = 0; j <= n; j++) t[j] = w[j % 3] * x[j % 2];
            double s = 1;
            for (int j = 0; j <= n; j++) s *= t[j] + 1;
            return s;
            """
        },
        {
            "rule", """
            Span<double> t = stackalloc double[3];
            for (int j = 0; j < 3; j++) t[j] = w[j] * x[j % 2];
            return Soft.LogSumExp(t) * (1 + n);
            """
        },
        { "sequence", "double h = x[0]; for (int t = 0; t < 3 + n; t++) h = Math.Tanh(w[0] * h + w[1] * x[1]); return h * w[2];" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Derivatives_of_batches_and_batches_of_derivatives(string name, string body)
    {
        BatchedSource source = new(Head + body + Tail, Make);
        foreach (string check in new[] { "Reverse", "Forward", "Gradients", "SecondDerivatives" })
        {
            string difference = source.Driver<Func<string>>(check)();
            Assert.True(difference.Length == 0, $"{name}, {check}: {difference}{source.Text}");
        }
    }

    private static IEnumerable<Companion> Make(Module module)
    {
        Module batch = BatchedModules.Batch(module, "w");
        Module gradients = BatchedModules.Batch(BatchedModules.Derive(module, CompanionKind.Gradient), "w");
        yield return BatchedModules.Finish(batch, CompanionKind.Vjp);
        yield return BatchedModules.Finish(batch, CompanionKind.Jvp);
        yield return BatchedModules.Finish(gradients);
        yield return BatchedModules.Finish(gradients, CompanionKind.Jvp);
        Derivation twice = ((Derivation)CompanionKind.Gradient).Then(CompanionKind.Jvp);
        yield return Companions.Generate(module, [twice], BatchedModules.Options, CancellationToken.None).Single();
    }
}
