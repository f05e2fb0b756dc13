using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Reverse mode. Input: a simplified function. Output: one function that runs the primal and then propagates cotangents from its outputs to
/// its inputs. It works in two steps: <see cref="Plan"/> decides which branches and loops are fused, what is computed again and what is
/// saved where; <see cref="Emit"/> writes the code and looks up every decision. Source of the method: Griewank and Walther, Evaluating
/// Derivatives (2008), chapters 4 to 6, in structured form.
/// </summary>
internal sealed class ReverseTransform
{
    private readonly Primal _primal;
    private readonly bool _gradient;
    private readonly HashSet<Operand> _written;

    /// <param name="function">The primal.</param>
    /// <param name="gradient">Whether the cotangent of the one scalar result is 1; otherwise the vector–Jacobian product takes it.</param>
    /// <param name="callees">What the primal calls, and where derivatives of these are asked for.</param>
    /// <param name="options">What to do to save time or memory.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ReverseTransform(
        Function function, bool gradient, DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        _gradient = gradient;
        _written = Signatures.Written(function);
        _primal = new Primal(function, Signatures.Ends(function, _written), callees, options, cancellation);
    }

    /// <summary>The gradient or the vector–Jacobian product.</summary>
    public static Function Apply(
        Function primal, bool gradient, DerivedCallees callees, TransformOptions options, CancellationToken cancellation)
    {
        var transform = new ReverseTransform(primal, gradient, callees, options, cancellation);
        return transform.Emit(transform.Plan());
    }

    public ReversalPlan Plan() => ReversalPlanner.Plan(_primal, Placement.Same, (draft, values) => Function(draft, values).Walk());

    public Function Emit(ReversalPlan plan)
    {
        var function = Function(plan, _primal.Values);
        function.Walk();
        return function.Build();
    }

    private ReverseFunction Function(IReversal plan, ValueSource values) => new(new ReverseSweep(_primal, plan, values), _gradient, _written);
}
