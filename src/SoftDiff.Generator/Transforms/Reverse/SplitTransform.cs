using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Reverse mode for a callee, as two functions or one. Of two, the first runs the primal and leaves on the tape what reverse code needs. The
/// second, the pullback, takes it back and propagates cotangents. A single function does both. Planned and then emitted like
/// <see cref="ReverseTransform"/>.
/// </summary>
internal static class SplitTransform
{
    /// <summary>The two functions of a callee for one choice of active parameters.</summary>
    public static (Function Forward, Function Pullback) Apply(
        Function function, Variant variant, DerivedCallees callees, TransformOptions options, CancellationToken cancellation) =>
        Emit(Of(function, variant, callees, options, cancellation), Placement.Split, sweep => new ReversePair(sweep, variant)).Build();

    /// <summary>The one function of a callee that runs again in the reverse sweep.</summary>
    public static Function Recomputed(
        Function function, Variant variant, DerivedCallees callees, TransformOptions options, CancellationToken cancellation) =>
        Emit(Of(function, variant, callees, options, cancellation), Placement.Same, sweep => new RecomputedAdjoint(sweep, variant)).Build();

    private static Primal Of(
        Function function, Variant variant, DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        var inputs = function.Parameters.Where((_, i) => variant.Mask[i] == '1').Select(p => p.Value).ToList();
        var outputs = function.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage));
        return new Primal(function, (inputs, outputs), callees, options, cancellation);
    }

    private static T Emit<T>(Primal primal, Placement root, Func<ReverseSweep, T> adjoint)
        where T : CalleeAdjoint
    {
        var plan = ReversalPlanner.Plan(primal, root, (draft, values) => adjoint(new ReverseSweep(primal, draft, values)).Walk());
        var walked = adjoint(new ReverseSweep(primal, plan, primal.Values));
        walked.Walk();
        return walked;
    }
}
