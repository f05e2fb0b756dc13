using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Lanes;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Replaces calls by the bodies of the called functions. Input: a module. Output: the module with its root inlined. Three kinds of calls
/// remain: those of recursive functions, those of large scalar functions with several calls, and those that would make the root too large.
/// Callees are inlined into each other first, so every body is copied once per remaining call.
/// </summary>
internal sealed class Inliner
{
    /// <summary>Up to this many operations a body is always copied; beyond it RyuJIT's straight-line code gets slower per operation.</summary>
    private const int RootLimit = 1500;

    /// <summary>A function of scalars at least this large is differentiated once and called, where it is called more than once.</summary>
    private const int SharedSize = 12;

    private readonly Dictionary<string, Function> _functions;
    private readonly HashSet<string> _kept;

    /// <summary>What functions call that stay calls, and those themselves: nothing is inlined into them, so the last bits are the same.</summary>
    private readonly HashSet<string> _finished;
    private readonly Dictionary<string, Function> _done = new(StringComparer.Ordinal);

    private Inliner(Module module)
    {
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _kept = new HashSet<string>(_functions.Keys.Where(name => IsRecursive(name) || _functions[name] is { StaysCall: true } or { Checkpoint: not null }), StringComparer.Ordinal);
        var finished = module.Callees.Where(f => f.StaysCall).SelectMany(f => CallGraph.Reachable(f, _functions).Select(called => called.Name).Append(f.Name));
        _finished = new HashSet<string>(finished, StringComparer.Ordinal);
        var uses = module.Callees.Append(module.Root).SelectMany(CallGraph.CallsOf).GroupBy(name => name, StringComparer.Ordinal);
        _kept.UnionWith(uses.Where(u => u.Count() > 1 && IsShared(_functions[u.Key])).Select(u => u.Key));
    }

    /// <summary>
    /// Inlines the functions without C# name that do a rule's task. Only derivatives call these. Null if the module has none.
    /// </summary>
    public static Inliner? OfRules(Module primal)
    {
        var rules = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in primal.Callees.Prepend(primal.Root).SelectMany(f => f.Body.AllOps()).OfType<RuleCall>())
        {
            rules.UnionWith(call.Rule.Methods.Where(method => method is { IsFunction: true, Name: "" }).Select(method => method.Callee!));
        }

        if (rules.Count == 0) return null;
        var inliner = new Inliner(primal);
        inliner._kept.UnionWith(primal.Callees.Select(f => f.Name).Where(name => !rules.Contains(name)));
        return inliner;
    }

    /// <summary>Inlines the functions with checkpoints that are not recursive, into the iteration of a loop that keeps checkpoints itself.</summary>
    public static Inliner OfCheckpoints(Module module)
    {
        var inliner = new Inliner(module);
        bool IsMarked(string name) => inliner._functions[name].Checkpoint is { IsLoop: false } && !inliner.IsRecursive(name);
        inliner._kept.UnionWith(inliner._functions.Keys);
        inliner._kept.ExceptWith(inliner._functions.Keys.Where(IsMarked).ToList());
        return inliner;
    }

    /// <summary>
    /// Inlines what the loops over directions call, also what stays a call elsewhere: a call would keep these loops from running in lanes. Only
    /// recursive functions stay calls, and those that would make a function too large.
    /// </summary>
    public static Module IntoDirections(Module module, TransformOptions options, CancellationToken cancellation)
    {
        if (!module.Callees.Add(module.Root).Any(CallsInDirections)) return module;
        var inliner = new Inliner(module);
        inliner._kept.Clear();
        inliner._kept.UnionWith(inliner._functions.Keys.Where(inliner.IsRecursive));
        inliner._finished.Clear();
        Function Expand(Function function)
        {
            if (!CallsInDirections(function)) return function;
            var expansion = new Expansion(inliner, function);
            var expanded = function.MapDirections(loop => new Op[] { loop.WithBody(expansion.Map(loop.Body)) });
            return Passes.Simplify.Run(expanded, options, cancellation);
        }

        var root = Expand(module.Root);
        var callees = module.Callees.ToDictionary(f => f.Name, Expand, StringComparer.Ordinal);
        var called = CallGraph.Reachable(root, callees).OrderBy(f => f.Name, StringComparer.Ordinal);
        return module with { Root = root, Callees = called.ToImmutableArray() };
    }

    private static bool CallsInDirections(Function function) =>
        function.Body.AllOps().Any(op => op is For { IsOverDirections: true } && op.WithNested().Any(inner => inner is Call));

    public static Module Run(Module module)
    {
        var inliner = new Inliner(module);
        var root = inliner.Expand(module.Root);
        return module with { Root = root, Callees = module.Callees.Select(f => inliner.Expanded(f.Name)).ToImmutableArray() };
    }

    private static bool IsShared(Function function) => ScalarCalls.IsScalar(function) && function.Body.AllOps().Count() >= SharedSize;

    private bool IsRecursive(string name) => CallGraph.Reachable(_functions[name], _functions).Any(f => f.Name == name);

    /// <summary>The function whose body is to take the place of a call; null if the call stays.</summary>
    private Function? Inlined(string name) => _functions.ContainsKey(name) && !_kept.Contains(name) ? Expanded(name) : null;

    private Function Expanded(string name) => _done.TryGetValue(name, out var done) ? done : _done[name] = Expand(_functions[name]);

    /// <summary>The function with bodies in place of calls.</summary>
    public Function Expand(Function function) =>
        CallGraph.CallsOf(function).Any() && !_finished.Contains(function.Name)
            ? function with { Body = new Expansion(this, function).Map(function.Body) }
            : function;

    /// <summary>Copies a caller's body with callees' bodies in place of calls.</summary>
    private sealed class Expansion : Rebuilder
    {
        private readonly Inliner _inliner;
        private readonly ValueSource _values;
        private readonly Substitution _map = new();
        private int _room;

        public Expansion(Inliner inliner, Function caller)
        {
            _inliner = inliner;
            _values = new ValueSource(caller.MaxId() + 1);
            _room = RootLimit - caller.Body.AllOps().Count();
        }

        public override Operand Map(Operand operand) => _map.Map(operand);

        public override Value Define(Value value) => value;

        public override Block Map(Block block)
        {
            var ops = ImmutableArray.CreateBuilder<Op>();
            foreach (var op in block.Ops)
            {
                if (op is Call call && _inliner.Inlined(call.Callee) is { } callee && Fits(callee))
                {
                    ops.AddRange(Copy((Call)call.Rebuild(this), callee, _values, _map));
                }
                else
                {
                    var copy = op.Rebuild(this);
                    ops.Add(copy is If branches ? WithEnds(branches) : copy);
                }
            }

            return new Block(ops.ToImmutable(), Map(block.Yields));
        }

        /// <summary>A callee that always throws ends the branch that calls it.</summary>
        private static If WithEnds(If op)
        {
            Block End(Block branch) => branch.Ops.Any(inner => inner.NeverReturns) ? branch.UpToThrow() with { Yields = ImmutableArray<Operand>.Empty } : branch;
            return op with { Then = End(op.Then), Else = End(op.Else) };
        }

        private bool Fits(Function callee)
        {
            var size = callee.Body.AllOps().Count();
            if (size > _room) return false;
            _room -= size;
            return true;
        }
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
