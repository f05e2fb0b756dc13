namespace SoftDiff.Generator.Transforms.Elements;

/// <summary>
/// Copies the body of a loop with few iterations once for each of them. Input and output: a function. Only loops whose bounds are constants
/// are copied. Indices become constants, so <see cref="ReplaceSmallArrays"/> finds the elements that the loop uses.
/// </summary>
internal sealed class UnrollSmallLoops : Rebuilder
{
    private const int MostIterations = 4, MostOperations = 64;

    private readonly ValueSource _values;
    private readonly Substitution _map = new();

    private UnrollSmallLoops(Function function) => _values = new ValueSource(function.MaxId() + 1);

    public static Function Run(Function function) =>
        function.Body.AllOps().Any(op => op is For) ? function with { Body = new UnrollSmallLoops(function).Map(function.Body) } : function;

    public override Operand Map(Operand operand) => _map.Map(operand);

    public override Value Define(Value value) => value;

    public override Block Map(Block block)
    {
        var ops = ImmutableArray.CreateBuilder<Op>(block.Ops.Length);
        foreach (var op in block.Ops)
        {
            var copy = op.Rebuild(this);
            if (copy is For loop && Indices(loop) is { } indices) Unroll(loop, indices, ops);
            else ops.Add(copy);
        }

        return new Block(ops.ToImmutable(), Map(block.Yields));
    }

    /// <summary>The index in each iteration; null if the loop stays.</summary>
    private static List<long>? Indices(For loop)
    {
        if (loop is not { Exit: null, Trips: null, Start: IntegerConstant { Number: var start }, End: IntegerConstant { Number: var end } })
        {
            return null;
        }

        var indices = new List<long>();
        bool IsIn(long index) => loop.Step > 0 ? index < end : index > end;
        for (var index = start; IsIn(index) || (loop.Inclusive && index == end); index += loop.Step)
        {
            indices.Add(index);
            if (indices.Count > MostIterations) return null;
        }

        return indices.Count * loop.Body.AllOps().Count() <= MostOperations ? indices : null;
    }

    private void Unroll(For loop, List<long> indices, ImmutableArray<Op>.Builder ops)
    {
        var state = loop.Carried.Select(c => c.Init).ToList();
        foreach (var index in indices)
        {
            var copy = new Substitution(_values) { [loop.Index] = new IntegerConstant((ScalarType)loop.Index.Type, index) };
            for (var i = 0; i < state.Count; i++) copy[loop.Carried[i].Param] = state[i];
            var body = copy.Map(loop.Body);
            ops.AddRange(body.Ops);
            state = body.Yields.ToList();
        }

        for (var i = 0; i < state.Count; i++) _map[loop.Carried[i].Result] = state[i];
    }
}
