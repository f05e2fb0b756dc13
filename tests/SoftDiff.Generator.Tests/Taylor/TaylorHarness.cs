using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>Derivatives of a module by Taylor mode, and by forward mode applied again and again, both run by the interpreter.</summary>
internal static class TaylorHarness
{
    private static readonly TransformOptions Verified = TransformOptions.Default with { Verify = true };

    public static Module Module(Function root, params Function[] callees) => new(root, [.. callees.OrderBy(f => f.Name, StringComparer.Ordinal)]);

    /// <summary>The module of the derivative, with series in the form that is asked for, or in that which the order asks for.</summary>
    public static Module Derive(Module module, int order, bool? unrolls = null, int result = 0) => TaylorTransform.Apply(
        module, order, new TaylorOptions(unrolls ?? TaylorOptions.For(order, Verified).Unrolls, Verified), CancellationToken.None, result);

    public static double Taylor(Module module, int order, bool? unrolls, params object[] args) =>
        (double)Interpreter.Run(Derive(module, order, unrolls), args)[0];

    /// <summary>The derivatives of order 1 … <paramref name="order"/> by nested forward mode. The variable is the first parameter.</summary>
    public static double[] Nested(Module module, int order, params object[] args)
    {
        var derivatives = new double[order];

        // A transform puts the tangents of the outputs behind the results: first those of the out parameters in order, then that of the result.
        for (int n = 1, count = module.Root.Body.Yields.Length, at = 0; n <= order; n++)
        {
            module = Differentiation.Apply(module, CompanionKind.Jvp, Verified, CancellationToken.None);
            at = n == 1 ? count : count + at - 1;
            count = module.Root.Body.Yields.Length;
            derivatives[n - 1] = (double)Interpreter.Run(module, [.. args, .. Enumerable.Repeat((object)1.0, n)])[at];
        }

        return derivatives;
    }

    public static void AssertClose(double expected, double actual, double tolerance, string where)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected)) Assert.True(expected.Equals(actual), $"{where}: expected {expected}, got {actual}");
        else Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{where}: expected {expected:R}, got {actual:R}");
    }
}
