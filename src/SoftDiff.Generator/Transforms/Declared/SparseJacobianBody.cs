namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Sparse Jacobians. A function of its own finds the pattern; the runtime keeps it and colours columns or rows. Then the derivative runs
/// once for each colour. Forward mode has a tangent that is 1 in all columns of the colour. Reverse mode has a cotangent that is 1 in all its
/// rows. No two of these have an element in the same row, or column, so each number of the result is one element of the matrix.
/// </summary>
internal sealed class SparseJacobianBody
{
    private const string Runtime = "global::SoftDiff.SparsePattern.";

    private readonly DeclaredCode _code;
    private readonly TargetShape _target;
    private readonly ScalarType _element;
    private readonly ImmutableArray<MatrixPart> _rows, _columns;
    private readonly Operand _height, _width;
    private readonly Buffers _buffers;

    public SparseJacobianBody(DeclaredCode code)
    {
        _code = code;
        _target = code.Target;
        _element = _target.Element;
        var outputs = _target.Rows.Select(p => (Parameter?)p);
        (_rows, _height) = MatrixCode.Parts(_target.Function.Returns is { IsFloat: true } ? outputs.Append(null) : outputs, code);
        (_columns, _width) = MatrixCode.Parts(_target.Columns, code);
        code.CheckArguments(null, null);
        _buffers = new Buffers(code);
    }

    public Function Write(JacobianMode mode)
    {
        // The target runs first: whoever finds the pattern relies on it not throwing.
        var plain = _code.Derivatives.Plain();
        var run = plain.Embed(_code.Block, i => _code.Point(plain.Module.Root.Parameters[i].Value), checksArguments: false);
        var pattern = Pattern(mode);
        var matrix = Asked("Matrix<" + _element.Name + ">", SparseTypes.Matrix(_element), pattern, "jacobian");
        var indices = new ArrayType(ScalarType.Int32, ArrayForm.ReadOnlySpan);
        var plan = new Plan(
            Asked("Sweeps", ScalarType.Int32, pattern, "sweeps"), Asked("Colors", indices, pattern, "colors"),
            Asked("Starts", indices, pattern, "starts"),
            Asked("Slots", indices, pattern, "slots"), Asked("Sources", indices, pattern, "sources"),
            Asked("Values<" + _element.Name + ">", new ArrayType(_element, ArrayForm.Span), matrix, "values"));
        switch (mode)
        {
            case JacobianMode.Forward:
                WriteColumns(plan, _code.Block);
                break;
            case JacobianMode.Reverse:
                WriteRows(plan, _code.Block);
                break;
            default:
                var (rows, columns) = (new BlockBuilder(_code.Block.Values), new BlockBuilder(_code.Block.Values));
                WriteRows(plan, rows);
                WriteColumns(plan, columns);
                _code.Block.Add(new If(Asked("ByRows", ScalarType.Bool, pattern, ""), rows.Build(), columns.Build(), ImmutableArray<Value>.Empty));
                break;
        }

        return _code.Finish(run, _ => throw new InvalidOperationException(), returned: matrix);
    }

    /// <summary>The pattern, for what the arrays held before the target ran.</summary>
    private Value Pattern(JacobianMode mode)
    {
        var pattern = _code.Block.Values.Fresh(SparseTypes.Pattern, "pattern");
        var arguments = Sparsity.PatternFunction.Parameters(_target.Function).Select(p => Initial(p.Value)).ToImmutableArray();
        var finder = _code.Derivatives.Pattern(_target, mode, _code.Name, out var members);
        _code.Block.Add(new FindPattern(pattern, finder, arguments.AddRange(members)));
        return pattern;
    }

    private Operand Initial(Value parameter)
    {
        var point = _code.Point(parameter);
        if (parameter.Type.IsFloatArray || _buffers.Initial(parameter) is not { } initial) return point;
        return point.Type is ArrayType { IsTensor: true } ? _code.Block.Arrange(initial, _code.Block.Lengths(point)) : initial;
    }

