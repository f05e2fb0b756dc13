using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// One walk over a function that replaces each value by an equal one that is already there. <see cref="ExpressionKey"/> says what an
/// operation computes. Inner blocks see the values of enclosing blocks, but not the other way round. (Value numbering: Cocke and Schwartz
/// 1970.)
/// </summary>
internal sealed class SubexpressionPass
{
    private readonly Function _function;
    private readonly Definitions _definitions;
    private readonly Effects _effects;
    private readonly Substitution _map = new();
    private readonly Dictionary<Operand, int> _memory = new();
    private readonly Dictionary<ExpressionKey, Value?> _known = new();
    private readonly List<ExpressionKey> _entered = new();
    private readonly Dictionary<Value, Op> _ops = new();
    private readonly ValueSource _values;
    private readonly Shapes _shapes;
    private readonly EarlierBranches? _branches;
    private int _states;

    /// <param name="function">The function.</param>
    /// <param name="sharesBranches">Whether branches on the same condition share what they compute.</param>
    public SubexpressionPass(Function function, bool sharesBranches = false)
    {
        _function = function;
        _values = new ValueSource(function.MaxId() + 1);
        _definitions = new Definitions(function);
        _effects = new Effects(_definitions);
        _shapes = new Shapes(operand => operand is Value value && _ops.TryGetValue(value, out var op) ? op : null);
        if (sharesBranches) _branches = new EarlierBranches(_values);
    }

    public Block Run() => Visit(_function.Body);

    /// <param name="block">The block.</param>
    /// <param name="known">Receives the expressions that it computes itself.</param>
    private Block Visit(Block block, List<(ExpressionKey Key, Value Value)>? known = null)
    {
        var (scope, branches) = (_entered.Count, _branches?.Count ?? 0);
        var ops = new List<Op>();
        foreach (var op in block.Ops)
        {
            Visit(op, ops);
            // Nothing after a throw runs.
            if (ops.Count > 0 && ops[ops.Count - 1] is Throw) break;
        }

        known?.AddRange(_entered.Skip(scope).Where(key => _known[key] is not null).Select(key => (key, _known[key]!)));
        Leave(scope);
        _branches?.Forget(branches);
        return new Block(ops.ToImmutableArray(), _map.Map(block.Yields));
    }

    private void Leave(int scope)
    {
        for (var i = scope; i < _entered.Count; i++) _known.Remove(_entered[i]);
        _entered.RemoveRange(scope, _entered.Count - scope);
    }

    private void Visit(Op op, List<Op> ops)
    {
        switch (op)
        {
            case If @if:
                VisitIf(@if, ops);
                return;
            case Loop loop:
                VisitLoop(loop, ops);
                return;
        }

        var mapped = _shapes.Simplify(_map.Map(op));
        if (_shapes.Holds(mapped)) return;
        if (_shapes.Known(mapped) is { } same)
        {
            _map[mapped.Results[0]] = same;
            return;
        }

        if (mapped is Compute compute)
        {
            if (Folding.Fold(compute) is { } folded)
            {
                _map[compute.Result] = folded;
                return;
            }

            if (compute.Code == Opcode.Negate && compute.Result.Type.IsFloat && Negated(compute.Args[0]) is { } twice)
            {
                _map[compute.Result] = twice;
                return;
            }

            if (Absorb(compute) is { } simpler) mapped = compute = simpler;
            if (Unit(compute) is { } negation) mapped = compute = negation;
            if (Doubling(compute) is { } doubled) mapped = compute = doubled;
            if (PullNegation(compute) is { } product)
            {
                Visit(product, ops);
                mapped = compute with { Code = Opcode.Negate, Args = ImmutableArray.Create(_map.Map(product.Result)) };
            }
        }

        if (mapped is View { Start: IntegerConstant { Number: 0 }, Count: { } count } view
            && count.Equals(LengthOf(view.Array)) && view.Array.Type.Equals(view.Result.Type))
        {
            _map[view.Result] = view.Array;
            return;
        }

        if (mapped is Length length && LengthOf(length.Array) is { } known)
        {
            _map[length.Result] = known;
            return;
        }

        if (ExpressionKey.Of(mapped, State) is { } key)
        {
            if (_known.TryGetValue(key, out var equal))
            {
                if (equal is not null) _map[mapped.Results[0]] = equal;
                return;
            }

            Enter(key, mapped.Results.FirstOrDefault());
        }

        foreach (var result in mapped.Results) _ops[result] = mapped;
        ops.Add(mapped);
        _branches?.Note(mapped.Results);
        Touch(mapped);
    }

    private void Enter(ExpressionKey key, Value? value)
    {
        _known.Add(key, value);
        _entered.Add(key);
    }

