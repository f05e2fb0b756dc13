using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Checks the indices of a loop before it, all at once. Input and output: a simplified function. An index i + c that runs along an axis is
/// checked by <see cref="RequireIndices"/> before the loop, and so is an index that the loop does not change. Checks of inner loops move
/// out of outer ones in the same way. The exception is the same, only earlier, as in <see cref="SliceRows"/>. Loops that may end early, that
/// throw, call something or change objects stay as they are.
/// </summary>
internal sealed class HoistIndexChecks
{
    private readonly ValueSource _values;
    private readonly Substitution _map = new();

    private HoistIndexChecks(Function function) => _values = new ValueSource(function.MaxId() + 1);

    public static Function Run(Function function, CancellationToken cancellation)
    {
        if (!function.Body.AllOps().Any(op => op is Compute { Code: Opcode.CheckIndex })) return function;
        var pass = new HoistIndexChecks(function);
        var hoisted = function.RewriteOps((op, before) =>
        {
            if (op is For loop && CanMoveChecks(loop)) pass.Hoist(loop, before);
            else before.Add(op);
        });
        return Simplifier.Run(hoisted with { Body = pass._map.Map(hoisted.Body) }, cancellation);
    }

    private static bool CanMoveChecks(For loop) =>
        loop is { Exit: null, Step: 1 or -1 } && loop.Index.Type == ScalarType.Int32
        && !loop.Body.AllOps().Any(op => op is Throw or Call or Invoke or RuleCall or While or For { Exit: not null }
            or Evaluate { Effect: ObjectEffect.Act or ObjectEffect.Call });

    private void Hoist(For loop, ImmutableArray<Op>.Builder before)
    {
        var (range, body) = (new Range(loop, _values, before), ImmutableArray.CreateBuilder<Op>());
        var onlyIfItRuns = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in loop.Body.Ops)
        {
            switch (op)
            {
                case Compute { Code: Opcode.CheckIndex } check when range.Of(check) is { } along:
                    _map[check.Result] = _map.Map(check.Args[0]);
                    if (!Holds(along)) Add(along with { Line = op.Line }, before);
                    break;
                case Compute { Code: Opcode.CheckIndex } check when range.IsFixed(check.Args[0]) && range.IsFixed(check.Args[1]):
                    var (index, length) = (range.Fixed(check.Args[0]), range.Fixed(check.Args[1]));
                    _map[check.Result] = _map.Map(check.Args[0]);
                    Add(new RequireIndices(index, index, Inclusive: true, length) { Line = op.Line }, onlyIfItRuns);
                    break;
                case RequireIndices require when range.Union(require) is { } union:
                    Add(union, range.IsEmptyWithoutIteration(require) ? before : onlyIfItRuns);
                    break;
                case If branch when range.Union(branch) is { } union:
                    onlyIfItRuns.Add(union);
                    break;
                default:
                    body.Add(op);
                    break;
            }
        }

        if (onlyIfItRuns.Count > 0)
        {
            var checks = Block.Empty with { Ops = onlyIfItRuns.ToImmutable() };
            before.Add(new If(range.Runs(), checks, Block.Empty, ImmutableArray<Value>.Empty) { Line = loop.Line });
        }

