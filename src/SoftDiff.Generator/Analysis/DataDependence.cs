namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the values and arrays of a function that depend on the numbers in its inputs, and not only on shapes, integers and bools. Other
/// than <see cref="Activity"/> it follows every way of dependence: through comparisons and conversions, through indices, and through the
/// choice between the branches of an <see cref="If"/> and the number of iterations of a loop. Arrays count as a whole. A least fixed point.
/// </summary>
internal sealed class DataDependence
{
    private readonly Definitions _definitions;
    private readonly CalleeDependence _callees;
    private readonly HashSet<Operand> _dependent = new();
    private bool _changed;

    /// <param name="function">The function.</param>
    /// <param name="definitions">Its definitions.</param>
    /// <param name="inputs">The parameters that hold such numbers, or depend on some.</param>
    /// <param name="isUnsure">Whether it depends on such numbers if the function is called at all.</param>
    /// <param name="callees">What is known of the functions that it calls.</param>
    public DataDependence(Function function, Definitions definitions, IEnumerable<Operand> inputs, bool isUnsure, CalleeDependence callees)
    {
        _definitions = definitions;
        _callees = callees;
        foreach (var input in inputs) _dependent.Add(input);
        do
        {
            _changed = false;
            Visit(function.Body, isUnsure);
        }
        while (_changed);
    }

    /// <summary>Whether a scalar, or an array by its root, depends on the numbers in the inputs.</summary>
    public bool Has(Operand operand)
    {
        var key = operand.Type.IsStorage ? _definitions.Root(operand) : operand;
        return key is SymbolConstant symbol
            ? (symbol.IsOfReceiver || key.Type is ArrayType) && HoldsNumbers(key.Type)
            : key is Value && _dependent.Contains(key);
    }

    /// <summary>Whether what has this type holds floats, or may.</summary>
    public static bool HoldsNumbers(IrType type) => type.IsFloat || type.IsFloatArray || type is ScalarType { Kind: ScalarKind.Opaque };

    /// <summary>Whether the number of iterations of a loop depends on them, the exit in the body apart.</summary>
    public bool IsOpen(Loop loop) => loop switch
    {
        While o => Has(o.Condition.Yields[0]) || HasOpenExit(loop),
        _ => loop.Bounds().Any(Has),
    };

    /// <summary>Whether it depends on them when the loop ends by its exit.</summary>
    public bool HasOpenExit(Loop loop) => loop.Exit is { } exit && Has(exit);

    private void Mark(Operand operand)
    {
        var key = operand.Type.IsStorage ? _definitions.Root(operand) : operand;
        if (key is Value && _dependent.Add(key)) _changed = true;
    }

    private void MarkIf(bool isDependent, Operand operand)
    {
        if (isDependent) Mark(operand);
    }

    private void Visit(Block block, bool isUnsure)
    {
        foreach (var op in block.Ops) Visit(op, isUnsure);
    }

    private void Visit(Op op, bool isUnsure)
    {
        switch (op)
        {
            case Load or Compute or ComputePair or MakeArray:
                foreach (var result in op.Results) MarkIf(op.Reads().Any(Has), result);
                break;
            case Store or Accumulate or Fill or Copy or RowUpdate:
                foreach (var array in op.ElementsWritten()) MarkIf(isUnsure || op.Reads().Any(from => !from.Equals(array) && Has(from)), array);
                break;
            case Push push:
                // Of a tape only the integers and bools count: the floats on it are taken for dependent anyway.
                MarkIf(isUnsure || (!push.Value.Type.IsFloat && Has(push.Value)), push.Tape);
                break;
            case PushArray push:
                MarkIf(isUnsure || (!push.Array.Type.IsFloatArray && Has(push.Array)), push.Tape);
                break;
            case Pop pop:
                MarkIf(pop.Result.Type.IsFloat || Has(pop.Tape), pop.Result);
                break;
            case PopArray pop:
                MarkIf(pop.Array.Type.IsFloatArray || Has(pop.Tape), pop.Array);
                break;
            case If branches:
                Visit(branches, isUnsure);
                break;
            case Loop loop:
                Visit(loop, isUnsure);
                break;
            case Call call:
                foreach (var operand in _callees.DependentAfter(call, Has, isUnsure)) Mark(operand);
                break;
            case RuleCall or Invoke:
                foreach (var to in op.Results.Concat(op.ElementsWritten())) MarkIf(isUnsure || op is Invoke || op.Reads().Any(Has), to);
                break;
            case Evaluate:
                // The contents of objects are numbers that come from outside.
                foreach (var to in op.Results.Concat(op.ElementsWritten())) Mark(to);
                break;
            case Allocate or View or Flatten or Arrange or Row or OpenTape or Measure or RowLength or Guard:
                break;
            default:
                throw new UnknownOperationException("The dependence on data", op);
        }
    }

    private void Visit(If op, bool isUnsure)
    {
        var isOpen = Has(op.Condition);
        Visit(op.Then, isUnsure || isOpen);
        Visit(op.Else, isUnsure || isOpen);
        for (var i = 0; i < op.Values.Length; i++)
        {
            var yields = new[] { op.Then, op.Else }.Where(b => !b.Throws()).Select(b => b.Yields[i]).ToList();
            MarkIf(yields.Any(Has) || (isOpen && yields.Distinct().Count() > 1), op.Values[i]);
        }
    }

    private void Visit(Loop op, bool isUnsure)
    {
        var (isOpen, hasOpenExit) = (IsOpen(op), HasOpenExit(op));
        if (op is For counted) MarkIf(isOpen, counted.Index);
        for (var i = 0; i < op.Carried.Length; i++)
        {
            var (carried, next) = (op.Carried[i], op.Body.Yields[i]);
            var changes = !next.Equals(carried.Param);
            MarkIf(Has(carried.Init) || Has(next) || (isOpen && changes), carried.Param);
            MarkIf(Has(carried.Param) || (hasOpenExit && changes), carried.Result);
        }

        if (op.Trips is { } trips) MarkIf(isOpen || hasOpenExit, trips);
        foreach (var block in op.Blocks()) Visit(block, isUnsure || isOpen || hasOpenExit);
    }
}
