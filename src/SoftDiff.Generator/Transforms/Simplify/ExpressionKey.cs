namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// The key of a computation: the kind of the operation, its operands and, for a load, the state of the array's memory. Two operations with
/// equal keys have equal results, and a requirement that was met is met again. The operands of sums and products may change places.
/// </summary>
internal readonly struct ExpressionKey : IEquatable<ExpressionKey>
{
    private readonly Op _op;
    private readonly ImmutableArray<Operand> _operands;
    private readonly int _state;
    private readonly int _hash;

    private ExpressionKey(Op op, ImmutableArray<Operand> operands, int state)
    {
        _op = op;
        _operands = operands;
        _state = state;
        unchecked
        {
            var hash = op.GetType().GetHashCode() * 31 + state;
            if (op is Compute compute) hash = hash * 31 + (int)compute.Code;

            // A sum of hashes does not depend on the order of the operands.
            foreach (var operand in operands) hash += operand.GetHashCode() * 17;
            _hash = hash;
        }
    }

    /// <summary>The key of an operation; null if its result must not be shared.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="state">The state of an array's memory, a number that changes with every write.</param>
    public static ExpressionKey? Of(Op op, Func<Operand, int> state) => op switch
    {
        // Names are not part of the key. A value that the user named keeps a statement of its own only if it was not computed before.
        Compute compute => new ExpressionKey(op, compute.Args, 0),
        Load load => new ExpressionKey(op, ImmutableArray.Create(load.Array, load.Index), state(load.Array)),
        Length or IsNull or Flatten or Arrange or Lengths or AxisLength or RowStarts or View or RequireIndices => new ExpressionKey(op, op.Reads().ToImmutableArray(), 0),
        _ => null,
    };

    public bool Equals(ExpressionKey other) => _hash == other._hash && _state == other._state && SameKind(_op, other._op) && SameOperands(other);

    public override bool Equals(object? obj) => obj is ExpressionKey other && Equals(other);

    public override int GetHashCode() => _hash;

    private static bool SameKind(Op a, Op b) => (a, b) switch
    {
        (Compute x, Compute y) => x.Code == y.Code && x.Checked == y.Checked && x.Symbol == y.Symbol && x.Result.Type.Equals(y.Result.Type),
        (View x, View y) => x.Result.Type.Equals(y.Result.Type),
        (RequireIndices x, RequireIndices y) => x.Inclusive == y.Inclusive,
        (AxisLength x, AxisLength y) => x.Axis == y.Axis,
        (Arrange x, Arrange y) => x.Result.Type.Equals(y.Result.Type),
        _ => a.GetType() == b.GetType(),
    };

    private bool SameOperands(ExpressionKey other)
    {
        var (mine, others) = (_operands, other._operands);
        if (mine.Length != others.Length) return false;
        if (_op is Compute { Code: Opcode.Add or Opcode.Multiply } && mine[0].Equals(others[1]) && mine[1].Equals(others[0])) return true;
        for (var i = 0; i < mine.Length; i++)
        {
            if (!mine[i].Equals(others[i])) return false;
        }

        return true;
    }
}
