namespace SoftDiff.Generator.Transforms.Sparsity;

/// <summary>Writes operations on sets of columns: calls of the runtime's <c>DependencySets</c>. A set is an int, 0 the empty one.</summary>
internal sealed class SetCode
{
    private const string Runtime = "global::SoftDiff.DependencySets.";

    private readonly Operand _sets;

    /// <param name="sets">The operand that holds the sets.</param>
    public SetCode(Operand sets) => _sets = sets;

    public static Operand Empty { get; } = new IntegerConstant(ScalarType.Int32, 0);

    public static bool IsEmpty(Operand set) => set is IntegerConstant;

    /// <summary>The type that holds the sets of an array's elements.</summary>
    public static ArrayType ArrayOf(IrType array) => (ArrayType)array with { Element = ScalarType.Int32 };

    public Operand Union(Operand a, Operand b, BlockBuilder into)
    {
        if (IsEmpty(a) || a.Equals(b)) return b;
        return IsEmpty(b) ? a : Pure("Union", into, _sets, a, b);
    }

    /// <summary>The set of one column.</summary>
    public Operand One(Operand column, BlockBuilder into) => Pure("One", into, _sets, column);

    public void Number(Operand elements, Operand first, BlockBuilder into) => Run("Number", into, _sets, elements, first);

    /// <summary>The union of all elements.</summary>
    public Operand All(Operand elements, BlockBuilder into)
    {
        var all = into.Values.Fresh(ScalarType.Int32);
        into.Add(new Invoke(ImmutableArray.Create(all), Runtime + "All", new[] { _sets, elements }));
        return all;
    }

    /// <summary>Adds a set to all elements.</summary>
    public void Widen(Operand elements, Operand added, BlockBuilder into)
    {
        if (!IsEmpty(added)) Run("Widen", into, _sets, elements, added);
    }

    /// <summary>Adds a set to an element if the array has it.</summary>
    public void WidenAt(Operand elements, Operand index, Operand added, BlockBuilder into)
    {
        if (!IsEmpty(added)) Run("WidenAt", into, _sets, elements, index, added);
    }

    /// <summary>Adds the sets of one array to those of another, element by element.</summary>
    public void WidenEach(Operand source, Operand destination, BlockBuilder into) => Run("WidenEach", into, _sets, source, destination);

    /// <summary>An element, or the zero of its type if the array does not have it.</summary>
    public static Value At(Value result, Operand elements, Operand index, BlockBuilder into)
    {
        var element = ((ArrayType)elements.Type).Element.Name;
        into.Add(new Invoke(ImmutableArray.Create(result), Runtime + "At<" + element + ">", new[] { elements, index }));
        return result;
    }

    public void AddRow(Operand set, BlockBuilder into) => Run("AddRow", into, _sets, set);

    public void AddRows(Operand elements, BlockBuilder into) => Run("AddRows", into, _sets, elements);

    /// <summary>The pattern of all rows.</summary>
    public Value Pattern(Operand width, JacobianMode mode, BlockBuilder into)
    {
        var pattern = into.Values.Fresh(SparseTypes.Pattern, "pattern");
        var how = new SymbolConstant(new ScalarType(ScalarKind.Int, "global::SoftDiff.DiffMode"), "global::SoftDiff.DiffMode." + mode);
        into.Add(new Invoke(ImmutableArray.Create(pattern), Runtime + "Pattern", new[] { _sets, width, how }));
        return pattern;
    }

    /// <summary>New sets.</summary>
    public static SetCode Create(BlockBuilder into)
    {
        var sets = into.Values.Fresh(SparseTypes.Sets, "sets");
        into.Add(new Invoke(ImmutableArray.Create(sets), Runtime + "Create", Enumerable.Empty<Operand>()));
        return new SetCode(sets);
    }

    /// <summary>The sets as an argument of a call.</summary>
    public Operand Argument => _sets;

    // Equal operands give an equal set, so calls are shared and moved like any scalar function.
    private static Value Pure(string method, BlockBuilder into, params Operand[] args)
    {
        var result = into.Values.Fresh(ScalarType.Int32);
        into.Add(new Compute(result, Opcode.Pure, ImmutableArray.Create(args), Runtime + method));
        return result;
    }

    private static void Run(string method, BlockBuilder into, params Operand[] args) =>
        into.Add(new Invoke(ImmutableArray<Value>.Empty, Runtime + method, args));
}
