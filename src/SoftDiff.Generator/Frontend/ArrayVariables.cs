namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Tracks the arrays of a function and the contents of its array variables: an array, a part of one, or one of several arrays, depending on
/// the path. The IR knows arrays by name only. An access to a variable that may hold several arrays therefore becomes one branch for each
/// of them.
/// </summary>
internal sealed class ArrayVariables
{
    /// <summary>Marks an array variable that has no array yet, and one that has several.</summary>
    public const string Unassigned = "default";
    public const string Merged = "merged";

    private readonly Point _point;
    private readonly Branches _branches;
    private readonly List<Operand> _roots = new();

    /// <summary>Views that certainly lie within their array.</summary>
    private readonly HashSet<Value> _within = new();

    /// <summary>The array of each view, and its part of it.</summary>
    private readonly Dictionary<Value, View> _views = new();

    /// <summary>The elements of static matrices.</summary>
    private readonly HashSet<Operand> _statics = new();

    /// <summary>The length with which each array was made here.</summary>
    private readonly Dictionary<Operand, Operand> _lengths = new();

    /// <summary>The arrays without elements that stand for null literals.</summary>
    private readonly HashSet<Operand> _nulls = new();

    /// <summary>Parameters that may be null, with the values that say whether they are.</summary>
    private readonly Dictionary<Operand, Value> _nullable = new();

    /// <summary>Numbers of elements, which are not negative.</summary>
    private readonly HashSet<Value> _counts = new();

    /// <summary>Copies of one array in several variables, which therefore must not be written.</summary>
    public HashSet<Operand> Copies { get; } = new();

    /// <summary>Arrays made before loops, for those that iterations make.</summary>
    public HashSet<Operand> Kept { get; } = new();

    /// <summary>Those of them whose lengths are known only when the function is lowered.</summary>
    public Dictionary<Operand, LargestArray> Largest { get; } = new();

    /// <summary>Copies of arrays that objects hold, which must not be written.</summary>
    public HashSet<Operand> Snapshots { get; } = new();

    private readonly Dictionary<Operand, TensorParts> _tensors = new();

    public ArrayVariables(Point point, Branches branches) => (_point, _branches) = (point, branches);

    /// <summary>The arrays whose storage an array may share.</summary>
    private IEnumerable<Operand> Locations(Operand array)
    {
        while (true)
        {
            if (_tensors.TryGetValue(array, out var tensor)) array = tensor.Elements;
            else if (array is Value value && _views.TryGetValue(value, out var view)) array = view.Array;
            else break;
        }

        return array is ArrayChoice choice ? choice.Roots.Select(root => root.Array) : new[] { array };
    }

    public static bool IsArray(Operand operand) => operand.Type is ArrayType && operand is not SymbolConstant { Expression: Unassigned or Merged };

    /// <summary>
    /// The array that an operand stands for, and the part of it; null for a tensor, because a choice has no shape. The necessary operations
    /// are added to the current block.
    /// </summary>
    public ArrayChoice? Locate(Operand operand)
    {
        switch (operand)
        {
            case { Type: ArrayType { IsTensor: true } }:
                return null;
            case ArrayChoice choice:
                return choice;
            case Value value when _views.TryGetValue(value, out var view):
                if (Locate(view.Array) is not { } whole) return null;
                if (view.Array is Value part && _views.ContainsKey(part) && !_within.Contains(value))
                {
                    RequirePart(whole, view.Start, view.Count!, toTheEnd: false);
                }

                return whole with { Of = (ArrayType)value.Type, Start = Sum(whole.Start, view.Start), Count = view.Count! };
            case var array when IsArray(array):
                if (!_roots.Contains(array)) _roots.Add(array);
                var number = _roots.IndexOf(array);
                var count = _lengths.TryGetValue(array, out var length) ? length : LengthOf(array);
                return new ArrayChoice((ArrayType)array.Type, ImmutableArray.Create((number, array)), Constants.Int(number), Constants.Int(0), count);
            default:
                return null;
        }
    }

    /// <summary>Throws as <c>Slice</c> does if the part does not lie within the choice, even if it lies within the array.</summary>
    private void RequirePart(ArrayChoice whole, Operand start, Operand count, bool toTheEnd)
    {
        Operand Less(Operand a, Operand b) => (a, b) is (IntegerConstant x, IntegerConstant y)
            ? new BoolConstant(x.Number < y.Number)
            : _point.Block.Compute(ScalarType.Bool, Opcode.Less, a, b);
        var tests = new List<Operand> { Less(start, Constants.Int(0)), Less(count, Constants.Int(0)) };
        if (!toTheEnd) tests.Add(Less(_point.Block.Compute(ScalarType.Int32, Opcode.Subtract, whole.Count, start), count));
        var outside = tests.Where(test => test is not BoolConstant { Flag: false }).Aggregate((Operand)new BoolConstant(false), Either);
        _branches.Branch(outside, () => _branches.Throw("new global::System.ArgumentOutOfRangeException()", ImmutableArray<Operand>.Empty), () => { });
    }