        before.Add(loop with { Body = loop.Body with { Ops = body.ToImmutable() } });
    }

    private static bool Holds(RequireIndices checks) =>
        checks is { First: IntegerConstant { Number: >= 0 }, Inclusive: false } && checks.End.Equals(checks.Length);

    private static void Add(RequireIndices require, ImmutableArray<Op>.Builder to)
    {
        bool IsSame(Op op) =>
            op is RequireIndices other && other.Inclusive == require.Inclusive && other.Reads().SequenceEqual(require.Reads());
        if (!to.Any(IsSame)) to.Add(require);
    }

    /// <summary>The indices that a loop visits, computed before it.</summary>
    private sealed class Range
    {
        private readonly For _loop;
        private readonly ValueSource _values;
        private readonly ImmutableArray<Op>.Builder _before;
        private readonly LoopScope _scope;
        private readonly Dictionary<Operand, Operand> _moved = new();

        public Range(For loop, ValueSource values, ImmutableArray<Op>.Builder before) =>
            (_loop, _values, _before, _scope) = (loop, values, before, new LoopScope(loop));

        private bool IsUp => _loop.Step > 0;

        /// <summary>The requirement that all checks of the loop amount to; null if the index does not run along an axis.</summary>
        public RequireIndices? Of(Compute check)
        {
            if (!IsFixed(check.Args[1]) || AffineIndex.Of(check.Args[0], _loop, _scope)?.Distance is not { } distance) return null;
            var length = Fixed(check.Args[1]);
            var start = Plus(_loop.Start, distance);
            if (IsUp) return new RequireIndices(start, Plus(_loop.End, distance), _loop.Inclusive, length);
            return new RequireIndices(Plus(_loop.End, _loop.Inclusive ? distance : distance + 1), start, Inclusive: true, length);
        }

        /// <summary>
        /// The requirement that those of all iterations amount to, if there are iterations; null if it is not known. One bound at most may
        /// change with the index, so the indices of one iteration are among those of another.
        /// </summary>
        public RequireIndices? Union(RequireIndices require)
        {
            if (!IsFixed(require.Length)) return null;
            var (first, end) = (Extreme(require.First, least: true), Extreme(require.End, least: false));
            if (first is null || end is null || (!IsFixed(require.First) && !IsFixed(require.End))) return null;
            return require with { First = first, End = end, Length = Fixed(require.Length) };
        }

        /// <summary>A branch that does nothing but check, as this pass makes it, before the loop; null for any other.</summary>
        public If? Union(If branch)
        {
            if (!branch.Values.IsEmpty || !branch.Else.Ops.IsEmpty || !IsFixed(branch.Condition)) return null;
            Op? UnionOf(Op op) => op is RequireIndices require ? Union(require) : op is If inner ? Union(inner) : null;
            var unions = branch.Then.Ops.Select(UnionOf).ToList();
            if (unions.Contains(null)) return null;
            return branch with { Condition = Fixed(branch.Condition), Then = branch.Then with { Ops = unions.ToImmutableArray()! } };
        }

        /// <summary>Whether the union of requirements names no index if the loop has no iteration.</summary>
        public bool IsEmptyWithoutIteration(RequireIndices require) =>
            IsUp && require.First is IntegerConstant first && _loop.Start is IntegerConstant start && !IsFixed(require.End)
            && AffineIndex.Of(require.End, _loop, _scope)?.Distance is { } distance
            && start.Number - 1 + distance < first.Number + (require.Inclusive ? 0 : 1);

        /// <summary>Whether the loop has an iteration.</summary>
        public Operand Runs()
        {
            var code = (IsUp, _loop.Inclusive) switch
            {
                (true, false) => Opcode.Less,
                (true, true) => Opcode.LessEqual,
                (false, false) => Opcode.Greater,
                _ => Opcode.GreaterEqual,
            };
            return Compute(ScalarType.Bool, code, _loop.Start, _loop.End);
        }

        /// <summary>Whether an operand is the same in every iteration and can be computed before the loop.</summary>
        public bool IsFixed(Operand operand) =>
            _scope.IsOutside(operand)
            || (_scope.OpOf(operand) is Compute compute && compute.Freedom.HasFlag(Freedom.Move) && compute.Args.All(IsFixed));

        public Operand Fixed(Operand operand)
        {
            if (_scope.IsOutside(operand)) return operand;
            if (_moved.TryGetValue(operand, out var known)) return known;
            var compute = (Compute)_scope.OpOf(operand)!;
            var moved = compute with { Result = _values.Fresh(compute.Result.Type), Args = compute.Args.Select(Fixed).ToImmutableArray() };
            _before.Add(moved);
            return _moved[operand] = moved.Result;
        }

        /// <summary>The least or largest value of an operand; null if it is not the index and a constant.</summary>
        private Operand? Extreme(Operand operand, bool least)
        {
            if (IsFixed(operand)) return Fixed(operand);
            if (AffineIndex.Of(operand, _loop, _scope)?.Distance is not { } distance) return null;
            if (least == IsUp) return Plus(_loop.Start, distance);
            return Plus(_loop.End, _loop.Inclusive ? distance : distance - _loop.Step);
        }

        private Operand Plus(Operand number, long distance) =>
            distance == 0 ? number
            : number is IntegerConstant constant ? constant with { Number = unchecked((int)(constant.Number + distance)) }
            : Compute(ScalarType.Int32, Opcode.Add, number, new IntegerConstant(ScalarType.Int32, distance));

        private Value Compute(ScalarType type, Opcode code, params Operand[] args)
        {
            var result = _values.Fresh(type);
            _before.Add(new Compute(result, code, ImmutableArray.Create(args)));
            return result;
        }
    }
}
