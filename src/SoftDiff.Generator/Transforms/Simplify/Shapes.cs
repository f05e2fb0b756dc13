using SoftDiff.Generator.Analysis;
namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Answers questions about tensors and indices without a load: the elements and lengths of a tensor that was laid over an array, and the
/// range of the index of a loop along an axis.
/// </summary>
internal sealed class Shapes
{
    private readonly Func<Operand, Op?> _definition;
    private readonly IndexRanges _ranges;

    /// <param name="definition">The operation that defines an operand.</param>
    public Shapes(Func<Operand, Op?> definition) => (_definition, _ranges) = (definition, new IndexRanges(definition));

    /// <inheritdoc cref="IndexRanges.Enter"/>
    public void Enter(For loop, Operand start, Operand end) => _ranges.Enter(loop, start, end);

    /// <summary>An operand that equals the operation's result, or null.</summary>
    public Operand? Known(Op op) => op switch
    {
        Flatten flatten => (_definition(flatten.Tensor) as Arrange)?.Array,
        Lengths lengths => _definition(lengths.Tensor) is Arrange { Lengths: { Length: 1 } whole } && whole[0].Type is ArrayType ? whole[0] : null,
        Compute { Code: Opcode.CheckIndex } check => _ranges.IsIndex(check.Args[0], check.Args[1]) ? check.Args[0] : null,
        Compute { Code: Opcode.Convert } narrow when narrow.Result.Type == ScalarType.Int32 => Widened(narrow.Args[0]),
        Compute { Code: Opcode.Less } less when less.Args[1] is IntegerConstant { Number: 0 } && ArrayLengths.IsCount(less.Args[0], _definition(less.Args[0])) =>
            BoolConstant.False,
        _ => null,
    };

    /// <summary>
    /// The operation in simpler form. It reads the array below the tensor, and it needs no load for a length with which the tensor was
    /// made.
    /// </summary>
    public Op Simplify(Op op)
    {
        if (op is Length length && _definition(length.Array) is Arrange whole) return length with { Array = whole.Array };
        return op is Load { Index: IntegerConstant index } load && _definition(load.Array) is Lengths shape && _definition(shape.Tensor) is Arrange tensor
            && index.Number >= 0 && index.Number < tensor.Lengths.Length && tensor.Lengths[(int)index.Number].Type is ScalarType
            ? new Compute(load.Result, Opcode.Convert, ImmutableArray.Create(tensor.Lengths[(int)index.Number])) { Line = op.Line }
            : op;
    }

    /// <summary>Whether the operation tests a condition that certainly holds.</summary>
    public bool Holds(Op op) => op switch
    {
        RequireRank require => _definition(require.Tensor) is Arrange tensor
            && tensor.Lengths.Length == require.Rank && tensor.Lengths.All(l => l.Type is ScalarType),
        RequireLength { Array.Type: ArrayType { IsTensor: false } } require => Counted(require.Array).Equals(Counted(require.Like)),
        RequireIndices require => _ranges.Holds(require),
        RequireDisjoint require => Made(require.First) is { } first && Made(require.Second) is { } second && !first.Equals(second),
        _ => false,
    };

    /// <summary>The number that an array was made with, or an array that is as long.</summary>
    private Operand Counted(Operand array) =>
        ArrayLengths.Made(_definition(array)) is { } count ? _definition(count) is Length length ? length.Array : count : array;

    /// <summary>The storage of the function's own that an array is a view of; null if it is, or may be, the caller's.</summary>
    private Operand? Made(Operand array)
    {
        while (_definition(array)?.Viewed is { } viewed) array = viewed;
        return _definition(array) is { Allocates: true } ? array : null;
    }

    /// <summary>The int that was made a native integer, which loses nothing.</summary>
    private Operand? Widened(Operand operand) =>
        _definition(operand) is Compute { Code: Opcode.Convert } wide
            && wide.Result.Type == ScalarType.NativeInt && wide.Args[0].Type == ScalarType.Int32
            ? wide.Args[0]
            : null;
}
