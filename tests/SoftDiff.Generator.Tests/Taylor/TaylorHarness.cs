using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>Derivatives of a module by Taylor mode, run by the interpreter.</summary>
internal static class TaylorHarness
{
    public static readonly TransformOptions Verified = TransformOptions.Default with { Verify = true };

    public static SeriesStyle[] Styles => Enum.GetValues<SeriesStyle>();

    public static Module Module(Function root, params Function[] callees) => new(root, [.. callees.OrderBy(f => f.Name, StringComparer.Ordinal)]);

    /// <summary>A derivative as a module that can be differentiated again.</summary>
    public static Module Prepared(Module derived) => Passes.PrepareAgain.Run(NestedRules.Resolve(derived, Verified, CancellationToken.None), Verified);

    /// <summary>The module of the derivative, with series in the form that is asked for, or in that which the order asks for.</summary>
    public static Module Derive(Module module, int order, SeriesStyle? style = null, int result = 0) => TaylorTransform.Apply(
        module, order, new TaylorOptions(style ?? TaylorOptions.For(order, Verified).Style, Verified), CancellationToken.None, result);

    /// <summary>The functions that a derivative calls.</summary>
    public static IEnumerable<Function> Called(Module derived) => CallGraph.Reachable(derived.Root, derived.Callees.ToDictionary(f => f.Name));

    public static double Taylor(Module module, int order, SeriesStyle? style, params object[] args) => Run(Derive(module, order, style), args, 0);

    /// <summary>The same with every number taken for active and nothing simplified.</summary>
    public static double TaylorUnoptimized(Module module, int order, SeriesStyle style, params object[] args) => Run(
        TaylorTransform.Apply(module, order, new TaylorOptions(style, TransformOptions.None with { Verify = true }), CancellationToken.None), args, 0);

    /// <summary>Runs a derivative on copies of the arguments.</summary>
    public static double Run(Module module, IEnumerable<object> args, int result) =>
        (double)Interpreter.Run(module, [.. args.Select(a => a is Array array ? array.Clone() : a)])[result];

    public static void AssertClose(double expected, double actual, double tolerance, string where)
    {
        if (!double.IsFinite(expected)) Assert.True(expected.Equals(actual), $"{where}: expected {expected}, got {actual}");
        else Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{where}: expected {expected:R}, got {actual:R}");
    }
}
