using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse;

namespace SoftDiff.Generator.Transforms.Checkpoints;

/// <summary>
/// Input: a module. Output: the same with two functions for each counted loop of calls with checkpoints: its iteration, and the loop, which
/// calls the iteration only. Reverse mode keeps states of such a loop in slots (<see cref="LoopReversal"/>). Of nested loops the outer one
/// comes first; its iteration is a function whose loops are outlined in turn.
/// </summary>
internal sealed class OutlineLoops
{
    private readonly SortedDictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly List<string> _iterations = new();

    private OutlineLoops(Module module)
    {
        foreach (var callee in module.Callees) _functions.Add(callee.Name, callee);
    }

    public static Module Run(Module module, TransformOptions options, CancellationToken cancellation)
    {
        if (module.Callees.All(f => f.Checkpoint is null or { IsLoop: true })) return module;
        var pass = new OutlineLoops(module);
        var root = pass.Rewrite(module.Root);
        foreach (var callee in module.Callees) pass._functions[callee.Name] = pass.Rewrite(callee);
        if (pass._iterations.Count == 0) return module;

        var outlined = module with { Root = root, Callees = pass._functions.Values.ToImmutableArray() };
        if (options.Inline)
        {
            var inliner = Inliner.OfCheckpoints(outlined);
            Function Expand(Function f) => pass._iterations.Contains(f.Name) ? inliner.Expand(f) : f;
            outlined = outlined with { Callees = outlined.Callees.Select(Expand).ToImmutableArray() };
        }

        return ReadOnlyCalls.Mark(outlined);
    }

    private Function Rewrite(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is For)) return function;
        var definitions = new Definitions(function);
        var body = Rewrite(function.Body, definitions, new ValueSource(function.MaxId() + 1));
        return body is null ? function : function with { Body = body };
    }

    /// <summary>The block with calls in the place of loops; null if there is no such loop.</summary>
    private Block? Rewrite(Block block, Definitions definitions, ValueSource values)
    {
        var code = new BlockBuilder(values);
        var changed = false;
        foreach (var op in block.Ops)
        {
            if (op is For loop && CheckpointedLoop.Find(loop, definitions, Marked) is { } found)
            {
                Outline(found, new CountedLoops(definitions), code);
                changed = true;
                continue;
            }

            code.Line = -1;
            code.Add(op.MapBlocks(inner =>
            {
                if (Rewrite(inner, definitions, values) is not { } rewritten) return inner;
                changed = true;
                return rewritten;
            }));
        }

        return changed ? code.Build(block.Yields) : null;
    }

    private Checkpoint? Marked(string callee) => _functions[callee].Checkpoint is { IsLoop: false } checkpoint ? checkpoint : null;

    private void Outline(CheckpointedLoop loop, CountedLoops counted, BlockBuilder code)
    {
        var iteration = loop.Iteration(FreeName(loop.Callee + "Iteration"));
        _functions.Add(iteration.Name, iteration);
        _iterations.Add(iteration.Name);
        _functions[iteration.Name] = Rewrite(iteration);
        var whole = loop.Whole(FreeName(loop.Callee + "Loop"), iteration);
        _functions.Add(whole.Name, whole);
        code.Line = loop.Line;
        code.Add(loop.Call(whole, counted, code));
    }

    private string FreeName(string proposed)
    {
        var name = proposed;
        for (var i = 2; _functions.ContainsKey(name); i++) name = proposed + i;
        return name;
    }
}
