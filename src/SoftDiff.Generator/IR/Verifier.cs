namespace SoftDiff.Generator.IR;

/// <summary>
/// Checks that a function is valid. Every value is defined once, before it is read. Every operand has a type that its operation accepts.
/// Blocks yield what their owners expect, and calls fit their callees. It runs after every pass in tests and Debug builds; a violation is a
/// fault of SoftDiff.
/// </summary>
internal sealed partial class Verifier
{
    private readonly Function _function;
    private readonly IReadOnlyDictionary<string, Function>? _callees;
    private readonly List<string> _faults = new();
    private readonly HashSet<int> _everDefined = new();
    private readonly Dictionary<int, Value> _scope = new();
    private readonly HashSet<Operand> _flattened = new();
    private readonly HashSet<Operand> _made = new();

    private Verifier(Function function, IReadOnlyDictionary<string, Function>? callees)
    {
        _function = function;
        _callees = callees;
    }

    /// <summary>The faults of a function by itself; whether its calls fit their callees is not known here.</summary>
    public static ImmutableArray<string> Check(Function function) => new Verifier(function, null).Run();

    /// <summary>The faults of all functions and of the calls between them.</summary>
    public static ImmutableArray<string> Check(Module module)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var callees = new Dictionary<string, Function>(StringComparer.Ordinal);
        string? previous = null;
        foreach (var callee in module.Callees)
        {
            if (callees.ContainsKey(callee.Name)) faults.Add($"{callee.Name}: two callees of this name");
            else if (previous is not null && string.CompareOrdinal(previous, callee.Name) > 0) faults.Add($"{callee.Name}: callees are not in ordinal order");
            callees[callee.Name] = callee;
            previous = callee.Name;
        }

