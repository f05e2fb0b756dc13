using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Input: a module. Output: its root with the bodies of called functions in place of the calls, except calls of recursive functions and
/// those of sizeable scalar functions that are called more than once, and those that would make the root too large; these stay calls. Callees are
/// inlined into each other first, so every body is copied once per remaining call.
/// </summary>
internal sealed class Inliner
{
    /// <summary>Up to this many operations a body is always copied; beyond it RyuJIT's straight-line code gets slower per operation.</summary>
    private const int RootLimit = 1500;

    /// <summary>A function of scalars at least this large is differentiated once and called, where it is called more than once.</summary>
    private const int SharedSize = 12;

    private readonly Dictionary<string, Function> _functions;
    private readonly HashSet<string> _kept;
    private readonly Dictionary<string, Function> _done = new(StringComparer.Ordinal);

    private Inliner(Module module)
    {
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _kept = new HashSet<string>(_functions.Keys.Where(IsRecursive), StringComparer.Ordinal);
        var uses = module.Callees.Append(module.Root).SelectMany(Callees).GroupBy(name => name, StringComparer.Ordinal);
        _kept.UnionWith(uses.Where(u => u.Count() > 1 && IsShared(_functions[u.Key])).Select(u => u.Key));
    }

    public static Module Run(Module module)
    {
        var inliner = new Inliner(module);
        var root = inliner.Expand(module.Root);
        return new Module(root, module.Callees.Select(f => inliner.Expanded(f.Name)).ToImmutableArray());
    }

    private static bool IsShared(Function function) => ScalarCalls.IsScalar(function) && function.Body.AllOps().Count() >= SharedSize;

    private bool IsRecursive(string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(Callees(_functions[name]));
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (next == name) return true;
            if (seen.Add(next)) foreach (var callee in Callees(_functions[next])) pending.Push(callee);
        }

        return false;
    }

    private static IEnumerable<string> Callees(Function function) => function.Body.AllOps().OfType<Call>().Select(c => c.Callee);

    private Function Expanded(string name) => _done.TryGetValue(name, out var done) ? done : _done[name] = Expand(_functions[name]);

    private Function Expand(Function function)
    {
        if (!Callees(function).Any()) return function;
        var values = new ValueSource(function.MaxId() + 1);
        var room = RootLimit - function.Body.AllOps().Count();
        return function with { Body = Expand(function.Body, values, new Substitution(), ref room) };
    }

    private Block Expand(Block block, ValueSource values, Substitution map, ref int room)
    {
        var ops = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in block.Ops)
        {
            switch (op)
            {
                case Call call when !_kept.Contains(call.Callee) && Expanded(call.Callee) is var callee && Fits(callee, ref room):
                    ops.AddRange(Copy((Call)map.Map(call), callee, values, map));
                    break;
                case If @if:
                {
                    var condition = map.Map(@if.Condition);
                    var (then, @else) = (Expand(@if.Then, values, map, ref room), Expand(@if.Else, values, map, ref room));
                    ops.Add(@if with { Condition = condition, Then = then, Else = @else });
                    break;
                }

                case For loop:
                {
                    var body = Expand(loop.Body, values, map, ref room);
                    ops.Add(((For)map.Map(loop with { Body = Block.Empty })) with { Body = body });
                    break;
                }

                case While loop:
                {
                    var condition = Expand(loop.Condition, values, map, ref room);
                    var body = Expand(loop.Body, values, map, ref room);
                    ops.Add(((While)map.Map(loop with { Condition = Block.Empty, Body = Block.Empty })) with { Condition = condition, Body = body });
                    break;
                }

                default:
                    ops.Add(map.Map(op));
                    break;
            }
        }

        return new Block(ops.ToImmutable(), map.Map(block.Yields));
    }

    private static bool Fits(Function callee, ref int room)
    {
        var size = callee.Body.AllOps().Count();
        if (size > room) return false;
        room -= size;
        return true;
    }

    private static IEnumerable<Op> Copy(Call call, Function callee, ValueSource values, Substitution outer)
    {
        var map = new Substitution(values) { InlinedAt = call.Line };
        var inputs = callee.Inputs;
        var ops = new List<Op>();
        for (var i = 0; i < inputs.Count; i++)
        {
            var argument = call.Args[i];
            if (inputs[i].Scratch && argument.Type.IsFloat)
            {
                // Marked [NonDifferentiable] where it is declared: no derivative passes through here.
                var stopped = values.Fresh(argument.Type, inputs[i].Name);
                ops.Add(new Compute(stopped, Opcode.StopGradient, ImmutableArray.Create(argument)) { Line = call.Line });
                argument = stopped;
            }

            map[inputs[i].Value] = argument;
        }

        var body = map.Map(callee.Body);
        ops.AddRange(body.Ops);
        for (var i = 0; i < call.Values.Length; i++) outer[call.Values[i]] = body.Yields[i];
        return ops;
    }
}
