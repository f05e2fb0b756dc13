namespace SoftDiff.Generator.IR;

// Checks the operands of calls and of operations on arrays, and the scope of values.
internal sealed partial class Verifier
{
    private void CheckCall(Call call)
    {
        if (Callee(call.Callee) is not { } callee) return;
        CheckArguments(callee, call.Args);
        var results = new List<IrType>();
        if (callee.Returns is not null) results.Add(callee.Returns);
        results.AddRange(callee.Parameters.Where(p => p.IsResult).Select(p => p.Value.Type));
        if (!results.SequenceEqual(call.Values.Select(v => v.Type)))
        {
            Fault($"call of {call.Callee}: it gives ({string.Join(", ", results)}), taken as ({string.Join(", ", call.Values.Select(v => v.Type))})");
        }
    }

    private void CheckParallelCall(ParallelCall call, string name)
    {
        RequireType(call.Count, ScalarType.Int32, name);
        if (Callee(call.Callee) is not { } callee) return;

        // The count stands for the two ends of a part.
        CheckArguments(callee, call.Args.Insert(0, call.Count).Insert(0, call.Count));
        if (callee.Returns is not null || callee.Parameters.Any(p => p.IsResult)) Fault($"call of {call.Callee}: it has a result, and runs several times");
    }

    private Function? Callee(string name)
    {
        if (_callees is null) return null;
        if (_callees.TryGetValue(name, out var callee)) return callee;
        Fault($"call of {name}, which the module does not have");
        return null;
    }

    private void CheckArguments(Function callee, ImmutableArray<Operand> args)
    {
        var parameters = callee.Inputs;
        if (parameters.Count != args.Length)
        {
            Fault($"call of {callee.Name}: {args.Length} arguments for {parameters.Count} parameters");
            return;
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            if (!Converts(args[i].Type, parameters[i].Value.Type)) Fault($"call of {callee.Name}: {Show(args[i])} for {Show(parameters[i].Value)}");
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

    private void CheckMade(MakeArray made, string name)
    {
        foreach (var length in made.Lengths) RequireInt(length, name);
        _made.Add(made.Result);
        if (made.Result.Type is not ArrayType { Form: ArrayForm.Array or ArrayForm.Matrix } type || type.Rank != made.Lengths.Length)
        {
            Fault($"{name}: {Show(made.Result)} is no array with {made.Lengths.Length} lengths");
        }
        else if (made.Elements is not null)
        {
            RequireArray(made.Elements, name);
            if (Element(made.Elements) is { } element && element != type.Element) Fault($"{name}: elements of {element} do not fit {type}");
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
        if (array.Type is ArrayType { IsContainer: true }) Fault($"{name}: {Show(array)} is a container, whose elements have no one index");
        RequireInt(index, name);
        RequireElement(array, value, name);
    }

    private void RequireElement(Operand array, Operand value, string name)
    {
        if (Element(array) is { } element && !Converts(value.Type, element)) Fault($"{name}: {Show(value)} is not an element of {Show(array)}");
    }

    /// <summary>Checks the types of operands and result against the opcode's row.</summary>
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

    /// <summary>Whether C# passes the one as the other without a cast: arrays as spans, spans as read-only spans, numbers as nullable ones and as lanes.</summary>
    private static bool Converts(IrType from, IrType to) =>
        from.Equals(to) || from.Equals((to as ScalarType)?.LaneOf)
        || (from is ArrayType a && to is ArrayType b && a.Element == b.Element && a.IsTensor == b.IsTensor
            && a.IsContainer == a.IsTensor && b.IsContainer == b.IsTensor && a.Form <= b.Form)
        || (from is ScalarType value && to is ScalarType { Kind: ScalarKind.Opaque } optional && optional.Name == value.Name + "?");

    private void RequireArray(Operand array, string name)
    {
        if (array.Type is not ArrayType) Fault($"{name}: {Show(array)} is not an array");
    }

    private void RequireContainer(Operand container, string name)
    {
        if (container.Type is not ArrayType { IsContainer: true } && !_made.Contains(container)) Fault($"{name}: {Show(container)} is not a container");
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