    private Operand Either(Operand a, Operand b) =>
        a is BoolConstant known ? known.Flag ? a : b : b is BoolConstant { Flag: false } ? a : _point.Block.Compute(ScalarType.Bool, Opcode.BitOr, a, b);

    public Operand Sum(Operand a, Operand b) =>
        a is IntegerConstant { Number: 0 } ? b : b is IntegerConstant { Number: 0 } ? a : _point.Block.Compute(ScalarType.Int32, Opcode.Add, a, b);

    /// <summary>Runs an action on an array operand, in one branch for each array that it may hold.</summary>
    public Operand With(Operand array, Func<Operand, Operand> use)
    {
        if (array is not ArrayChoice choice) return use(array);
        Operand One(Operand root)
        {
            var part = View(root, choice.Start, choice.Count);
            return choice.Of.IsTensor ? Arranged(_point.Block, part, _tensors[choice].Shape) : part;
        }

        Operand Try(int index)
        {
            var (number, root) = choice.Roots[index];
            Operand Use() => use(One(root));
            if (index == choice.Roots.Length - 1) return Use();
            return _branches.Choose(_point.Block.Compute(ScalarType.Bool, Opcode.Equal, choice.Which, Constants.Int(number)), Use, () => Try(index + 1));
        }

        return Try(0);
    }

    public void Do(Operand array, Action<Operand> action) => With(array, one =>
    {
        action(one);
        return BoolConstant.True;
    });

    /// <summary>Like <see cref="With"/>, for several operands that may be arrays and with any number of results.</summary>
    public ImmutableArray<Operand> With(
        ImmutableArray<Operand> operands, Func<ImmutableArray<Operand>, ImmutableArray<Value>> use, IReadOnlyList<IrType> results)
    {
        if (!operands.Any(o => o is ArrayChoice)) return use(operands).CastArray<Operand>();
        var slots = results.Select(_ => new Slot()).ToList();
        for (var i = 0; i < slots.Count; i++) _point.Env.Set(slots[i], Constants.Default(results[i]));
        void Next(int index, ImmutableArray<Operand> chosen)
        {
            if (index < operands.Length)
            {
                Do(operands[index], one => Next(index + 1, chosen.Add(one)));
                return;
            }

            var values = use(chosen);
            for (var i = 0; i < slots.Count; i++) _point.Env.Set(slots[i], values[i]);
        }

        Next(0, ImmutableArray<Operand>.Empty);
        return slots.Select(slot => _point.Env.Get(slot)!).ToImmutableArray();
    }

    /// <summary>Records that a value is a number of elements.</summary>
    public void AddCount(Value count) => _counts.Add(count);

    public Operand LengthOf(Operand array)
    {
        if (array is ArrayChoice choice) return choice.Count;
        var length = _point.Block.Length(array);
        _counts.Add(length);
        return length;
    }

    public Operand View(Operand array, Operand start, Operand? count)
    {
        var given = count;
        count ??= start is IntegerConstant { Number: 0 } ? LengthOf(array) : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, LengthOf(array), start);
        if (array is ArrayChoice whole) RequirePart(whole, start, count, given is null);

