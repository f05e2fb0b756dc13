using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Handles arrays that iterations of a loop make and leave in its variables. Each variable gets arrays before the loop, and the iteration's
/// arrays are copied to them when it ends. If two variables hold one array, each gets a copy. Copies behave like the original as long as
/// nobody writes to them. If lengths differ from iteration to iteration, the array before the loop is as long as the longest
/// (<see cref="LargestArray"/>).
/// </summary>
internal sealed class LoopArrays
{
    private readonly Point _point;
    private readonly Branches _branches;
    private readonly ArrayVariables _arrays;
    private readonly BlockBuilder _before;
    private readonly int _first;
    private readonly SyntaxNode _loop;
    private readonly Value? _index;
    private readonly Dictionary<(object Variable, int Position, Operand Length), Value> _kept = new();
    private readonly Dictionary<(object Variable, int Position), LargestArray> _largest = new();
    private readonly Dictionary<Value, (object Variable, Operand? Length)> _owners = new();
    private readonly List<Compute> _computed = new();
    private readonly HashSet<object> _assumed = new();
    private BlockBuilder _body;
    private Dictionary<Value, Op> _definitions = new();
    private IReadOnlyDictionary<object, Operand> _entry = null!, _inside = null!, _next = null!;
    private Dictionary<object, ArrayChoice> _last = new();

    /// <param name="loop">The loop in the user's code.</param>
    /// <param name="index">The loop's index, which does not exist before the loop.</param>
    public LoopArrays(Point point, Branches branches, SyntaxNode loop, Value? index)
    {
        (_point, _branches, _arrays, _loop, _index) = (point, branches, branches.Arrays, loop, index);
        _before = _body = point.Block;
        _first = point.Values.Fresh(ScalarType.Int32).Id;
    }

    /// <summary>
    /// Copies the arrays of an iteration to those that the next iteration reads, where possible. True if the body must be lowered again,
    /// because further arrays must not be written.
    /// </summary>
    public bool Keep(
        IReadOnlyDictionary<object, Operand> entry, IReadOnlyDictionary<object, Operand> inside, Dictionary<object, Operand> next, Func<object, bool> isResult)
    {
        (_body, _entry, _inside, _next, _last) = (_point.Block, entry, inside, next, new());
        foreach (var variable in entry.Where(v => v.Value is { Type: ArrayType { IsTensor: false } } and not SymbolConstant { Expression: ArrayVariables.Merged }))
        {
            if (_arrays.Locate(next[variable.Key]) is { } last) _last[variable.Key] = last;
        }

        var leaving = _last.Keys.ToDictionary(variable => variable, Leaving);
        if (leaving.Values.All(l => l.Count == 0)) return false;
        var held = _last.Where(v => !isResult(v.Key)).ToDictionary(v => v.Key, v => v.Value);
        var copies = _arrays.Copies.Count;
        _definitions = _body.Build().AllOps().SelectMany(op => op.Results.Select(value => (value, op))).ToDictionary(d => d.value, d => d.op);
        foreach (var variable in InOrder(leaving))
        {
            var roots = leaving[variable];
            if (_last.Any(other => other.Key != variable && !isResult(other.Key) && Owns(variable, other.Value))) continue;
            var kept = roots.Select((root, i) => Kept(variable, root.Array, i)).ToList();
            if (kept.Contains(null)) continue;
            next[variable] = _last[variable] = Copied(_last[variable], roots, kept);

            // A returned array is not written any more.
            if (isResult(variable)) continue;
            bool IsHeldElsewhere(int number) => held.Any(other => other.Key != variable && other.Value.Has(number));
            foreach (var (root, copy) in roots.Zip(kept, (root, copy) => (root, copy!)).Where(r => IsHeldElsewhere(r.root.Number)))
            {
                _arrays.Copies.Add(copy);
                if (!ArrayMerges.Makes(_body, root.Array)) _arrays.Copies.Add(root.Array);
            }
        }

        return _arrays.Copies.Count > copies;
    }

    /// <summary>
    /// Arrays that a variable cannot keep: those that the iteration made, and those before the loop that belong to another variable.
    /// </summary>
    private List<(int Number, Operand Array)> Leaving(object variable) => _last[variable].Roots
        .Where(root => ArrayMerges.Makes(_body, root.Array) || (Owner(root.Array) is { } owner && owner != variable)).ToList();

    /// <summary>The variable to which the array before the loop belongs, if any.</summary>
    private object? Owner(Operand array) => array is Value value && _owners.TryGetValue(value, out var owner) ? owner.Variable : null;

    private bool Owns(object variable, ArrayChoice choice) => choice.Roots.Any(root => Owner(root.Array) == variable);

    /// <summary>The variables with an array to copy. A variable that holds another variable's array comes before that one.</summary>
    private List<object> InOrder(Dictionary<object, List<(int Number, Operand Array)>> leaving)
    {
        var (order, rest) = (new List<object>(), leaving.Keys.Where(variable => leaving[variable].Count > 0).ToList());
        while (rest.FirstOrDefault(variable => !rest.Any(other => other != variable && Owns(variable, _last[other]))) is { } next)
        {
            order.Add(next);
            rest.Remove(next);
        }

        return order;
    }

