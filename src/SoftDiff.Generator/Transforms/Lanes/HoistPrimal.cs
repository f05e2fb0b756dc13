using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Computes what is the same for every direction once, before the loop over directions: the primal, and for a Hessian the gradient. Input and output: a
/// function with such loops. The loop keeps the tangents, which are linear in the direction. Relies on <see cref="Variation"/>; a loop with an obstacle
/// stays as it is.
/// </summary>
internal sealed class HoistPrimal
{
    private readonly Definitions _definitions;
    private readonly Effects _effects;
    private readonly ValueSource _values;

    private HoistPrimal(Function function)
    {
        _definitions = new Definitions(function);
        _effects = new Effects(_definitions);
        _values = new ValueSource(function.MaxId() + 1);
    }

    public static Module Run(Module module, TransformOptions options, CancellationToken cancellation)
    {
        return module with { Root = Apply(module.Root), Callees = module.Callees.Select(Apply).ToImmutableArray() };

        Function Apply(Function function) => function.Body.AllOps().Any(op => op is For { IsOverDirections: true })
            ? Hoisted(Passes.Simplify.Run(Gathered(function), options, cancellation), options, cancellation)
            : function;
    }

    private static Function Gathered(Function function)
    {
        var pass = new HoistPrimal(function);
        return function.MapDirections(loop => new[] { pass.Varying(loop) is { } variation ? Gathered(loop, variation) : loop });

        // The sums that are collected are factors, too.
        For Gathered(For loop, Variation variation) => Factors(CollectTerms.Run(Factors(loop, variation), variation, pass._values), variation);

        For Factors(For loop, Variation variation) => GatherFactors.Run(loop, variation, pass._values);
    }

    private static Function Hoisted(Function function, TransformOptions options, CancellationToken cancellation)
    {
        var pass = new HoistPrimal(function);
        return Unguarded(Passes.Simplify.Run(function.MapDirections(pass.Hoist), options, cancellation));
    }

    /// <summary>A loop needs no guard if nothing has stayed before it. Any other condition is the user's.</summary>
    private static Function Unguarded(Function function)
    {
        var definitions = new Definitions(function);
        return function.RewriteOps((op, before) => before.Add(Guarded(op, definitions) ?? op));
    }

    /// <summary>The loop over directions that is all that a guard has; null for any other operation.</summary>
    private static For? Guarded(Op op, Definitions definitions) =>
        op is If { Values.IsEmpty: true, Then.Ops: { Length: 1 } ops, Else.Ops.IsEmpty: true } branch
        && ops[0] is For { IsOverDirections: true } loop
        && definitions.OpOf(branch.Condition) is Compute { Code: Opcode.Greater } test
        && test.Args[0].Equals(loop.End) && test.Args[1].Equals(loop.Start)
            ? loop : null;

    private Variation? Varying(For loop)
    {
        var variation = new Variation(loop, _definitions, _effects);
        return variation.Obstacle is null ? variation : null;
    }

    private IEnumerable<Op> Hoist(For loop)
    {
        if (Varying(loop) is not { } variation || DirectionSplit.Of(loop, variation, _definitions, _effects, _values) is not var (before, rest))
        {
            return new[] { loop };
        }

        var ops = before.Add(rest);
        if (loop.End is IntegerConstant { Number: > 0 }) return ops;

        // Without directions the primal does not run.
        var guard = new BlockBuilder(_values) { Line = loop.Line };
        var any = guard.Compute(ScalarType.Bool, Opcode.Greater, loop.End, loop.Start);
        guard.Add(new If(any, new Block(ops, ImmutableArray<Operand>.Empty), Block.Empty, ImmutableArray<Value>.Empty));
        return guard.Ops;
    }
}
