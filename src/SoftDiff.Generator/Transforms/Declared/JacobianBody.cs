namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Jacobians: column by column in forward mode, with one basis vector of the inputs after the other, or row by row in reverse mode, with
/// one of the outputs. Each parameter, or output, has a derivative of its own, so nothing is multiplied by what is zero anyway.
/// </summary>
internal sealed partial class JacobianBody
{
    private readonly DeclaredCode _code;
    private readonly TargetShape _target;
    private readonly Value _jacobian;
    private readonly ImmutableArray<MatrixPart> _rows, _columns;
    private readonly Operand _height, _width;
    private readonly Buffers _buffers;

    /// <summary>The arrays of the last run that it has made itself.</summary>
    private readonly Dictionary<Slot, Operand> _locals = new();

    public JacobianBody(DeclaredCode code)
    {
        _code = code;
        _target = code.Target;
        _jacobian = code.Find(DeclaredRole.Matrix, null)!;
        var outputs = _target.Rows.Select(p => (Parameter?)p);
        (_rows, _height) = MatrixCode.Parts(_target.Function.Returns is { IsFloat: true } ? outputs.Append(null) : outputs, code);
        (_columns, _width) = MatrixCode.Parts(_target.Columns, code);
        code.CheckArguments(_height, _width);
        _buffers = new Buffers(code);
        _plain = FindElements();
    }

    public Function Write(JacobianMode mode)
    {
        if (mode == JacobianMode.Auto) mode = Known();
        if (mode == JacobianMode.Reverse && AreElements)
        {
            // The target runs first, and once, so no buffer has to be restored.
            var results = Plain();
            WriteRows(_code.Block);
            return ShareReciprocals.Run(_code.Derivatives.SharingBranches(Finish(results)), _jacobian);
        }

        switch (mode)
        {
            case JacobianMode.Forward:
                WriteColumns(_code.Block);
                break;
            case JacobianMode.Reverse:
                WriteRows(_code.Block);
                break;
            default:
                WriteEither();
                break;
        }

        if (IsPlainWanted) _buffers.Restore(_code.Block);
        return Finish(Plain());
    }

    /// <summary>
    /// The mode that runs the target less often, if the parameters tell; columns win ties, since forward mode saves nothing.
    /// </summary>
    private JacobianMode Known() => (_height, _width) switch
    {
        (IntegerConstant height, IntegerConstant width) => width.Number <= height.Number ? JacobianMode.Forward : JacobianMode.Reverse,
        (IntegerConstant { Number: 1 }, _) => JacobianMode.Reverse,
        (_, IntegerConstant { Number: var width }) when AreElements =>
            width <= _elements.Values.Sum(of => of.Length) ? JacobianMode.Forward : JacobianMode.Reverse,
        _ when AreElements => JacobianMode.Reverse,
        (_, IntegerConstant { Number: 1 }) => JacobianMode.Forward,
        _ => JacobianMode.Auto,
    };

    private void WriteEither()
    {
        var (columns, rows) = (new BlockBuilder(_code.Block.Values), new BlockBuilder(_code.Block.Values));
        WriteColumns(columns);
        WriteRows(rows);
        var isNarrow = _code.Block.Compute(ScalarType.Bool, Opcode.LessEqual, _width, _height);
        _code.Block.Add(new If(isNarrow, columns.Build(), rows.Build(), ImmutableArray<Value>.Empty));
    }

    private void WriteColumns(BlockBuilder into)
    {
        foreach (var part in _columns)
        {
            var column = _code.Derivatives.Of(CompanionKind.Jvp, OnlyBy(part.Of!, _code.Derivatives.Target));
            OverNumbers(part, "column", "direction", into, (body, seed, at) =>
            {
                _buffers.Restore(body);
                var results = Run(column, body, slot => IsOf(slot, part) ? seed : null);
                foreach (var rows in _rows)
                {
                    var slot = new Slot(SlotKind.Dot, rows.Of?.Value);
                    var values = rows.IsArray ? _locals[slot] : results[slot];
                    MatrixCode.StoreColumn(_jacobian, _width, rows, at, values, body);
                }
            });
        }
    }

    private void WriteRows(BlockBuilder into)
    {
        foreach (var part in _rows)
        {
            if (_elements.TryGetValue(part, out var elements))
            {
                WriteElements(part, elements, into);
                continue;
            }

            var target = OnlyOf(part.Of, _code.Derivatives.Target);
            var row = _code.Derivatives.Of(part.Of is null ? CompanionKind.Gradient : CompanionKind.Vjp, target);
            OverNumbers(part, "row", "seed", into, (body, seed, at) =>
            {
                _buffers.Restore(body);
                var start = MatrixCode.Multiply(at, _width, body);
                var results = Run(row, body, slot => IsOf(slot, part) ? seed : IsInput(slot) ? RowPart(Column(slot), part, start, body) : null);
                foreach (var column in _columns) StoreRow(column, part, start, results, body);
            });
        }
    }

    /// <summary>Runs once for each number of a part: with a basis vector as seed, or with 1.</summary>
    private void OverNumbers(MatrixPart part, string index, string name, BlockBuilder into, Action<BlockBuilder, Operand, Operand> write)
    {
        if (!part.IsArray)
        {
            var type = part.Of?.Value.Type ?? _target.Function.Returns!;
            write(into, new NumberConstant((ScalarType)type, 1), part.First);
            return;
        }

        MatrixCode.Directions(part.Count, index, into, (body, i) =>
            write(body, ArrayCode.Basis(_code.Point(part.Of!.Value), i, body, name), MatrixCode.Add(part.First, i, body)));
    }