    /// <summary>a + (−b) is a − b and a − (−b) is a + b, to the last bit; −(−a) is a; not (a &lt; b) is a ≥ b for integers.</summary>
    private Compute? Absorb(Compute compute)
    {
        if (!compute.Result.Type.IsFloat) return null;
        return compute.Code switch
        {
            Opcode.Add when Negated(compute.Args[1]) is { } b => compute with { Code = Opcode.Subtract, Args = ImmutableArray.Create(compute.Args[0], b) },
            Opcode.Add when Negated(compute.Args[0]) is { } a => compute with { Code = Opcode.Subtract, Args = ImmutableArray.Create(compute.Args[1], a) },
            Opcode.Subtract when Negated(compute.Args[1]) is { } b => compute with { Code = Opcode.Add, Args = ImmutableArray.Create(compute.Args[0], b) },
            _ => null,
        };
    }

    private Operand? Negated(Operand operand) =>
        operand is Value value && _ops.TryGetValue(value, out var op) && op is Compute { Code: Opcode.Negate, Checked: false } negate ? negate.Args[0] : null;

    /// <summary>a + a is 2 · a, and 2 · (2 · a) is 4 · a, for all powers of two: such factors never round.</summary>
    private Compute? Doubling(Compute compute)
    {
        if (compute.Result.Type is not ScalarType { Kind: ScalarKind.Float, IsTypeParameter: false } type) return null;
        if (compute.Code == Opcode.Add && compute.Args[0] is Value && compute.Args[0].Equals(compute.Args[1]))
        {
            compute = compute with { Code = Opcode.Multiply, Args = ImmutableArray.Create(new NumberConstant(type, 2), compute.Args[0]) };
            return Doubling(compute) ?? compute;
        }

        if (compute.Code != Opcode.Multiply || PowerOfTwo(compute.Args[0]) is not { } outer || compute.Args[1] is not Value factor) return null;
        if (!_ops.TryGetValue(factor, out var op) || op is not Compute { Code: Opcode.Multiply } inner) return null;
        if (PowerOfTwo(inner.Args[0]) is not { } scale) return null;
        return compute with { Args = ImmutableArray.Create(new NumberConstant(type, outer * scale), inner.Args[1]) };
    }

    private static double? PowerOfTwo(Operand operand) =>
        operand is NumberConstant { Number: 2 or 4 or 8 or 16 or 0.5 or 0.25 } constant ? constant.Number : null;

    /// <summary>−1 · a is −a.</summary>
    private static Compute? Unit(Compute compute)
    {
        if (compute.Code != Opcode.Multiply || !compute.Result.Type.IsFloat) return null;
        for (var i = 0; i < 2; i++)
        {
            if (compute.Args[i] is not NumberConstant number || !number.Is(-1)) continue;
            return compute with { Code = Opcode.Negate, Args = ImmutableArray.Create(compute.Args[1 - i]) };
        }

        return null;
    }

    /// <summary>
    /// Pulls a minus sign out of an operation; null if there is none. (−a) · b is −(a · b) to the last bit, and likewise for a quotient. −a
    /// − b is −(a + b), except for the sign of a zero.
    /// </summary>
    private Compute? PullNegation(Compute compute)
    {
        if (!compute.Result.Type.IsFloat) return null;
        if (compute.Code == Opcode.Subtract && Negated(compute.Args[0]) is { } positive)
        {
            return compute with { Result = _values.Fresh(compute.Result.Type), Code = Opcode.Add, Args = ImmutableArray.Create(positive, compute.Args[1]) };
        }

        if (compute.Code is not (Opcode.Multiply or Opcode.Divide)) return null;
        var at = Negated(compute.Args[0]) is not null ? 0 : Negated(compute.Args[1]) is not null ? 1 : -1;
        return at < 0 ? null : compute with { Result = _values.Fresh(compute.Result.Type), Args = compute.Args.SetItem(at, Negated(compute.Args[at])!) };
    }

    private Operand? LengthOf(Operand array) =>
        array is Value value && _ops.TryGetValue(value, out var op) && ArrayLengths.Made(op) is { Type: var type } length && type == ScalarType.Int32
            ? length
            : null;