    /// <summary>The variable's array before the loop for an array of the iteration; null if there is none of the right length.</summary>
    private Value? Kept(object variable, Operand array, int position)
    {
        var made = _body.Find((Value)array) as Allocate;
        var isOwned = _owners.TryGetValue((Value)array, out var owner);
        if (made is null && !isOwned) return null;
        if ((isOwned ? owner.Length : Before(made!.Length)) is not { } length) return isOwned || IsMeasured(made!) ? Largest(variable, array, position) : null;
        if (_kept.TryGetValue((variable, position, length), out var known)) return known;

        // A negative length throws where the array is made, if that is reached.
        var count = _arrays.IsCount(length) ? length : Compute.AtLeastZero(length, _point.Values, _before.Add);
        return _kept[(variable, position, length)] = MakeBefore(variable, array, count, length);
    }

    /// <summary>Whether the length of an array is a number that the loop computes, and not the room for what is added to the array later.</summary>
    private bool IsMeasured(Allocate made) =>
        _arrays.Largest.ContainsKey(made.Result) || made.Length is not Value length || length.Id < _first || _definitions.ContainsKey(length);

    private Value Largest(object variable, Operand array, int position)
    {
        if (_largest.TryGetValue((variable, position), out var known)) return known.Elements;
        var capacity = _point.Values.Fresh(ScalarType.Int32);
        var kept = MakeBefore(variable, array, capacity, null);
        _arrays.Largest[kept] = _largest[(variable, position)] = new LargestArray(kept, capacity, new HashSet<Value>(), NameOf(variable), PlaceOf(variable));
        return kept;
    }

    private Value MakeBefore(object variable, Operand array, Operand count, Operand? length)
    {
        var kept = _point.Values.Fresh(((ArrayType)array.Type).AsSpan());
        _before.Add(new Allocate(kept, count, Cleared: true));
        _owners[kept] = (variable, length);
        _arrays.Kept.Add(kept);
        return kept;
    }

    private string NameOf(object variable) => _point.Env.NameOf(variable) is { Length: > 0 } name ? name : SourceLines.Short(_loop);

    /// <summary>Where the loop assigns a variable; the loop itself if that does not stand in it.</summary>
    private Location PlaceOf(object variable) => _loop.DescendantNodes().OfType<AssignmentExpressionSyntax>().Select(a => a.Left)
        .LastOrDefault(target => target.IsKind(SyntaxKind.IdentifierName) && target.ToString() == _point.Env.NameOf(variable))?.GetLocation()
        ?? _loop.GetFirstToken().GetLocation();

    private ArrayChoice Copied(ArrayChoice last, List<(int Number, Operand Array)> leaving, List<Value?> kept)
    {
        var result = last with { Roots = last.Roots.RemoveRange(leaving) };
        for (var i = 0; i < leaving.Count; i++)
        {
            var to = _arrays.Locate(kept[i]!)!.Roots;
            var (from, array) = (leaving[i], kept[i]!);
            Operand isHeld = last.Roots.Length == 1 ? BoolConstant.True : _body.Compute(ScalarType.Bool, Opcode.Equal, last.Which, Constants.Int(from.Number));
            void Copy()
            {
                var source = _arrays.View(from.Array, last.Start, last.Count);
                var part = _arrays.View(_point.Block, array, Constants.Int(0), last.Count);
                if (_arrays.Largest.TryGetValue(array, out var largest)) largest.Copied.Add(part);
                _arrays.AddCopy(source, part);
            }

            _branches.Branch(isHeld, Copy, () => { });
            Operand Either(Operand ifHeld, Operand otherwise) =>
                isHeld is BoolConstant ? ifHeld : _body.Compute(ScalarType.Int32, Opcode.Select, isHeld, ifHeld, otherwise);
            result = result.Among(to) with { Which = Either(Constants.Int(to[0].Number), result.Which), Start = Either(Constants.Int(0), result.Start) };
        }

        return result;
    }

