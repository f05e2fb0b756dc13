using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Prepares a derivative for another transform. Input: a module whose functions call rules' methods by name. Output: the same module, in
/// which these calls can be differentiated. A call of a method with a rule of its own becomes a call with that rule. A call of a method
/// with a lowered body becomes a call of that function. A call of a library method becomes a call of the derivative of its primal's body. A
/// call of any other method stays; the transform refuses it if its derivative is needed (<see cref="MissingRuleException"/>).
/// </summary>
internal sealed class NestedRules
{
    private readonly TransformOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, Function> _functions;

    private NestedRules(Module module, TransformOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    public static Module Resolve(Module module, TransformOptions options, CancellationToken cancellation)
    {
        var pass = new NestedRules(module, options, cancellation);
        var root = pass.Resolve(module.Root);
        foreach (var callee in module.Callees) pass._functions[callee.Name] = pass.Resolve(callee);
        return module with { Root = root, Callees = pass._functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray() };
    }

    /// <summary>
    /// Prepares a module for a differentiation that another one follows. The next one cannot follow derivatives through a residual that is no number.
    /// So calls whose rule has such a residual use a backward method that computes the residual again.
    /// </summary>
    public static Module WithoutResiduals(Module module)
    {
        if (!Functions(module).Any(f => f.Body.AllOps().Any(op => op is RuleCall { Rule.Recomputing: not null }))) return module;
        Block In(Block block) => block with
        {
            Ops = block.Ops.Select(op => op is RuleCall call ? call with { Rule = call.Rule.WithoutResidual() } : op.MapBlocks(In)).ToImmutableArray(),
        };
        Function Of(Function function) => function with { Body = In(function.Body) };
        return module with { Root = Of(module.Root), Callees = module.Callees.Select(Of).ToImmutableArray() };
    }

    private static IEnumerable<Function> Functions(Module module) => module.Callees.Prepend(module.Root);

    /// <summary>
    /// The functions with lowered bodies of rules' methods that the given functions may come to call, with their callees.
    /// </summary>
    public static ImmutableArray<Function> Bodies(IEnumerable<Function> callers, Module module)
    {
        if (module.Callees.IsEmpty) return ImmutableArray<Function>.Empty;
        var functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<Function>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<Function>(callers);
        while (pending.Count > 0)
        {
            var function = pending.Dequeue();
            var calls = known.Contains(function.Name) ? CallGraph.CallsOf(function) : Enumerable.Empty<string>();
            foreach (var name in calls.Concat(OfRules(function)))
            {
                if (!known.Add(name)) continue;
                found.Add(functions[name]);
                pending.Enqueue(functions[name]);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The names of the functions that do the tasks of the rules in a function, or say how these are differentiated.</summary>
    public static IEnumerable<string> OfRules(Function function) => function.Body.AllOps().SelectMany(Methods).SelectMany(method => method.Functions);

    private static IEnumerable<RuleMethod> Methods(Op op) => op switch
    {
        RuleCall call => call.Rule.Methods,
        Invoke { Derivative: { } method } => new[] { method },
        _ => Enumerable.Empty<RuleMethod>(),
    };

    private Function Resolve(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Invoke { Derivative: not null })) return function;
        return function with { Body = Resolve(function.Body, new Definitions(function), new ValueSource(function.MaxId() + 1)) };
    }

    private Block Resolve(Block block, Definitions definitions, ValueSource values)
    {
        var ops = new BlockBuilder(values);
        foreach (var op in block.Ops)
        {
            ops.Line = op.Line;
            switch (op)
            {
                case Invoke { Derivative.Rule: { } rule } invoke:
                    ops.Add(new RuleCall(invoke.Results, rule, Arguments(invoke)));
                    break;
                case Invoke { Derivative.Callee: { } callee } invoke:
                    ops.Add(new Call(invoke.Results, callee, Arguments(invoke)));
                    break;
                case Invoke { Derivative: { Body: { } body } method } invoke:
                    ResolveByBody(invoke, method.Mode, _functions[body], definitions, ops);
                    break;
                default:
                    ops.Add(op.MapBlocks(inner => Resolve(inner, definitions, values)));
                    break;
            }
        }

        return ops.Build(block.Yields);
    }

    private static ImmutableArray<Operand> Arguments(Invoke invoke) => invoke.Args.Select(a => a!).ToImmutableArray();

    private void ResolveByBody(Invoke invoke, RuleMode mode, Function body, Definitions definitions, BlockBuilder into)
    {
        var args = Arguments(invoke);
        switch (mode)
        {
            case RuleMode.Forward:
                // Only backward methods read the residual, and these do not need it.
                var residual = invoke.Returns[invoke.Returns.Length - 1];
                into.Add(new Call(invoke.Returns.Remove(residual), body.Name, args));
                into.Add(new Compute(residual, Opcode.StopGradient, ImmutableArray.Create(Operand.Zero(residual.Type))));
                break;
            case RuleMode.Tangent:
                var jvp = Derived(body, "Jvp", callees => Forward.Apply(body, callees, _options, _cancellation));
                var inputs = _functions[jvp].Inputs;
                bool IsWritten(int i) => inputs[i].Value.Type is ArrayType { IsReadOnly: false };
                into.Add(new Call(invoke.Returns, jvp, SharedArguments.Apart(args, IsWritten, definitions, into)));
                break;
            case RuleMode.Backward:
                Pullback(invoke, body, args, into);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode));
        }
    }

    /// <summary>The reverse mode of the body takes the outputs and their cotangents as buffers, which the backward method only reads.</summary>
    private void Pullback(Invoke invoke, Function body, ImmutableArray<Operand> args, BlockBuilder into)
    {
        var written = Signatures.Written(body);
        var outputs = body.Parameters.Count(p => written.Contains(p.Value));
        var gradients = body.Parameters.Count(p => p.Wrt && p.Value.Type is ArrayType && !written.Contains(p.Value));
        var first = args.Length - gradients - outputs - (body.Returns is null ? 0 : 1) - body.Parameters.Length;
        var cotangents = new Queue<Operand>(args.Skip(first + body.Parameters.Length));
        var spans = new Queue<Operand>(args.Skip(args.Length - gradients));
        var passed = body.Parameters.Select((p, i) => written.Contains(p.Value) ? ArrayCode.Like(args[first + i], into) : args[first + i]).ToList();
        if (body.Returns is not null) passed.Add(cotangents.Dequeue());
        foreach (var parameter in body.Parameters.Where(p => p.Wrt && p.Value.Type is ArrayType))
        {
            if (!written.Contains(parameter.Value))
            {
                passed.Add(spans.Dequeue());
                continue;
            }

            var cotangent = cotangents.Dequeue();
            passed.Add(ArrayCode.CopyOf(cotangent, into));
        }

        var vjp = Derived(body, "Vjp", callees => ReverseTransform.Apply(body, gradient: false, callees, _options, _cancellation));
        var values = body.Returns is null ? invoke.Returns : invoke.Returns.Insert(0, into.Values.Fresh(body.Returns));
        into.Add(new Call(values, vjp, passed.ToImmutableArray()));
    }

    private string Derived(Function body, string mode, Func<DerivedCallees, Function> derive)
    {
        var name = body.Name + mode;
        if (_functions.ContainsKey(name)) return name;
        var alone = new Module(body, ImmutableArray<Function>.Empty);
        _functions[name] = Passes.Simplify.Run(derive(new DerivedCallees(alone)) with { Name = name }, _options, _cancellation);
        return name;
    }
}