    /// <summary>Where the gradient of an input goes: to its part of the only row, or else to an array beside it.</summary>
    private Operand RowPart(MatrixPart column, MatrixPart row, Operand start, BlockBuilder into)
    {
        if (!IsDirect(column, row)) return Local(new Slot(SlotKind.Bar, column.Of!.Value), into);
        var part = into.Values.Fresh(((ArrayType)_jacobian.Type).AsSpan(), column.Of!.Name + "BarRow");
        into.Add(new View(part, _jacobian, MatrixCode.Add(start, column.First, into), column.Count));
        return column.Of.Value.Type is ArrayType { IsTensor: true } ? into.Arrange(part, into.Lengths(_code.Point(column.Of.Value))) : part;
    }

    private void StoreRow(MatrixPart column, MatrixPart row, Operand start, Results results, BlockBuilder into)
    {
        if (!column.IsArray)
        {
            var at = MatrixCode.Add(start, column.First, into);
            into.Add(new Store(_jacobian, at, MatrixCode.Fitted(results[new Slot(SlotKind.Bar, column.Of!.Value)], _jacobian, into)));
        }
        else if (!IsDirect(column, row))
        {
            var gradient = into.Elements(_locals[new Slot(SlotKind.Bar, column.Of!.Value)]);
            MatrixCode.Count(column.Count, "i", into, (body, i) =>
            {
                var at = MatrixCode.Add(MatrixCode.Add(start, column.First, body), i, body);
                body.Add(new Store(_jacobian, at, MatrixCode.Fitted(body.Load(gradient, i), _jacobian, body)));
            });
        }
    }

    // Several rows are computed at once, so their gradients do not lie in the matrix.
    private bool IsDirect(MatrixPart column, MatrixPart row) =>
        !row.IsArray && !_target.IsInOut(column.Of!) && ((ArrayType)column.Of!.Value.Type).Element == ((ArrayType)_jacobian.Type).Element;

    private bool IsInput(Slot slot) => _columns.Any(c => c.IsArray && c.Of!.Value.Equals(slot.Of) && !_target.IsInOut(c.Of));

    private MatrixPart Column(Slot slot) => _columns.First(c => c.Of!.Value.Equals(slot.Of));

    private static bool IsOf(Slot slot, MatrixPart part) => Equals(slot.Of, part.Of?.Value);

    /// <summary>
    /// Copies a derivative. The tangents or cotangents of a buffer go in and out: they start from the seed, or from zero.
    /// </summary>
    private Results Run(Derived derivative, BlockBuilder into, Func<Slot, Operand?> given)
    {
        _locals.Clear();
        return derivative.Embed(into, i =>
        {
            var (slot, parameter) = (derivative.Slots[i], derivative.Module.Root.Parameters[i]);
            if (slot.Kind == SlotKind.Primal) return _code.Point(parameter.Value);
            var operand = given(slot);
            if (parameter.Value.Type is not ArrayType) return operand ?? new NumberConstant((ScalarType)parameter.Value.Type, 0);
            var isInOut = _target.IsInOut(_target.Function.Parameters.First(p => p.Value.Equals(slot.Of)));
            if (!isInOut) return operand ?? throw new InvalidOperationException($"{parameter.Name} is not given.");
            var local = Local(slot, into);
            into.Add(operand is null ? new Fill(into.Elements(local), ArrayCode.Zero(local)) : new Copy(into.Elements(operand), into.Elements(local)));
            return local;
        }, checksArguments: false);
    }

    private static Function OnlyBy(Parameter column, Function target) =>
        target with { Parameters = target.Parameters.Select(p => p with { Wrt = p.Value.Equals(column.Value) }).ToImmutableArray() };

    /// <summary>
    /// The target with one output. Of the others, buffers that have columns stay what they are, and numbers that go in and out only go in.
    /// </summary>
    private Function OnlyOf(Parameter? output, Function target)
    {
        bool IsColumn(Parameter p) => _columns.Any(c => p.Value.Equals(c.Of!.Value));
        bool IsOther(Parameter p) => !Equals(p.Value, output?.Value) && _rows.Any(r => p.Value.Equals(r.Of?.Value));
        var yields = new Queue<Operand>(target.Body.Yields);
        var kept = new List<Operand>();
        var returns = target.Returns;
        if (returns is not null)
        {
            var value = yields.Dequeue();
            if (output is null) kept.Add(value);
            else returns = null;
        }

        var parameters = target.Parameters.Select(p =>
        {
            var result = p.IsResult ? yields.Dequeue() : null;
            if (IsOther(p) && IsColumn(p) && result is not null) return p with { Mode = ParameterMode.Value };
            if (result is not null) kept.Add(result);
            return IsOther(p) && !IsColumn(p) ? p with { Scratch = true } : p;
        }).ToImmutableArray();
        return target with { Parameters = parameters, Returns = returns, Body = target.Body with { Yields = kept.ToImmutableArray() }, PrimalResults = kept.Count };
    }

    /// <summary>Whether the target gives more than derivatives.</summary>
    private bool IsPlainWanted => _code.ReturnsValue || _target.Function.Parameters.Any(p => p.IsResult || _target.IsWritten(p));

    /// <summary>What the target itself gives, by a run of its own; null if nothing of it is wanted.</summary>
    private Results? Plain() => IsPlainWanted ? Run(_code.Derivatives.Plain(_plain), _code.Block, _ => null) : null;

    private Function Finish(Results? results) => _code.Finish(results, _ => throw new InvalidOperationException());

    /// <summary>An array for this run, made where it is asked for the first time.</summary>
    private Operand Local(Slot slot, BlockBuilder into) => _locals.TryGetValue(slot, out var known) ? known
        : _locals[slot] = ArrayCode.Like(_code.Point(slot.Of!), into, slot.Of!.Name + slot.Kind);
}