    private void WriteColumns(Plan plan, BlockBuilder into)
    {
        var derivative = _code.Derivatives.Of(CompanionKind.Jvp);
        var (direction, column) = (Vector(_columns, _width, "direction", into), Vector(_rows, _height, "column", into));
        Sweep(plan, direction, _width, column, into, body => Run(derivative, SlotKind.Dot, direction, column, body));
    }

    private void WriteRows(Plan plan, BlockBuilder into)
    {
        var derivative = _code.Derivatives.Of(CompanionKind.Vjp);
        var (seed, row) = (Vector(_rows, _height, "seed", into), Vector(_columns, _width, "row", into));
        Sweep(plan, seed, _height, row, into, body => Run(derivative, SlotKind.Bar, seed, row, body));
    }

    private PartedVector Vector(ImmutableArray<MatrixPart> parts, Operand length, string name, BlockBuilder into)
    {
        var vector = into.Values.Fresh(new ArrayType(_element, ArrayForm.Span), name);
        into.Add(new Allocate(vector, length, Cleared: true));
        return new PartedVector(parts, vector, _code);
    }

    /// <summary>
    /// For each colour: the seed is 1 in its places; the derivative runs; each element of the colour is taken from its place in the result.
    /// </summary>
    private void Sweep(Plan plan, PartedVector seed, Operand count, PartedVector result, BlockBuilder into, Action<BlockBuilder> run) =>
        MatrixCode.Count(plan.Sweeps, "sweep", into, (body, sweep) =>
        {
            MatrixCode.Count(count, "i", body, (inner, i) =>
            {
                var isOne = inner.Compute(ScalarType.Bool, Opcode.Equal, inner.Load(plan.Colors, i), sweep);
                var number = inner.Compute(_element, Opcode.Select, isOne, new NumberConstant(_element, 1), new NumberConstant(_element, 0));
                inner.Add(new Store(seed.Vector, i, number));
            });
            _buffers.Restore(body);
            run(body);
            var next = body.Compute(ScalarType.Int32, Opcode.Add, sweep, new IntegerConstant(ScalarType.Int32, 1));
            MatrixCode.Count(body.Load(plan.Starts, sweep), body.Load(plan.Starts, next), "k", body, (inner, k) =>
                inner.Add(new Store(plan.Values, inner.Load(plan.Slots, k), inner.Load(result.Vector, inner.Load(plan.Sources, k)))));
        });

    /// <summary>Runs a derivative. Its tangents, or cotangents, come from one vector, and those that it gives go to another.</summary>
    private void Run(Derived derivative, SlotKind kind, PartedVector from, PartedVector to, BlockBuilder into)
    {
        var taken = new List<(MatrixPart Part, Operand Array)>();
        var results = derivative.Embed(into, i =>
        {
            var (slot, parameter) = (derivative.Slots[i], derivative.Module.Root.Parameters[i]);
            if (slot.Kind == SlotKind.Primal) return _code.Point(parameter.Value);
            var (input, output) = (from.Of(slot), to.Of(slot));
            if (parameter.Value.Type is ScalarType scalar) return input is null ? new NumberConstant(scalar, 0) : from.Number(input, scalar, into);
            if (output is null) return from.Filled(input!, into);
            var array = to.Empty(output, into);
            taken.Add((output, array));
            if (!_target.IsInOut(output.Of!)) return array;

            // A buffer: what goes in and what comes out are in one array.
            var elements = into.Elements(array);
            into.Add(input is null ? new Fill(elements, ArrayCode.Zero(array)) : new Copy(into.Elements(from.Filled(input, into)), elements));
            return array;
        }, checksArguments: false);
        foreach (var (part, array) in taken) to.Take(part, array, into);
        foreach (var part in to.Parts.Where(part => !part.IsArray)) to.Take(part, results[new Slot(kind, part.Of?.Value)], into);
    }

    private Value Asked(string method, IrType type, Operand of, string name)
    {
        var result = _code.Block.Values.Fresh(type, name);
        _code.Block.Add(new Invoke(ImmutableArray.Create(result), Runtime + method, new[] { of }));
        return result;
    }

    /// <summary>The sweeps: their number, the sweep of each column or row, and where each takes which element of the matrix from.</summary>
    private sealed record Plan(Operand Sweeps, Operand Colors, Operand Starts, Operand Slots, Operand Sources, Operand Values);
}
