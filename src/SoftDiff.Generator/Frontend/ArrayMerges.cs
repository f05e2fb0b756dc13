namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Merges an array variable at the end of two paths. In the IR an array lives to the end of the block that makes it. If an array that a
/// path makes is read after the path, it is therefore made before the branch.
/// </summary>
internal sealed class ArrayMerges
{
    private readonly Point _point;
    private readonly Branches _branches;
    private readonly ArrayVariables _arrays;

    public ArrayMerges(Point point, Branches branches, ArrayVariables arrays) => (_point, _branches, _arrays) = (point, branches, arrays);

    /// <summary>The merged value of an array variable; <see cref="ArrayVariables.Merged"/> if it is not known.</summary>
    public Operand Merge(Operand condition, Operand a, LoweredPath then, Operand b, LoweredPath @else, Func<Operand, Operand, Operand> merge)
    {
        ArrayChoice? first = null, second = null;
        _branches.Continue(then, () => first = _arrays.Locate(a));
        _branches.Continue(@else, () => second = _arrays.Locate(b));
        // If one path does not assign the variable, nothing reads it after that path.
        if (first is null && a is SymbolConstant { Expression: ArrayVariables.Unassigned } && second is not null) first = second.Empty();
        if (second is null && b is SymbolConstant { Expression: ArrayVariables.Unassigned } && first is not null) second = first.Empty();
        if (first is null || second is null) return new SymbolConstant(a.Type, ArrayVariables.Merged);
        var areMade = MakeBefore(then, first, condition, taken: true) && MakeBefore(@else, second, condition, taken: false);
        if (!areMade) return new SymbolConstant(a.Type, ArrayVariables.Merged);
        var either = first.Among(second.Roots);
        var other = second.Among(first.Roots).Parts;
        var merged = (ArrayChoice)either.With(either.Parts.Select((part, i) => merge(part, other[i])).ToImmutableArray());
        if (merged.Count is Value count) _arrays.AddCount(count);
        return merged;
    }

    /// <summary>Whether the block makes the array, which then ends with the block.</summary>
    public static bool Makes(BlockBuilder block, Operand array) => array is Value value && block.Ops.Any(op => Makes(op, value));

    private static bool Makes(Op op, Value array) =>
        op is Allocate allocate ? allocate.Result.Equals(array) : op.Blocks().Any(b => b.Ops.Any(inner => Makes(inner, array)));

    public static IEnumerable<(int Number, Operand Array)> Made(BlockBuilder block, ArrayChoice choice) =>
        choice.Roots.Where(root => Makes(block, root.Array));

    /// <summary>
    /// Makes the arrays of a path before the branch; they get no elements if the path is not taken. False if their lengths are not known
    /// before the branch.
    /// </summary>
    private bool MakeBefore(LoweredPath path, ArrayChoice choice, Operand condition, bool taken)
    {
        foreach (var (_, array) in Made(path.Block, choice).ToList())
        {
            if (path.Block.Find((Value)array) is not Allocate allocate) return false;
            var length = _arrays.Largest.ContainsKey(array) ? allocate.Length : Guarded(allocate.Length, path.Block, condition, taken);
            if (length is null) return false;
            path.Block.Take(op => ReferenceEquals(op, allocate));
            _point.Block.Add(allocate with { Length = length });
        }

        return true;
    }

    /// <summary>Computes a length of a path before the branch; 0 if the path is not taken.</summary>
    private Operand? Guarded(Operand length, BlockBuilder path, Operand condition, bool taken)
    {
        if (_arrays.IsCount(length) && (length is not Value known || path.Find(known) is null)) return length;
        if (length is Value value && path.Find(value) is Length { Array: var array } && (array is not Value made || path.Find(made) is null))
        {
            return _point.Block.Length(array);
        }

        var needed = new HashSet<Value>();
        if (!Collect(length)) return null;
        var block = new BlockBuilder(_point.Values) { Line = _point.Block.Line };
        var map = new Substitution(_point.Values);
        foreach (var op in path.Ops.Where(op => op.Results.Any(needed.Contains)))
        {
            if (op is Length { Array: Value whole } of && path.Find(whole) is { } source) map[of.Result] = map.Map(CountOf(source)!);
            else block.Add(map.Map(op));
        }

        var result = _point.Values.Fresh(ScalarType.Int32);
        var (computed, none) = (block.Build(map.Map(length)), new Block(ImmutableArray<Op>.Empty, ImmutableArray.Create<Operand>(Constants.Int(0))));
        _point.Block.Add(new If(condition, taken ? computed : none, taken ? none : computed, ImmutableArray.Create(result)));
        return result;

        bool Collect(Operand operand)
        {
            if (operand is not Value part || path.Find(part) is not { } op) return true;
            if (op is Length { Array: Value whole } && path.Find(whole) is { } source)
            {
                needed.UnionWith(op.Results);
                return CountOf(source) is { } count && Collect(count);
            }

            if (!IsPure(op, path)) return false;
            needed.UnionWith(op.Results);
            return op.AllReads().All(Collect);
        }
    }

    /// <summary>Whether an operation computes the same number before the branch as in the path.</summary>
    private static bool IsPure(Op op, BlockBuilder path) => op switch
    {
        Compute or Length or View => true,
        Load { Array.Type: ArrayType { Element: var element } } =>
            !path.Ops.SelectMany(o => o.WithNested()).SelectMany(o => o.ElementsWritten()).Any(array => ((ArrayType)array.Type).Element == element),
        If => op.Blocks().All(b => b.Ops.All(inner => IsPure(inner, path))),
        _ => false,
    };

    public static Operand? CountOf(Op array) => array switch
    {
        Allocate allocate => allocate.Length,
        View view => view.Count,
        _ => null,
    };
}
