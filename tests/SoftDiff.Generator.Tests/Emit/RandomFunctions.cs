using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using static SoftDiff.Generator.Tests.Emit.FunctionBuilder;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>
/// Functions with every kind of control flow and of traffic through loop variables: swaps, rotations, values read after their variable's
/// next value is known, exits, counts of trips, scratch in loops, writes between a load and its use.
/// </summary>
internal sealed class RandomFunctions
{
    private static readonly string[] Hints = { "", "", "", "s", "tBar", "u" };
    private static readonly string[] UserNames = { "a", "s", "x", "total", "value" };

    private readonly Random _random;
    private readonly FunctionBuilder _f;
    private readonly List<Value> _arrays = new();
    private Value? _tape;

    private RandomFunctions(int seed, string name)
    {
        _random = new Random(seed);
        _f = new FunctionBuilder(name);
    }

    /// <summary><c>double name(double x, double y, int n, span a, span b, ref double r, out double d)</c>; n is at least 1, spans have 8 elements.</summary>
    public static Function Create(int seed, string name, string? callee) => new RandomFunctions(seed, name).Create(callee);

    private sealed record Scope(ImmutableList<Operand> Doubles, ImmutableList<Operand> Ints, ImmutableList<Operand> Bools);

    private Function Create(string? callee)
    {
        var x = _f.Parameter("x");
        var y = _f.Parameter("y");
        var n = _f.Parameter("n", ScalarType.Int32);
        _arrays.Add(_f.Parameter("a", ReadOnly));
        _arrays.Add(_f.Parameter("b", FunctionBuilder.Span));
        var r = _f.Parameter("r", mode: ParameterMode.Ref);
        _f.Parameter("d", mode: ParameterMode.Out);
        var scope = new Scope(
            ImmutableList.Create<Operand>(x, y, r, N(0.5), N(-1)), ImmutableList.Create<Operand>(n, I(0), I(3)), ImmutableList.Create<Operand>(BoolConstant.True));
        var block = _f.Block();
        if (Chance(3))
        {
            _tape = _f.Value("tape", TapeType.Instance);
            block.Add(new OpenTape(_tape));
        }

        scope = Fill(block, scope, 3, 7, callee);
        var results = new Operand[] { Pick(scope.Doubles), Pick(scope.Doubles), Pick(scope.Doubles) };
        if (Chance(2))
        {
            var condition = Pick(scope.Bools);
            var values = new[] { Fresh(ScalarType.Double), Fresh(ScalarType.Double), Fresh(ScalarType.Double) };
            block.Add(new If(condition, Branch(scope, 1, 3), Branch(scope, 1, 3), values.ToImmutableArray()));
            for (var i = 0; i < 3; i++)
            {
                if (!Chance(4)) results[i] = Pick(values.ToImmutableList<Operand>());
            }
        }

        return _f.Returns(block.Build(results));
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private Operand Pick(ImmutableList<Operand> from) =>
        from[Chance(2) ? Math.Max(0, from.Count - 1 - _random.Next(4)) : _random.Next(from.Count)];

    private Value Fresh(IrType type) =>
        Chance(4) ? _f.User(UserNames[_random.Next(UserNames.Length)], type) : _f.Value(Hints[_random.Next(Hints.Length)], type);

    private Block Branch(Scope scope, int depth, int results)
    {
        var block = _f.Block();
        var inner = Fill(block, scope, depth, _random.Next(4), null);
        return block.Build(Enumerable.Range(0, results).Select(_ => Pick(inner.Doubles)));
    }

    private Scope Fill(BlockBuilder block, Scope scope, int depth, int count, string? callee)
    {
        for (var i = 0; i < count; i++) scope = Step(block, scope, depth, callee);
        return scope;
    }

    private Scope Step(BlockBuilder block, Scope scope, int depth, string? callee)
    {
        switch (_random.Next(depth > 0 ? 16 : 11))
        {
            case 0 or 1 or 2: return Computed(block, scope);
            case 3: return Number(block, scope, Opcode.Sin, Pick(scope.Doubles));
            case 4: return Number(block, scope, Opcode.Negate, Pick(scope.Doubles));
            case 5: return Integer(block, scope);
            case 6: return Condition(block, scope);
            case 7:
            {
                var load = new Load(Fresh(ScalarType.Double), _arrays[_random.Next(_arrays.Count)], Index(block, scope));
                block.Add(load);
                return scope with { Doubles = scope.Doubles.Add(load.Result) };
            }
            case 8:
            {
                var index = Index(block, scope);
                block.Add(Chance(2) ? new Store(_arrays[1], index, Pick(scope.Doubles)) : new Accumulate(_arrays[1], index, Pick(scope.Doubles)));
                return scope;
            }
            case 9: return Called(block, scope, callee);
            case 10: return Taped(block, scope, depth);
            case 11 or 12: return Branched(block, scope, depth);
            case 13: return Scratch(block, scope);
            default: return Looped(block, scope, depth);
        }
    }

    private Scope Number(BlockBuilder block, Scope scope, Opcode code, params Operand[] args) =>
        scope with { Doubles = scope.Doubles.Add(block.Named(Fresh(ScalarType.Double), code, args)) };

    private Scope Computed(BlockBuilder block, Scope scope) => _random.Next(6) switch
    {
        0 or 1 => Number(block, scope, Opcode.Add, Pick(scope.Doubles), Pick(scope.Doubles)),
        2 => Number(block, scope, Opcode.Subtract, Pick(scope.Doubles), Pick(scope.Doubles)),
        3 => Number(block, scope, Opcode.Multiply, Pick(scope.Doubles), Pick(scope.Doubles)),
        4 => Number(block, scope, Opcode.Select, Pick(scope.Bools), Pick(scope.Doubles), Pick(scope.Doubles)),
        _ => Number(block, scope, Opcode.Convert, Pick(scope.Ints)),
    };

    private Scope Integer(BlockBuilder block, Scope scope)
    {
        if (Chance(4))
        {
            var length = new Length(Fresh(ScalarType.Int32), _arrays[0]);
            block.Add(length);
            return scope with { Ints = scope.Ints.Add(length.Result) };
        }

        var code = _random.Next(3) switch { 0 => Opcode.Add, 1 => Opcode.Subtract, _ => Opcode.BitAnd };
        return scope with { Ints = scope.Ints.Add(block.Named(Fresh(ScalarType.Int32), code, Pick(scope.Ints), Pick(scope.Ints))) };
    }

    private Scope Condition(BlockBuilder block, Scope scope)
    {
        var result = Fresh(ScalarType.Bool);
        switch (_random.Next(4))
        {
            case 0: block.Named(result, Opcode.Less, Pick(scope.Ints), Pick(scope.Ints)); break;
            case 1: block.Named(result, Opcode.Not, Pick(scope.Bools)); break;
            case 2:
            {
                var then = _f.Block();
                var inner = then.Named(Fresh(ScalarType.Bool), Opcode.GreaterEqual, Pick(scope.Doubles), Pick(scope.Doubles));
                var other = _f.Block().Build(BoolConstant.False);
                block.Add(new If(Pick(scope.Bools), Chance(2) ? then.Build(inner) : other, Chance(2) ? _f.Block().Build(BoolConstant.True) : other, ImmutableArray.Create(result)));
                break;
            }
            default: block.Named(result, Opcode.Less, Pick(scope.Doubles), Pick(scope.Doubles)); break;
        }

        return scope with { Bools = scope.Bools.Add(result) };
    }

    private Value Index(BlockBuilder block, Scope scope) => block.Named(_f.Value("", ScalarType.Int32), Opcode.BitAnd, Pick(scope.Ints), I(7));

    private Scope Called(BlockBuilder block, Scope scope, string? callee)
    {
        if (callee is null) return scope;
        var results = new[] { Fresh(ScalarType.Double), Fresh(ScalarType.Double), Fresh(ScalarType.Double) };
        var n = block.Named(_f.Value("", ScalarType.Int32), Opcode.BitAnd, Pick(scope.Ints), I(3));
        var args = new[] { Pick(scope.Doubles), Pick(scope.Doubles), n, _arrays[0], _arrays[1], Pick(scope.Doubles) };
        block.Add(new Call(results.ToImmutableArray(), callee, args.ToImmutableArray()));
        return scope with { Doubles = scope.Doubles.AddRange(results) };
    }

    private Scope Taped(BlockBuilder block, Scope scope, int depth)
    {
        if (_tape is null) return scope;
        block.Add(new Push(_tape, Pick(scope.Doubles)));
        block.Add(new PushArray(_tape, _arrays[1]));
        scope = Fill(block, scope, depth - 1, 2, null);
        block.Add(new PopArray(_tape, _arrays[1]));
        var pop = new Pop(Fresh(ScalarType.Double), _tape);
        block.Add(pop);
        return scope with { Doubles = scope.Doubles.Add(pop.Result) };
    }

    private Scope Branched(BlockBuilder block, Scope scope, int depth)
    {
        var results = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Fresh(ScalarType.Double)).ToImmutableArray();
        block.Add(new If(Pick(scope.Bools), Branch(scope, depth - 1, results.Length), Branch(scope, depth - 1, results.Length), results));
        return scope with { Doubles = scope.Doubles.AddRange(results) };
    }

