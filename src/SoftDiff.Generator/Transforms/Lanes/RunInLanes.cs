using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Runs several iterations of a loop at once. Input: a module with loops over directions of a derivative, which are independent. Output: the same with
/// these loops as functions over a lane type (<see cref="LaneCall"/>). Values that are the same for every direction, the primal's and the control
/// flow, stay numbers and are computed once for all lanes; so no lane has to be masked. Each lane is rounded as the loop's numbers were. Relies on
/// <see cref="Variation"/>; a loop with an obstacle stays as it is.
/// </summary>
internal sealed class RunInLanes
{
    private readonly Function _function;
    private readonly Definitions _definitions;
    private readonly Effects _effects;
    private readonly ValueSource _values;
    private readonly List<Function> _added = new();

    private RunInLanes(Function function)
    {
        _function = function;
        _definitions = new Definitions(function);
        _effects = new Effects(_definitions);
        _values = new ValueSource(function.MaxId() + 1);
    }

    public static Module Run(Module module)
    {
        // A lane function has one type parameter, which is the lane type.
        if (module.IsGeneric) return module;
        var added = new Dictionary<string, Function>(StringComparer.Ordinal);
        Function Rewritten(Function function)
        {
            if (!function.Body.AllOps().Any(op => op is For { IsOverDirections: true })) return function;
            var pass = new RunInLanes(function);
            var rewritten = function.MapDirections(loop => new[] { pass.Apply(loop) });
            foreach (var lanes in pass._added) added[lanes.Name] = lanes;
            return rewritten;
        }

        var (root, callees) = (Rewritten(module.Root), module.Callees.Select(Rewritten).ToList());
        return module with { Root = root, Callees = callees.Concat(added.Values).OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray() };
    }

    private Op Apply(For loop)
    {
        var variation = new Variation(loop, _definitions, _effects);
        if (variation is not { Obstacle: null, Element: { } element } || loop.Start is not IntegerConstant { Number: 0 }) return loop;
        var lanes = new LaneFunction(_function, _definitions, loop, ScalarType.Lane(element));
        if (!lanes.IsPossible) return loop;
        var (rewriter, bases) = (new LaneRewriter(variation, ScalarType.Lane(element), _values), BasisVectors.Of(loop, variation, _definitions));
        var function = lanes.Build(_values, (before, block, _) =>
        {
            before.AddRange(bases.Made.Select(made => made.Rebuild(rewriter)));
            block.AddRange(rewriter.Map(bases.Without(loop.Body)).Ops);
            block.AddRange(bases.Resets(rewriter));
        });
        _added.Add(function);
        return lanes.Call(function);
    }
}