        // A part of a choice is a choice as well.
        if (array is ArrayChoice { Roots.Length: > 1 } choice) return choice with { Start = Sum(choice.Start, start), Count = count };
        return With(array, one =>
        {
            var result = View(_point.Block, one, start, count);
            if (array is ArrayChoice) _within.Add(result);
            return result;
        });
    }

    /// <summary>A part of one array, in a block.</summary>
    public Value View(BlockBuilder block, Operand array, Operand start, Operand count, string name = "")
    {
        var result = _point.Values.Fresh(((ArrayType)array.Type).AsSpan(), name);
        var view = new View(result, array, start, count);
        _views[result] = view;
        block.Add(view);
        return result;
    }

    public Value CopyOf(Operand array)
    {
        var copy = Allocate(((ArrayType)array.Type).Element, LengthOf(array));
        AddCopy(array, copy);
        return copy;
    }

    public void AddCopy(Operand source, Operand destination) => Do(source, from => Do(destination, to => _point.Block.Add(new Copy(from, to))));

    public void AddFill(Operand array, Operand value) => Do(array, one => _point.Block.Add(new Fill(one, value)));

    public Value Allocate(ScalarType element, Operand length)
    {
        var array = _point.Values.Fresh(new ArrayType(element, ArrayForm.Span));
        _point.Block.Add(new Allocate(array, length, Cleared: true));
        _lengths[array] = length;
        return array;
    }

    /// <summary>Whether an array was made here, and in the current iteration of the loop around.</summary>
    public bool IsMadeInIteration(Operand array) => array is Value { Id: var id } && _lengths.ContainsKey(array) && id >= _point.IterationStart;

    /// <summary>Whether the method has made an array, and neither an object nor another variable holds it.</summary>
    public bool IsOwn(Operand array) =>
        (_lengths.ContainsKey(array) || Kept.Contains(array)) && !_nulls.Contains(array) && !Snapshots.Contains(array) && !Copies.Contains(array);

    /// <summary>Says that all calls share an array.</summary>
    public void AddStatic(Operand elements) => _statics.Add(elements);

    public static Operand Zero(Operand array) => Constants.Default(((ArrayType)array.Type).Element);

    public Operand Null(ArrayType type)
    {
        var none = Allocate(type.Element, Constants.Int(0));
        _nulls.Add(none);
        return none;
    }

    /// <summary>Says that a parameter may be null.</summary>
    public void AddNullable(Value array)
    {
        var isNull = _point.Values.Fresh(ScalarType.Bool);
        _point.Entry.Add(new IsNull(isNull, array));
        _nullable.Add(array, isNull);
    }

    /// <summary>Whether an array is null.</summary>
    public Operand IsNull(Operand array)
    {
        var roots = Locations(array).ToList();
        if (roots.All(_nulls.Contains)) return BoolConstant.True;
        if (array is not ArrayChoice { Roots.Length: > 1 } choice) return IsRootNull(roots[0]);
        return choice.Roots.Select(root => Both(IsRootNull(root.Array), () => Chooses(choice, root.Number))).Aggregate(Either);
    }

    private Operand IsRootNull(Operand root) =>
        _nulls.Contains(root) ? BoolConstant.True
        : root is SymbolConstant { IsOfReceiver: true } ? Tested(root)
        : _nullable.TryGetValue(root, out var isNull) && !_point.Env.NotNull.Contains(root) ? isNull
        : BoolConstant.False;

    private Value Tested(Operand array)
    {
        var isNull = _point.Values.Fresh(ScalarType.Bool);
        _point.Block.Add(new IsNull(isNull, array));
        return isNull;
    }

    private Operand Chooses(ArrayChoice choice, int number) => _point.Block.Compute(ScalarType.Bool, Opcode.Equal, choice.Which, Constants.Int(number));

    private Operand Both(Operand a, Func<Operand> b) =>
        a is BoolConstant known ? known.Flag ? b() : a : _point.Block.Compute(ScalarType.Bool, Opcode.BitAnd, a, b());

    /// <summary>An array where it is known not to be null. Any other use of its storage at this point knows it too.</summary>
    public Operand NotNull(Operand array)
    {
        if (array is ArrayChoice choice) return choice with { Roots = choice.Roots.RemoveAll(root => _nulls.Contains(root.Array)) };
        _point.Env.NotNull = _point.Env.NotNull.Union(Locations(array).Where(_nullable.ContainsKey));
        return array;
    }

    public bool IsCopy(Operand array) => IsArray(array) && Locations(array).Any(Copies.Contains);

    public bool IsStatic(Operand array) => IsArray(array) && Locations(array).Any(root => root is SymbolConstant || _statics.Contains(root) || Snapshots.Contains(root));

    /// <summary>Whether an operand is a number of elements, and so not negative.</summary>
    public bool IsCount(Operand operand) => operand is IntegerConstant { Number: >= 0 } || (operand is Value value && _counts.Contains(value));

    /// <summary>The parts of a tensor that was made here or entered; null for any other.</summary>
    public TensorParts? Tensor(Operand tensor) => _tensors.TryGetValue(tensor, out var parts) ? parts : null;

    /// <summary>A tensor whose elements may lie in one of several arrays is a choice too, with one shape.</summary>
    public Operand Arranged(BlockBuilder block, Operand elements, TensorShape shape)
    {
        Operand tensor = elements is ArrayChoice choice
            ? choice with { Of = choice.Of.AsTensor() }
            : block.Arrange(elements, shape.Whole is null ? shape.Axes.ToArray() : new[] { shape.Whole });
        _tensors[tensor] = new TensorParts(tensor, elements, shape);
        return tensor;
    }
}
