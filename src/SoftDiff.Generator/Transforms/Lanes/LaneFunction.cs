using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// The function that runs the iterations of a loop in lanes: <c>for (block …) { index = first + block * lanes; body }</c>. It returns the
/// iteration after the last block. What the loop reads from outside are its parameters.
/// </summary>
internal sealed class LaneFunction
{
    private readonly Function _owner;
    private readonly Definitions _definitions;
    private readonly For _loop;
    private readonly ScalarType _lane;
    private readonly ImmutableArray<Value> _outside;

    public LaneFunction(Function owner, Definitions definitions, For loop, ScalarType lane)
    {
        (_owner, _definitions, _loop, _lane) = (owner, definitions, loop, lane);
        var scope = new LoopScope(loop);
        _outside = loop.Body.AllReads().OfType<Value>().Where(scope.IsOutside).Distinct().ToImmutableArray();
    }

    /// <summary>Whether all that the loop reads from outside can be parameters.</summary>
    public bool IsPossible => !_outside.Any(v => v.Type is TapeType || _owner.Parameters.Any(p => p.MayBeNull && p.Value.Equals(v)));

    /// <param name="function">The function.</param>
    /// <param name="rest">The first iteration that is left; null if none is.</param>
    public LaneCall Call(Function function, Value? rest = null) =>
        new(function.Name, _loop.End, ImmutableArray.CreateRange<Operand>(_outside), _lane.LaneOf!, rest) { Line = _loop.Line };

    /// <param name="values">The numbers of values.</param>
    /// <param name="write">Writes what is made once to the first builder, and what a block of iterations does to the second. It is given the number of lanes.</param>
    public Function Build(ValueSource values, Action<BlockBuilder, BlockBuilder, Value> write)
    {
        var (first, end) = (values.Fresh(ScalarType.Int32, "first"), values.Fresh(ScalarType.Int32, "end"));
        var code = new BlockBuilder(values) { Line = _loop.Line };
        var lanes = values.Fresh(ScalarType.Int32, "lanes");
        code.Add(new LaneCount(lanes, _lane));
        var blocks = code.Compute(ScalarType.Int32, Opcode.Divide, code.Compute(ScalarType.Int32, Opcode.Subtract, end, first), lanes);
        var block = values.Fresh(ScalarType.Int32, "block");
        Compute At(Value result, Operand number, BlockBuilder into) =>
            new(result, Opcode.Add, ImmutableArray.Create<Operand>(first, into.Compute(ScalarType.Int32, Opcode.Multiply, number, lanes)));
        var body = new BlockBuilder(values) { Line = _loop.Line };
        body.Add(At(_loop.Index, block, body));
        write(code, body, lanes);
        code.Add(new For(block, ArrayCode.Int(0), blocks, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
        var next = values.Fresh(ScalarType.Int32);
        code.Add(At(next, blocks, code));
        var parameters = _outside.Insert(0, end).Insert(0, first).Select(v => new Parameter(Named(v), ParameterMode.Value, Wrt: false)).ToImmutableArray();
        var function = Signatures.WithDistinctNames(new Function("", parameters, ScalarType.Int32, Shown(code.Build(next))) { Source = _owner.Source });
        function = function with { Body = Simplify.DeadCode.Remove(function) };
        var hash = DerivedCallees.Hash(IrText.Print(function));
        return function with { Name = _owner.Name + "Lanes_" + hash, IsNamedByContent = true };
    }

    /// <summary>The code with arrays that are parts of the owner's parameters as the owner shows them: as spans.</summary>
    private Block Shown(Block code)
    {
        var spans = new Substitution();
        foreach (var value in _outside) spans[value] = Shown(value);
        return spans.Map(code);
    }

    private Value Shown(Value value)
    {
        var isPart = _owner.Parameters.Any(p => p.Value.Equals(value) && (p.Part is not null || p.ElementsOf is not null));
        return isPart && value.Type is ArrayType { Form: ArrayForm.Array } array ? value with { Type = array.AsSpan() } : value;
    }

    private Value Named(Value value)
    {
        value = Shown(value);
        if (value.Name.Length > 0) return value;
        return value with { Name = _definitions.OpOf(value) is Length { Array: Value { Name.Length: > 0 } array } ? array.Name + "Length" : value.Type.IsFloat ? "factor" : "count" };
    }
}