    private Scope Scratch(BlockBuilder block, Scope scope)
    {
        var array = _f.Value("buffer", FunctionBuilder.Span);
        block.Add(new Allocate(array, Chance(2) ? I(8) : block.Named(_f.Value("", ScalarType.Int32), Opcode.Add, block.Length(_arrays[0]), I(1)), Cleared: true));
        block.Add(new Accumulate(array, Index(block, scope), Pick(scope.Doubles)));
        if (Chance(3)) block.Add(new Fill(array, Pick(scope.Doubles)));
        var load = new Load(Fresh(ScalarType.Double), array, Index(block, scope));
        block.Add(load);
        return scope with { Doubles = scope.Doubles.Add(load.Result) };
    }

    private Scope Looped(BlockBuilder block, Scope scope, int depth)
    {
        var count = _random.Next(1, 4);
        var parameters = Enumerable.Range(0, count).Select(_ => Fresh(ScalarType.Double)).ToArray();
        var inits = parameters.Select(_ => Pick(scope.Doubles)).ToArray();
        var results = parameters.Select(p => Chance(2) ? Fresh(ScalarType.Double) : _f.Values.Fresh(p.Type, p.Name) with { IsUserNamed = p.IsUserNamed }).ToArray();
        var trips = Chance(3) ? Fresh(ScalarType.Int32) : null;
        var inner = scope with { Doubles = scope.Doubles.AddRange(parameters) };
        var after = scope with { Doubles = scope.Doubles.AddRange(results), Ints = trips is null ? scope.Ints : scope.Ints.Add(trips) };
        var body = _f.Block();
        if (Chance(2))
        {
            var index = _f.User("i", ScalarType.Int32);
            inner = Fill(body, inner with { Ints = inner.Ints.Add(index) }, depth - 1, _random.Next(1, 6), null);
            var (yields, exit) = Next(body, inner, depth, count);
            var end = block.Named(_f.Value("", ScalarType.Int32), Opcode.BitAnd, Pick(scope.Ints), I(3));
            var (start, stop, step) = _random.Next(4) switch
            {
                0 => ((Operand)end, (Operand)I(0), -1),
                1 => (I(0), I(7), 3),
                2 => (I(0), block.Named(_f.Value("", ScalarType.Int32), Opcode.Subtract, end, I(1)), 1),
                _ => (I(0), end, 1),
            };
            block.Add(new For(index, start, stop, step, Chance(3), Carried(parameters, inits, results), body.Build(yields), exit, trips));
            return after;
        }

        var (left, leftResult) = (_f.Value("left", ScalarType.Int32), _f.Value("left", ScalarType.Int32));
        var condition = _f.Block();
        var goOn = condition.Bool(Opcode.Less, I(0), left);
        if (Chance(3))
        {
            var more = Fill(condition, inner, 0, 2, null);
            goOn = condition.Named(_f.Value("", ScalarType.Bool), Opcode.BitAnd, goOn, condition.Bool(Opcode.Less, Pick(more.Doubles), N(100)));
        }

        inner = Fill(body, inner with { Ints = inner.Ints.Add(left) }, depth - 1, _random.Next(1, 6), null);
        var (next, leave) = Next(body, inner, depth, count);
        var fewer = body.Int(Opcode.Subtract, left, I(1));
        block.Add(new While(
            Carried(parameters.Append(left).ToArray(), inits.Append(I(3)).ToArray(), results.Append(leftResult).ToArray()),
            condition.Build(goOn), body.Build(next.Append(fewer)), leave, trips));
        return after;
    }

