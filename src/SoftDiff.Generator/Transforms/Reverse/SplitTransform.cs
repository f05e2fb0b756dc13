using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Reverse mode for a callee. Output: two functions, one that runs the primal and leaves on the tape what reverse code needs, and the
/// pullback, which takes it back and propagates cotangents. Planned and then emitted like <see cref="ReverseTransform"/>.
/// </summary>
internal static class SplitTransform
{
    /// <summary>The two functions of a callee for one choice of active parameters.</summary>
    public static (Function Forward, Function Pullback) Apply(
        Function function, Variant variant, DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        var inputs = function.Parameters.Where((_, i) => variant.Mask[i] == '1').Select(p => p.Value).ToList();
        var outputs = function.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage));
        var primal = new Primal(function, (inputs, outputs), callees, options, cancellation);
        ReversePair Pair(IReversal plan, ValueSource values) => new(new ReverseSweep(primal, plan, values), variant);
        var plan = ReversalPlanner.Plan(primal, Placement.Split, (draft, values) => Pair(draft, values).Walk());
        var pair = Pair(plan, primal.Values);
        pair.Walk();
        return pair.Build();
    }
}