        faults.AddRange(new Verifier(module.Root, callees).Run());
        foreach (var callee in module.Callees) faults.AddRange(new Verifier(callee, callees).Run());
        return faults.ToImmutable();
    }

    /// <exception cref="InvalidOperationException">There is a fault; the message lists all of them and the function's text.</exception>
    public static void Require(Function function) => Require(Check(function), () => IrText.Print(function));

    /// <inheritdoc cref="Require(Function)"/>
    public static void Require(Module module) => Require(Check(module), () => IrText.Print(module));

    private static void Require(ImmutableArray<string> faults, Func<string> text)
    {
        if (!faults.IsEmpty) throw new InvalidOperationException(string.Join("\n", faults) + "\n\n" + text());
    }

    private ImmutableArray<string> Run()
    {
        foreach (var parameter in _function.Parameters)
        {
            var isOut = parameter.Mode == ParameterMode.Out;
            if (isOut) Unique(parameter.Value, "parameter");
            else Define(parameter.Value, "parameter");
            var isMade = isOut && parameter.Value.Type is ArrayType { Form: ArrayForm.Array or ArrayForm.Matrix };
            if (parameter.IsResult && parameter.Value.Type is not ScalarType && !isMade) Fault($"{parameter.Mode} parameter {Show(parameter.Value)} is not a scalar");
            if (parameter.Name.Length == 0) Fault($"parameter {Show(parameter.Value)} has no name");
        }

        var results = new List<IrType>();
        if (_function.Returns is not null) results.Add(_function.Returns);
        results.AddRange(_function.Parameters.Where(p => p.IsResult).Select(p => p.Value.Type));
        Check(_function.Body, results, "the function");
        return _faults.ToImmutableArray();
    }

    /// <summary>Checks a block in a scope of its own. <paramref name="inside"/> runs at its end, while its values are visible.</summary>
    private void Check(Block block, IReadOnlyList<IrType> results, string owner, Action? inside = null)
    {
        var mark = new HashSet<int>(_scope.Keys);
        for (var i = 0; i < block.Ops.Length; i++)
        {
            var op = block.Ops[i];
            if (i > 0 && block.Ops[i - 1].NeverReturns) Fault($"{Name(op)} comes after an operation that always throws");
            Check(op);
        }

        CheckYields(block, results, owner);
        inside?.Invoke();
        foreach (var id in _scope.Keys.Where(id => !mark.Contains(id)).ToArray()) _scope.Remove(id);
    }

    private void CheckYields(Block block, IReadOnlyList<IrType> results, string owner)
    {
        foreach (var yield in block.Yields) Read(yield, "yield of " + owner);
        if (block.Throws()) return;
        if (block.Yields.Length != results.Count)
        {
            Fault($"{owner} takes {results.Count} values from its block, which yields {block.Yields.Length}");
            return;
        }

        for (var i = 0; i < results.Count; i++)
        {
            if (!Converts(block.Yields[i].Type, results[i])) Fault($"{owner}: yield {i} is {Show(block.Yields[i])}, but {results[i]} is expected");
        }
    }

    private void Check(Op op)
    {
        var name = Name(op);
        foreach (var operand in op.Reads()) Read(operand, name);
        switch (op)
        {
            case Compute o:
                Check(o);
                break;
            case Length o:
                RequireArray(o.Array, name);
                RequireType(o.Result, ScalarType.Int32, name);
                break;
            case IsNull o:
                RequireArray(o.Array, name);
                RequireType(o.Result, ScalarType.Bool, name);
                break;
            case Load o:
                CheckElement(o.Array, o.Index, o.Result, name);
                break;
            case Store o:
                CheckElement(o.Array, o.Index, o.Value, name);
                RequireWritable(o.Array, name);
                break;
            case Accumulate o:
                CheckElement(o.Array, o.Index, o.Value, name);
                RequireWritable(o.Array, name);
                if (o.Value.Type is not ScalarType { Kind: ScalarKind.Float or ScalarKind.Int }) Fault($"{name}: {Show(o.Value)} cannot be added");
                break;
            case Allocate o:
                RequireInt(o.Length, name);
                RequireWritable(o.Result, name);
                break;
            case MakeArray o:
                CheckMade(o, name);
                break;
            case View o:
                CheckSlice(o.Array, o.Start, o.Count, o.Result, name);
                break;
            case ComputePair o:
                CheckPair(o, name);
                break;
            case Row o:
                CheckSlice(o.Array, o.Start, o.Count, o.Result, name);
                break;
            case RowUpdate o:
                CheckUpdate(o, name);
                break;
            case Flatten o:
                RequireContainer(o.Tensor, name);
                if (o.Tensor.Type is ArrayType flattened) RequireConverts(flattened.AsSpan(), o.Result, o.Tensor, name);
                if (o.Tensor.Type is ArrayType { IsTensor: true } or ArrayType { IsJagged: true } && IsParameter(o.Tensor)
                    && !_flattened.Add(o.Tensor))
                {
                    Fault($"{name}: {Show(o.Tensor)} is flattened a second time");
                }

                break;
            case Arrange o:
                CheckArrange(o, name);
                break;
            case Lengths o:
                RequireTensor(o.Tensor, name);
                RequireType(o.Result, ArrayType.Lengths, name);
                break;
            case RowStarts o:
                if (o.Jagged.Type is not ArrayType { IsJagged: true }) Fault($"{name}: {Show(o.Jagged)} is no array of arrays");
                RequireType(o.Result, ArrayType.Starts, name);
                break;
            case AxisLength o:
                if (o.Matrix.Type is not ArrayType { IsMatrix: true, Rank: var rank } || o.Axis < 0 || o.Axis >= rank)
                {
                    Fault($"{name}: {Show(o.Matrix)} has no axis {o.Axis}");
                }

                RequireType(o.Result, ScalarType.Int32, name);
                break;
            case Fill o:
                RequireWritable(o.Array, name);
                RequireElement(o.Array, o.Value, name);
                break;
            case Copy o:
                RequireArray(o.Source, name);
                RequireWritable(o.Destination, name);
                if (Element(o.Source) is { } copied && Element(o.Destination) is { } target && copied != target)
                {
                    Fault($"{name}: elements of {copied} do not fit {target}");
                }

                break;
            case Throw o:
                foreach (var arg in o.Args)
                {
                    if (arg.Type is not ScalarType) Fault($"{name}: {Show(arg)} is not a scalar");
                }

                break;
            case RequireLength o:
                RequireArray(o.Array, name);
                RequireArray(o.Like, name);
                break;
            case RequireMatrix o:
                RequireArray(o.Array, name);
                RequireType(o.Rows, ScalarType.Int32, name);
                RequireType(o.Columns, ScalarType.Int32, name);
                break;
            case RequireIndices o:
                foreach (var number in o.Reads()) RequireType(number, ScalarType.Int32, name);
                break;
            case RequireRank o:
                RequireTensor(o.Tensor, name);
                break;
            case RequireDisjoint o:
                RequireArray(o.First, name);
                RequireArray(o.Second, name);
                break;
            case RequireAllDisjoint o:
                foreach (var array in o.Arrays) RequireArray(array, name);
                if (o.Names.Length != o.Arrays.Length || o.Written > o.Arrays.Length) Fault(name + " has not one name for each array");
                break;
            case RowLength o:
                RequireArray(o.Array, name);
                RequireType(o.Batch, ScalarType.Int32, name);
                RequireType(o.Result, ScalarType.Int32, name);
                break;
            case RequireRows o:
                RequireArray(o.Array, name);
                RequireType(o.Batch, ScalarType.Int32, name);
                RequireType(o.Row, ScalarType.Int32, name);
                break;
            case If o:
                RequireType(o.Condition, ScalarType.Bool, name);
                Check(o.Then, o.Values.Select(v => v.Type).ToArray(), "if");
                Check(o.Else, o.Values.Select(v => v.Type).ToArray(), "else");
                break;
            case For o:
                CheckFor(o, name);
                break;
            case While o:
                CheckWhile(o);
                break;
            case Call o:
                CheckCall(o);
                break;
            case LaneCount or LaneLoad or LaneStore or LaneColumn or LaneDiagonal or LaneCall:
            case LaneNumbers or RowsToLanes or LanesToRows or LaneSum or LaneRowSum:
                CheckLanes(op, name);
                break;
            case ParallelCall o:
                CheckParallelCall(o, name);
                break;
            case FindPattern o:
                RequireType(o.Result, SparseTypes.Pattern, name);
                if (Callee(o.Callee) is { } finder) CheckArguments(finder, o.Args);
                break;
            case RuleCall o:
                CheckRule(o);
                break;
            case Transform o:
                if (_callees is not null && !_callees.ContainsKey(o.Target)) Fault($"{name}: there is no function {o.Target}");
                break;
            case Invoke o:
                var missing = o.Args.Count(a => a is null);
                if (missing != o.Outs.Length) Fault($"invoke of {o.Method}: {missing} out arguments, {o.Outs.Length} out values");
                break;
            case Evaluate o:
                CheckEvaluate(o, name);
                break;
            case Push o:
                RequireType(o.Tape, TapeType.Instance, name);
                if (o.Value.Type is not ScalarType) Fault($"{name}: {Show(o.Value)} is not a scalar");
                break;
            case Pop o:
                RequireType(o.Tape, TapeType.Instance, name);
                if (o.Result.Type is not ScalarType) Fault($"{name}: {Show(o.Result)} is not a scalar");
                break;
            case PushArray o:
                RequireType(o.Tape, TapeType.Instance, name);
                RequireArray(o.Array, name);
                break;
            case PopArray o:
                RequireType(o.Tape, TapeType.Instance, name);
                RequireWritable(o.Array, name);
                break;
            case OpenTape o:
                RequireType(o.Result, TapeType.Instance, name);
                break;
            default:
                throw new UnknownOperationException("The verifier", op);
        }

        foreach (var result in op.Results) Define(result, name);
    }

    private void CheckEvaluate(Evaluate op, string name)
    {
        for (var i = 0; i < op.Args.Length; i++)
        {
            if (op.Args[i].Type is not (ScalarType or ArrayType)) Fault($"{name}: {Show(op.Args[i])} is neither a scalar nor an array");
            if (!op.Expression.Contains("{" + i + "}")) Fault($"{name}: {Show(op.Args[i])} has no place in the expression");
        }

        for (var i = 0; i < op.Outs.Length; i++)
        {
            if (!op.Expression.Contains("{out" + i + "}")) Fault($"{name}: {Show(op.Outs[i])} has no place in the expression");
        }
    }

    private void CheckFor(For loop, string name)
    {
        RequireInt(loop.Index, name);
        if (!loop.Start.Type.Equals(loop.Index.Type) || !loop.End.Type.Equals(loop.Index.Type)) Fault($"{name}: index and bounds are of different types");
        if (loop.Step == 0) Fault($"{name}: the step is 0");
        CheckCarried(loop, "for");
        Scoped(loop, () =>
        {
            Define(loop.Index, "index of for");
            CheckBody(loop, "for");
        });
    }

    private void CheckWhile(While loop)
    {
        CheckCarried(loop, "while");
        Scoped(loop, () =>
        {
            Check(loop.Condition, new IrType[] { ScalarType.Bool }, "the condition of while");
            CheckBody(loop, "while");
        });
    }

    /// <summary>Runs with the carried parameters visible, and takes them and the index out of scope again.</summary>
    private void Scoped(Loop loop, Action body)
    {
        foreach (var carried in loop.Carried) Define(carried.Param, "carried parameter");
        body();
        foreach (var parameter in loop.BlockParameters()) _scope.Remove(parameter.Id);
    }

    private void CheckBody(Loop loop, string owner) => Check(loop.Body, loop.Carried.Select(c => c.Param.Type).ToArray(), owner, () =>
    {
        if (loop.Exit is null) return;
        Read(loop.Exit, "exit of " + owner);
        RequireType(loop.Exit, ScalarType.Bool, "exit of " + owner);
    });

    private void CheckCarried(Loop loop, string owner)
    {
        foreach (var carried in loop.Carried)
        {
            if (!Converts(carried.Init.Type, carried.Param.Type)) Fault($"{owner}: {Show(carried.Param)} starts as {Show(carried.Init)}");
            if (!carried.Param.Type.Equals(carried.Result.Type)) Fault($"{owner}: {Show(carried.Param)} ends as {Show(carried.Result)}");
        }

        if (loop.Trips is not null) RequireInt(loop.Trips, "trips of " + owner);
    }
}
