using System.Collections.Immutable;

namespace SoftDiff.Generator.IR;

/// <summary>
/// Checks that a function means something: every value is defined once and before it is read, every operand has a type its operation takes,
/// blocks hand over what their owners expect, calls fit their callees. Passes run it in tests and debug builds; a fault is a fault of SoftDiff.
/// </summary>
internal sealed class Verifier
{
    private readonly Function _function;
    private readonly IReadOnlyDictionary<string, Function>? _callees;
    private readonly List<string> _faults = new();
    private readonly HashSet<int> _everDefined = new();
    private readonly Dictionary<int, Value> _scope = new();
    private readonly HashSet<Operand> _flattened = new();

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
            if (parameter.IsResult && parameter.Value.Type is not ScalarType) Fault($"{parameter.Mode} parameter {Show(parameter.Value)} is not a scalar");
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
                RequireTensor(o.Tensor, name);
                if (o.Tensor.Type is ArrayType flattened) RequireConverts(flattened.AsSpan(), o.Result, o.Tensor, name);
                if (IsParameter(o.Tensor) && !_flattened.Add(o.Tensor)) Fault($"{name}: {Show(o.Tensor)} is flattened a second time");
                break;
            case Arrange o:
                CheckArrange(o, name);
                break;
            case Lengths o:
                RequireTensor(o.Tensor, name);
                RequireType(o.Result, ArrayType.Lengths, name);
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
            case RequireRank o:
                RequireTensor(o.Tensor, name);
                break;
            case RequireDisjoint o:
                RequireArray(o.First, name);
                RequireArray(o.Second, name);
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
            case RuleCall o:
                CheckRule(o);
                break;
            case Invoke o:
                var missing = o.Args.Count(a => a is null);
                if (missing != o.Outs.Length) Fault($"invoke of {o.Method}: {missing} out arguments, {o.Outs.Length} out values");
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