    /// <summary>What the body yields, and perhaps an exit: a condition, or the result of an if like those <c>break</c> becomes.</summary>
    private (Operand[] Yields, Operand? Exit) Next(BlockBuilder body, Scope inner, int depth, int count)
    {
        switch (_random.Next(4))
        {
            case 0: return (Yields(inner, count), Pick(inner.Bools));
            case 1:
            {
                var values = Enumerable.Range(0, count).Select(_ => Fresh(ScalarType.Double)).ToArray();
                var exit = _f.Value("", ScalarType.Bool);
                var (then, @else) = (Branch(inner, depth - 1, count), Branch(inner, depth - 1, count));
                var swap = Chance(2);
                body.Add(new If(
                    Pick(inner.Bools),
                    then with { Yields = then.Yields.Add(swap ? BoolConstant.False : BoolConstant.True) },
                    @else with { Yields = @else.Yields.Add(swap ? BoolConstant.True : Chance(2) ? BoolConstant.False : Pick(inner.Bools)) },
                    values.Append(exit).ToImmutableArray()));
                return (values.Select(v => Chance(4) ? Pick(inner.Doubles) : v).ToArray(), exit);
            }
            default: return (Yields(inner, count), null);
        }
    }

    private Operand[] Yields(Scope inner, int count) => Enumerable.Range(0, count).Select(_ => Pick(inner.Doubles)).ToArray();

    private static ImmutableArray<Carried> Carried(Value[] parameters, Operand[] inits, Value[] results) =>
        parameters.Select((p, i) => new Carried(p, inits[i], results[i])).ToImmutableArray();
}