    /// <summary>An operand of the body as computed before the loop; null if it may differ from one iteration to the next.</summary>
    private Operand? Before(Operand operand)
    {
        if (operand is not Value value || (value.Id < _first && !value.Equals(_index))) return operand;
        foreach (var variable in _inside)
        {
            if (variable.Value.Equals(value)) return IsSteadyNumber(variable.Key) ? _entry[variable.Key] : null;
            if (variable.Value is not ArrayChoice choice || !choice.Count.Equals(value)) continue;
            return IsSteady(variable.Key) ? ((ArrayChoice)_entry[variable.Key]).Count : null;
        }

        switch (_definitions.TryGetValue(value, out var op) ? op : null)
        {
            case Compute { Code: Opcode.Add or Opcode.Subtract or Opcode.Multiply, Checked: true } compute:
                return Before(compute.Args[0]) is { } a && Before(compute.Args[1]) is { } b ? Checked(compute, a, b) : null;
            case Compute { Code: Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.ShiftLeft or Opcode.ShiftRight or Opcode.BitAnd } compute:
                return Before(compute.Args[0]) is { } x && Before(compute.Args[1]) is { } y ? Once(compute.Result.Type, compute.Code, x, y) : null;
            case Compute { Code: Opcode.Convert } compute:
                return Before(compute.Args[0]) is { } number ? Conversion(compute, number) : null;
            case Compute { IsAtLeastZero: true } compute:
                // The length of an array that an inner loop keeps, found in the same way.
                return Before(compute.Args[0]);
            case Compute compute when compute.Freedom.HasFlag(Freedom.Move):
                var args = compute.Args.Select(Before).ToList();
                return args.Contains(null) ? null : Once(compute.Result.Type, compute.Code, args.ToArray()!);
            case Length { Array: var whole } when whole is not Value made || (made.Id < _first && !_definitions.ContainsKey(made)):
                return _before.Ops.OfType<Length>().FirstOrDefault(l => l.Array.Equals(whole))?.Result ?? _before.Length(whole);
            case Length { Array: Value whole } when _definitions.TryGetValue(whole, out var array):
                return ArrayMerges.CountOf(array) is { } count ? Before(count) : null;
            case If @if:
                var at = @if.Values.IndexOf(value);
                return Before(@if.Then.Yields[at]) is { } then && Before(@if.Else.Yields[at]) is { } @else && then.Equals(@else) ? then : null;
            case Loop loop when loop.Carried.FirstOrDefault(c => c.Result.Equals(value)) is { } carried:
                return Known(loop.Body.Yields[loop.Carried.IndexOf(carried)]).Equals(carried.Param) ? Before(carried.Init) : null;
            default:
                return null;
        }
    }

    /// <summary>The length of an array if it is known without reading the array.</summary>
    private Operand Known(Operand operand) =>
        operand is Value value && _definitions.TryGetValue(value, out var op) && op is Length { Array: Value whole }
            && _definitions.TryGetValue(whole, out var array) && ArrayMerges.CountOf(array) is { } count
            ? Known(count)
            : operand;

    /// <summary>
    /// Computes a checked operation of the body before the loop. It must not throw there, because the loop may not run. If it would
    /// overflow, the length is 0 and the iteration throws. For longs any number will do.
    /// </summary>
    private Operand? Checked(Compute compute, Operand a, Operand b)
    {
        if (compute.Result.Type == ScalarType.Int64) return Once(ScalarType.Int64, compute.Code, a, b);
        if (compute.Result.Type != ScalarType.Int32) return null;
        Operand Wide(Operand operand) => Once(ScalarType.Int64, Opcode.Convert, operand);
        return Narrow(Once(ScalarType.Int64, compute.Code, Wide(a), Wide(b)));
    }

    private Operand? Conversion(Compute compute, Operand number)
    {
        var isExact = number.Type == ScalarType.Int32 && compute.Result.Type == ScalarType.Int64;
        if (!compute.Checked || isExact) return Once(compute.Result.Type, Opcode.Convert, number);
        return number.Type == ScalarType.Int64 && compute.Result.Type == ScalarType.Int32 ? Narrow(number) : null;
    }

    /// <summary>A long as an int; 0 if it does not fit.</summary>
    private Operand Narrow(Operand number)
    {
        var narrow = Once(ScalarType.Int32, Opcode.Convert, number);
        var fits = Once(ScalarType.Bool, Opcode.Equal, Once(ScalarType.Int64, Opcode.Convert, narrow), number);
        return Once(ScalarType.Int32, Opcode.Select, fits, narrow, Constants.Int(0));
    }

    /// <summary>Adds an operation before the loop, once for all equal requests.</summary>
    private Operand Once(IrType type, Opcode code, params Operand[] args)
    {
        var known = _computed.FirstOrDefault(c => c.Code == code && c.Result.Type == type && c.Args.SequenceEqual(args));
        if (known is not null) return known.Result;
        var computed = new Compute(_point.Values.Fresh(type), code, args.ToImmutableArray());
        _before.Add(computed);
        _computed.Add(computed);
        return computed.Result;
    }

    /// <summary>Whether a number that the loop carries, such as a length of a matrix, is the same in every iteration.</summary>
    private bool IsSteadyNumber(object variable)
    {
        if (!_assumed.Add(variable)) return true;
        var steady = Before(_next[variable]) is { } next && next.Equals(_entry[variable]);
        _assumed.Remove(variable);
        return steady;
    }

    /// <summary>Whether a variable's array has the same number of elements in every iteration.</summary>
    private bool IsSteady(object variable)
    {
        // The assumption holds if it implies itself.
        if (!_assumed.Add(variable)) return true;
        var steady = _last.TryGetValue(variable, out var last) && Before(last.Count) is { } count && count.Equals(((ArrayChoice)_entry[variable]).Count);
        _assumed.Remove(variable);
        return steady;
    }
}