    private void CheckCall(Call call)
    {
        if (_callees is null) return;
        if (!_callees.TryGetValue(call.Callee, out var callee))
        {
            Fault($"call of {call.Callee}, which the module does not have");
            return;
        }

        var parameters = callee.Inputs;
        if (parameters.Count != call.Args.Length)
        {
            Fault($"call of {call.Callee}: {call.Args.Length} arguments for {parameters.Count} parameters");
        }
        else
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (Converts(call.Args[i].Type, parameters[i].Value.Type)) continue;
                Fault($"call of {call.Callee}: {Show(call.Args[i])} for {Show(parameters[i].Value)}");
            }
        }

        var results = new List<IrType>();
        if (callee.Returns is not null) results.Add(callee.Returns);
        results.AddRange(callee.Parameters.Where(p => p.IsResult).Select(p => p.Value.Type));
        if (!results.SequenceEqual(call.Values.Select(v => v.Type)))
        {
            Fault($"call of {call.Callee}: it gives ({string.Join(", ", results)}), taken as ({string.Join(", ", call.Values.Select(v => v.Type))})");
        }
    }

    private void CheckRule(RuleCall call)
    {
        var rule = call.Rule;
        if (rule.Parameters.Length != call.Args.Length)
        {
            Fault($"rule call of {rule.Primal}: {call.Args.Length} arguments for {rule.Parameters.Length} parameters");
        }

        foreach (var (arg, parameter) in call.Args.Zip(rule.Parameters, (a, p) => (a, p)))
        {
            if (!Converts(arg.Type, parameter.Type)) Fault($"rule call of {rule.Primal}: {Show(arg)} for {parameter.Name} of type {parameter.Type}");
            var fits = parameter.Role switch
            {
                RuleRole.Scalar => parameter.Type.IsFloat,
                RuleRole.Input => parameter.Type.IsFloatArray,
                RuleRole.Destination => parameter.Type is ArrayType { IsReadOnly: false },
                RuleRole.Buffer => call.Rule.Form == RuleForm.Companion && parameter.Type is ArrayType { IsReadOnly: false, IsFloatArray: true },
                _ => true,
            };
            if (!fits) Fault($"rule call of {rule.Primal}: {parameter.Name} of type {parameter.Type} cannot be {parameter.Role}");
        }

        if (!rule.Results.SequenceEqual(call.Values.Select(v => v.Type)))
        {
            Fault($"rule call of {rule.Primal}: it gives ({string.Join(", ", rule.Results)}), taken as ({string.Join(", ", call.Values.Select(v => v.Type))})");
        }
    }

    private void CheckSlice(Operand array, Operand start, Operand? count, Value slice, string name)
    {
        RequireArray(array, name);
        RequireInt(start, name);
        if (count is not null) RequireInt(count, name);
        if (slice.Type is not ArrayType result || result.Form == ArrayForm.Array)
        {
            Fault($"{name}: {Show(slice)} is not a span");
        }
        else if (array.Type is ArrayType source)
        {
            var form = source.Form == ArrayForm.Array ? ArrayForm.Span : source.Form;
            RequireConverts(new ArrayType(source.Element, form), slice, array, name);
        }
    }

    private void CheckPair(ComputePair pair, string name)
    {
        if (ScalarFunctions.Of(pair.Code).Pair is null) Fault($"{name}: {pair.Code} is computed beside no other function");
        if (!pair.Arg.Type.IsFloat) Fault($"{name}: {Show(pair.Arg)} is not a floating-point number");
        foreach (var result in pair.Results) RequireType(result, pair.Arg.Type, name);
    }

    private void CheckUpdate(RowUpdate update, string name)
    {
        RequireWritable(update.Destination, name);
        RequireArray(update.Source, name);
        if (Element(update.Destination) is not { } element) return;
        if (!element.IsFloat || Element(update.Source) != element) Fault($"{name}: {Show(update.Source)} cannot be added to {Show(update.Destination)}");
        var multiplies = update.Kind is RowUpdateKind.Multiply or RowUpdateKind.MultiplyAdd;
        if (multiplies != (update.Factor is not null)) Fault($"{name}: {update.Kind} {(multiplies ? "needs a" : "has no")} factor");
        if (update.Factor is not null) RequireElement(update.Destination, update.Factor, name);
    }

    private void CheckArrange(Arrange arrange, string name)
    {
        RequireArray(arrange.Array, name);
        if (arrange.Array.Type is ArrayType { IsTensor: true }) Fault($"{name}: {Show(arrange.Array)} is a tensor already");
        if (arrange.Array.Type is ArrayType array) RequireConverts(array.AsTensor(), arrange.Result, arrange.Array, name);
        foreach (var length in arrange.Lengths)
        {
            if (!(arrange.Lengths.Length == 1 && length.Type.Equals(ArrayType.Lengths))) RequireInt(length, name);
        }
    }

    private void CheckElement(Operand array, Operand index, Operand value, string name)
    {
        RequireArray(array, name);
        if (array.Type is ArrayType { IsTensor: true }) Fault($"{name}: {Show(array)} is a tensor, whose elements have no one index");
        RequireInt(index, name);
        RequireElement(array, value, name);
    }

    private void RequireElement(Operand array, Operand value, string name)
    {
        if (Element(array) is { } element && !element.Equals(value.Type)) Fault($"{name}: {Show(value)} is not an element of {Show(array)}");
    }

    /// <summary>What each opcode takes: the types of its operands and of its result.</summary>
    private void Check(Compute compute)
    {
        var result = compute.Result.Type as ScalarType;
        var args = compute.Args.Select(a => a.Type as ScalarType).ToArray();
        var fits = result is not null && args.All(a => a is not null) && ScalarFunctions.Of(compute.Code).Signature.Fits(result, args!);
        if (!fits) Fault($"{compute.Code} does not take ({string.Join(", ", compute.Args.Select(a => a.Type))}) to {compute.Result.Type}");
        if (compute.Code == Opcode.Pure != (compute.Symbol is not null)) Fault($"{compute.Code}: only Pure names a method, and it must");
    }

    private bool IsParameter(Operand operand) => _function.Parameters.Any(p => p.Value.Equals(operand));

    private static ScalarType? Element(Operand array) => (array.Type as ArrayType)?.Element;

    private void RequireConverts(ArrayType type, Value result, Operand of, string name)
    {
        if (!Converts(type, result.Type)) Fault($"{name}: {Show(result)} of {Show(of)}");
    }

    /// <summary>Whether C# passes the one as the other without a cast: arrays as spans, spans as read-only spans, numbers as nullable ones.</summary>
    private static bool Converts(IrType from, IrType to) =>
        from.Equals(to) || (from is ArrayType a && to is ArrayType b && a.Element == b.Element && a.IsTensor == b.IsTensor && a.Form <= b.Form)
        || (from is ScalarType value && to is ScalarType { Kind: ScalarKind.Opaque } optional && optional.Name == value.Name + "?");

    private void RequireArray(Operand array, string name)
    {
        if (array.Type is not ArrayType) Fault($"{name}: {Show(array)} is not an array");
    }

    private void RequireTensor(Operand tensor, string name)
    {
        if (tensor.Type is not ArrayType { IsTensor: true }) Fault($"{name}: {Show(tensor)} is not a tensor");
    }

    private void RequireWritable(Operand array, string name)
    {
        RequireArray(array, name);
        if (array.Type is ArrayType { IsReadOnly: true }) Fault($"{name}: {Show(array)} is read-only");
    }

    private void RequireInt(Operand operand, string name)
    {
        if (operand.Type is not ScalarType { Kind: ScalarKind.Int }) Fault($"{name}: {Show(operand)} is not an integer");
    }

    private void RequireType(Operand operand, IrType type, string name)
    {
        if (!operand.Type.Equals(type)) Fault($"{name}: {Show(operand)} is not {type}");
    }

    private void Read(Operand operand, string where)
    {
        if (operand is not Value value) return;
        if (!_scope.TryGetValue(value.Id, out var definition))
        {
            Fault($"{where} reads {Show(value)}, which is {(_everDefined.Contains(value.Id) ? "out of scope" : "not defined")} there");
        }
        else if (!definition.Type.Equals(value.Type))
        {
            Fault($"{where} reads {Show(value)}, which was defined as {definition.Type}");
        }
    }

    private void Define(Value value, string where)
    {
        Unique(value, where);
        _scope[value.Id] = value;
    }

    private void Unique(Value value, string where)
    {
        if (!_everDefined.Add(value.Id)) Fault($"{where} defines {Show(value)} a second time");
    }

    private static string Name(Op op) => op is Compute compute ? compute.Code.ToString() : op.GetType().Name;

    private static string Show(Operand operand) => operand is Value value
        ? $"%{value.Id}{(value.Name.Length == 0 ? "" : " " + value.Name)}: {value.Type}"
        : $"constant: {operand.Type}";

    private void Fault(string fault) => _faults.Add(_function.Name + ": " + fault);
}