    private void VisitIf(If op, List<Op> ops)
    {
        var condition = _map.Map(op.Condition);
        if (condition is BoolConstant constant)
        {
            var block = constant.Flag ? op.Then : op.Else;
            foreach (var inner in block.Ops)
            {
                Visit(inner, ops);
                if (ops.Count > 0 && ops[ops.Count - 1] is Throw) return;
            }

            for (var i = 0; i < op.Values.Length; i++) _map[op.Values[i]] = _map.Map(block.Yields[i]);
            return;
        }

        var known = new[] { new List<(ExpressionKey, Value)>(), new List<(ExpressionKey, Value)>() };
        var then = VisitBranch(op, condition, 0, known[0]);
        var @else = VisitBranch(op, condition, 1, known[1]);
        var values = ImmutableArray.CreateBuilder<Value>();
        var (thenYields, elseYields) = (ImmutableArray.CreateBuilder<Operand>(), ImmutableArray.CreateBuilder<Operand>());
        var throws = (Then: then.Throws(), Else: @else.Throws());
        for (var i = 0; i < op.Values.Length; i++)
        {
            var (whenTrue, whenFalse) = (throws.Then ? null : then.Yields[i], throws.Else ? null : @else.Yields[i]);
            if (Merge(op.Values[i], condition, whenTrue, whenFalse) is { } merged)
            {
                _map[op.Values[i]] = merged;
                continue;
            }

            values.Add(op.Values[i]);
            if (whenTrue is not null) thenYields.Add(whenTrue);
            if (whenFalse is not null) elseYields.Add(whenFalse);
        }

        (then, @else) = (then with { Yields = thenYields.ToImmutable() }, @else with { Yields = elseYields.ToImmutable() });
        if (_branches is not null) (then, @else) = (_branches.Rewritten(then), _branches.Rewritten(@else));
        ops.Add(op with { Condition = condition, Then = then, Else = @else, Values = values.ToImmutable() });
        _branches?.Add(ops, known);
        // Where one branch throws, the code after the If runs only on the other's condition; that fact is not used.
    }

    private Block VisitBranch(If op, Operand condition, int number, List<(ExpressionKey Key, Value Value)> known)
    {
        var (scope, block) = (_entered.Count, op.Blocks()[number]);
        foreach (var (key, value) in _branches?.Known(condition, number) ?? Enumerable.Empty<(ExpressionKey, Value)>())
        {
            if (!_known.ContainsKey(key)) Enter(key, value);
        }

        var visited = Visit(block, known);
        Leave(scope);
        Forget(block);
        return visited;
    }

    /// <summary>The operand that equals an If's result: the one that both branches yield, or the condition itself.</summary>
    private Operand? Merge(Value result, Operand condition, Operand? then, Operand? @else)
    {
        if (then is null || @else is null) return null;
        if (then.Equals(@else) && IsVisible(then)) return then;
        if (result.Type == ScalarType.Bool && then is BoolConstant { Flag: true } && @else is BoolConstant { Flag: false }) return condition;
        return _branches?.Equal(result, then, @else);
    }

    // Both branches yielding the same value means that it was defined before them.
    private static bool IsVisible(Operand operand) => operand is Value or NumberConstant or IntegerConstant or BoolConstant or SymbolConstant;

    private void VisitLoop(Loop op, List<Op> ops)
    {
        // A variable that keeps its value is no variable. Of two that start equal and step equal, one is enough.
        var kept = new List<int>();
        for (var i = 0; i < op.Carried.Length; i++)
        {
            var carried = op.Carried[i];
            if (op.Body.Yields[i].Equals(carried.Param))
            {
                _map[carried.Param] = _map.Map(carried.Init);
                _map[carried.Result] = _map.Map(carried.Init);
            }
            else
            {
                kept.Add(i);
            }
        }

        var inits = kept.Select(i => _map.Map(op.Carried[i].Init)).ToList();
        var (start, end) = op is For bounds ? (_map.Map(bounds.Start), _map.Map(bounds.End)) : (null, null);
        // Memory that the loop writes has another state in every iteration, also before the first write in the body.
        Forget(op.Body);
        if (op is For counted) _shapes.Enter(counted, start!, end!);
        _branches?.Note(op.BlockParameters());
        Block? condition = null;
        if (op is While @while) condition = Visit(@while.Condition);
        var body = Visit(op.Body);
        var exit = op.Exit is null ? null : _map.Map(op.Exit);
        Forget(op.Body);
        if (exit is BoolConstant { Flag: false }) exit = null;
        var carriedVariables = kept.Select((i, k) => op.Carried[i] with { Init = inits[k] }).ToImmutableArray();
        body = body with { Yields = kept.Select(i => body.Yields[i]).ToImmutableArray() };

        var invariant = new LoopInvariants(op.WithBody(body));
        foreach (var moved in invariant.Moved)
        {
            // An equal value may exist outside already; the next round finds it.
            ops.Add(moved);
        }

        body = body with { Ops = invariant.Remaining };
        ops.Add(op switch
        {
            For loop => loop with { Start = start!, End = end!, Carried = carriedVariables, Body = body, Exit = exit },
            While loop => loop with { Carried = carriedVariables, Condition = condition!, Body = body, Exit = exit },
            _ => throw new UnknownOperationException("The subexpression pass", op),
        });
        _branches?.Note(ops[ops.Count - 1].Results);
    }

    private void Touch(Op op)
    {
        foreach (var array in op.ElementsWritten()) _memory[_definitions.Root(_map.Map(array))] = ++_states;
    }

    private void Forget(Block block)
    {
        foreach (var root in _effects.Writes(block)) _memory[_map.Map(root)] = ++_states;
    }

    private int State(Operand array) => _memory.TryGetValue(_definitions.Root(array), out var state) ? state : 0;
}
