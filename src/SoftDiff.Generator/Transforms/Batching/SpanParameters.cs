using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Batching;

/// <summary>
/// Input: functions that call each other. Output: the same with spans for parameters that are arrays, so that they can be given rows of larger arrays. A
/// span is read-only if nothing the function does with the array needs it writable.
/// </summary>
internal sealed class SpanParameters
{
    private readonly Dictionary<string, List<Parameter>> _inputs;
    private readonly HashSet<(string Function, int Position)> _writable = new();

    private SpanParameters(IReadOnlyCollection<Function> functions)
    {
        _inputs = functions.ToDictionary(f => f.Name, f => f.Inputs, StringComparer.Ordinal);
        var bodies = functions.Select(f => (Function: f, Definitions: new Definitions(f), Ops: f.Body.AllOps().ToList())).ToList();
        bool changed;
        do
        {
            changed = false;
            foreach (var (function, definitions, ops) in bodies)
            {
                foreach (var array in ops.SelectMany(Written).Select(definitions.Root))
                {
                    var position = _inputs[function.Name].FindIndex(input => input.Value.Equals(array));
                    if (position >= 0) changed |= _writable.Add((function.Name, position));
                }
            }
        }
        while (changed);
    }

    public static ImmutableArray<Function> Run(ImmutableArray<Function> functions)
    {
        var pass = new SpanParameters(functions);
        return functions.Select(pass.Rewrite).ToImmutableArray();
    }

    /// <summary>The arrays that the operation writes, or passes on as writable spans.</summary>
    private IEnumerable<Operand> Written(Op op) => op is Call call ? call.Args.Where((_, i) => IsWritable(call.Callee, i)) : op.ElementsWritten();

    private bool IsWritable(string function, int position) =>
        _inputs[function][position].Value.Type is ArrayType { IsReadOnly: false, Form: not ArrayForm.Array } || _writable.Contains((function, position));

    private Function Rewrite(Function function)
    {
        var retyped = new Retyped(new Definitions(function));
        var inputs = _inputs[function.Name];
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Value.Type is not ArrayType { Form: ArrayForm.Array } type) continue;
            retyped.Add(inputs[i].Value, _writable.Contains((function.Name, i)) ? type.AsSpan() : type.ReadOnly());
        }

        return function with
        {
            Parameters = function.Parameters.Select(p => p with { Value = retyped.Define(p.Value) }).ToImmutableArray(),
            Body = retyped.Map(function.Body),
        };
    }

    /// <summary>Copies operations with other types for some arrays and for the views of them.</summary>
    private sealed class Retyped : Rebuilder
    {
        private readonly Definitions _definitions;
        private readonly Dictionary<Operand, ArrayType> _types = new();

        public Retyped(Definitions definitions) => _definitions = definitions;

        public void Add(Value array, ArrayType type) => _types[array] = type;

        public override Operand Map(Operand operand) => operand is Value value ? Define(value) : operand;

        public override Value Define(Value value)
        {
            if (_types.TryGetValue(value, out var own)) return value with { Type = own };
            if (value.Type is not ArrayType type || !_types.TryGetValue(_definitions.Root(value), out var viewed)) return value;
            return viewed.IsReadOnly ? value with { Type = type.ReadOnly() } : value;
        }

        public override Block Map(Block block) => new(block.Ops.Select(op => op.Rebuild(this)).ToImmutableArray(), Map(block.Yields));
    }
}
