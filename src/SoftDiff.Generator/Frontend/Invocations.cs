using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Primitives;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers calls of known functions, of methods with a rule and of methods with a body in this project. Any other call is an error.
internal sealed partial class FunctionLowering
{
    private Operand? LowerInvocation(IInvocationOperation call, bool wantsValue)
    {
        if (OmittedCalls.IsOmitted(call)) return null;
        var method = call.TargetMethod;
        if (IsReported(call.Instance)) return Placeholder(call.Type);
        if (Optional(call.Instance?.Type) is not null) return LowerOptionalCall(call);
        if (List(call.Instance) is { } list) return LowerListCall(call, list);
        if (Listed(call.Instance) is not null) return Unsupported(call, ListedArrays);
        if (method.Name == "GetLength" && IsHeld(call.Instance!) && LowerObjectCall(call, isWhole: false, out var axis)) return axis;
        if (LowerArrayMethod(call, out var element)) return element ?? (wantsValue ? Placeholder(call.Type) : null);
        if (method.MethodKind == MethodKind.DelegateInvoke) return LowerDelegateCall(call);
        if (IsQuery(method) && IsSequence(call)) return LowerQuery(call);
        if (LowerGuard(call) || LowerAssertion(call)) return wantsValue ? Placeholder(call.Type) : null;
        if (RangesOf(call) is { IsDefault: false } ranges) return LowerTensorPart(call, call.Instance!, ranges);
        if (IsTensor(call.Instance) && LowerTensorMethod(call)) return null;
        if (IsTensor(call.Instance) || method.ContainingType is { Name: "Tensor", ContainingNamespace.Name: "Tensors" })
        {
            return Unsupported(call, "loop over the elements, t[i, j], call a Soft operator with an axis, or lay a new tensor over a slice of the span");
        }

        // In the analyzer a call of a companion binds, because the analyzer sees generated code.
        if (MarkerAttributes.IsGenerated(method)) return FailForCompanion(call, method);
        if (call.Instance is { } tree && IsStructTree(tree.Type)) return LowerStructTreeCall(call, tree);
        if (call.Instance is { Type: { } owner } && Products.IsStruct(Types.Resolve(owner))) return LowerMethodOf(call, call.Instance);
        if (method is { IsStatic: true } and ({ IsVirtual: true } or { IsAbstract: true }) && !IsMath(method))
        {
            if (Constrained(call) is { } known) return LowerCall(CallSite.Of(call), null, null, receiving: null, known);
            return Fail(Descriptors.InstanceCall, call, SourceLines.Short(call.Syntax), "move the computation into a static method and pass what it needs");
        }

        Receiving? receiving = null;
        var implementation = Formulas.Of(method, _module.Compilation);
        if (!HasKnownReceiver(call, out var receiver))
        {
            if (!IsOnObject(call.Instance) || RuleLookup.HasRule(method)) return ReportCall(call, call.Instance!);
            if (LowerObjectCall(call, isWhole: false, out var result)) return result;
            implementation = Implementation(DynamicType(call.Instance!), method, call) as IMethodSymbol;
            receiving = new Receiving(ConvertTo(LowerObject(call.Instance!), ObjectTypes.Of((implementation ?? method).ContainingType, Types)), null);
        }

        return LowerCall(CallSite.Of(call), receiver, receiving, implementation);
    }

    /// <summary>A call of a method that is known, or of the code of a delegate.</summary>
    private Operand? LowerCall(CallSite call, ConstantObject? receiver, Receiving? receiving = null, IMethodSymbol? implementation = null)
    {
        var method = call.TargetMethod;
        if (TransformationAttributes.IsSparse(method))
        {
            return Unsupported(call.Operation, "a sparse matrix has no place in a method to differentiate; declare the dense [Jacobian] and call that");
        }

        if (method is { Name: "StopGradient", ContainingType.Name: "Diff", ContainingNamespace.Name: "SoftDiff" }) return LowerStopGradient(call);
        if ((IsMath(method) || MathFunctions.IsSoft(method)) && !method.Parameters.Any(p => ThrownTexts.IsText(p.Type))) return LowerMath(call);
        var replacement = Replacement.Of(method, call.Syntax.GetLocation(), _module, out var failed);
        if (failed) return Placeholder(call.Type);
        if (_module.Rules.Find(method, call.Syntax.GetLocation(), Types, out failed) is { } rule)
        {
            if (call.Arguments.FirstOrDefault(a => Types.InParts(a.Parameter!.Type) is not null) is not { } parted) return LowerRuleCall(call, rule, replacement);
            Unsupported(parted.Value, "let the rule take spans, and lengths as ints");
            return Placeholder(call.Type);
        }

        if (failed) return Placeholder(call.Type);
        if (call.Through is null && IsRecursiveCapture(method, out var body))
        {
            return Close(call.Operation, method, body) is Closure function ? Run(call with { Through = function }) : Placeholder(call.Type);
        }

        if (IsLoweredInPlace(method, call)) return LowerInPlace(call, receiver, receiving?.Value, implementation);
        return IsOnObjects(method) && call.Operation is IInvocationOperation foreign && call.Through is null && !call.Arguments.Any(IsStatic)
            ? LowerForeignCall(foreign)
            : LowerCall(call, replacement, receiver, receiving, implementation);
    }

    /// <summary>The method that a call through a type parameter runs, where the parameter stands for a type with source; null if it is not known.</summary>
    private IMethodSymbol? Constrained(IInvocationOperation call)
    {
        var type = call.ConstrainedToType ?? call.Instance?.Type;
        if (type is not ITypeParameterSymbol || Types.Resolve(type) is not INamedTypeSymbol known) return null;
        var declared = known.AllInterfaces.SelectMany(i => i.GetMembers(call.TargetMethod.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, call.TargetMethod.OriginalDefinition));
        if (declared is null || known.FindImplementationForInterfaceMember(declared) is not IMethodSymbol method) return null;
        return _module.Body(method) is null ? null : method.IsGenericMethod ? method.Construct(call.TargetMethod.TypeArguments.ToArray()) : method;
    }

    /// <summary>Whether the expression is a variable whose type was reported.</summary>
    private bool IsReported(IOperation? operation) => operation is not null && Variable(Unconverted(operation)) is { } variable && _reported.Contains(variable);

    private Operand FailForCompanion(IOperation operation, IMethodSymbol companion)
    {
        var properties = CompanionDeclarations.Of(companion, _module.Root.ContainingType, qualified: true) is { } declaration
            ? ImmutableDictionary<string, string?>.Empty.Add("declaration", declaration)
            : null;
        _module.Report(
            Descriptors.CompanionCall, operation.Syntax.GetLocation(), properties, companion.Name,
            CompanionDeclarations.Instead(companion, _module.Root.ContainingType));
        return Placeholder(operation.Type);
    }

    private static bool IsMath(IMethodSymbol method) => MathFunctions.IsFunction(method);

    private Operand LowerStopGradient(CallSite call)
    {
        var value = ValueOf(call.Arguments[0]);
        return value.Type.IsFloat ? _point.Block.Compute(value.Type, Opcode.StopGradient, value) : value.Type is ScalarType ? value
            : Unsupported(call.Operation, "stop the gradient of scalars, or mark the parameter [NonDifferentiable]");
    }

    private Operand LowerMath(CallSite call)
    {
        var method = call.TargetMethod;
        if (call.Type is INamedTypeSymbol { IsTupleType: true } && LowerPair(call) is { } pair) return pair;
        var type = Types.Scalar(call.Type);
        if (type is null || method.Parameters.Any(p => p.RefKind != RefKind.None)) return Unsupported(call.Operation, "use functions from numbers to a number");
        var args = call.Arguments.OrderBy(a => a.Parameter.Ordinal).Select(ValueOf).ToImmutableArray();
        if (args.Any(a => a.Type is not ScalarType)) return Unsupported(call.Operation, "use functions from numbers to a number");
        if (method.Name.StartsWith("Create", StringComparison.Ordinal)) return ConvertTo(args[0], type);
        if (type.Kind == ScalarKind.Float && MathFunctions.Rounding(call) is { } rounding) return _point.Block.Compute(type, rounding, args[0]);
        if (MathFunctions.Opcode(method) is { } code && ScalarFunctions.Of(code).Signature.Fits(type, args.Select(a => (ScalarType)a.Type).ToList()))
        {
            return _point.Block.Compute(type, code, args.ToArray());
        }

        if (type.Kind == ScalarKind.Float && !MathFunctions.IsRoundingToDigits(method)) return Unsupported(call.Operation, "use a function with a derivative rule");
        var result = _point.Values.Fresh(type);
        var owner = method.ContainingType.TypeKind == TypeKind.Interface ? args[0].Type.ToString() : Types.Name(method.ContainingType);
        _point.Block.Add(new Compute(result, Opcode.Pure, args, owner + "." + method.Name));
        return result;
    }

    private Operand ValueOf(CallArgument argument) => argument.Known ?? Lower(argument.Value);

    /// <summary>The arguments in the order of the parameters, for calls in which the order of evaluation does not matter.</summary>
    private static IEnumerable<IArgumentOperation> InOrder(ImmutableArray<IArgumentOperation> arguments) => arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0);

    /// <summary>Argument values in parameter order, computed in the order they are written. Null for out arguments.</summary>
    /// <param name="call">The call.</param>
    /// <param name="places">Receives the places of by-reference results.</param>
    /// <param name="byElement">Takes a by-reference argument that is to be passed as an element, if it is one.</param>
    private Operand?[] Arguments(CallSite call, List<(int Ordinal, AssignablePlace Place)> places, Func<CallArgument, bool>? byElement)
    {
        var values = new Operand?[call.Parameters.Length];

        // The callee reads its by-reference arguments, so they are read after all arguments have been evaluated.
        var late = new List<(int Ordinal, Func<Operand> Read)>();
        var uses = new List<IDisposable>();
        foreach (var argument in call.Arguments)
        {
            var parameter = argument.Parameter;
            if (parameter.RefKind != RefKind.None && byElement?.Invoke(argument) == true) continue;
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                if (argument.Value is IDiscardOperation || Place(argument.Value) is not { } place) continue;
                places.Add((parameter.Ordinal, place));
                if (parameter.RefKind == RefKind.Ref) late.Add((parameter.Ordinal, () => place.Read(this)));
                continue;
            }

            if (parameter.RefKind != RefKind.None && Types.Scalar(parameter.Type) is not null)
            {
                if (Variable(argument.Value) is not null)
                {
                    late.Add((parameter.Ordinal, () => Lower(argument.Value)));
                    continue;
                }

                if (IsElement(argument.Value))
                {
                    if (LowerPlace(argument.Value) is not { } element) continue;
                    late.Add((parameter.Ordinal, () => new ElementPlace(element.Array, element.Index).Read(this)));
                    continue;
                }
            }

            var value = argument.Known ?? LowerArgument(argument.Value, parameter.Type);
            // A callee assumes that its array parameters are not null.
            var isArray = parameter.Type is IArrayTypeSymbol && value is not null and not (StructArray or PartedArray or KeptObject);
            if (isArray && value is not ArrayChoice) value = Present(value!);
            if (isArray && value is not SymbolConstant && _arrays.IsNull(value!) is not BoolConstant { Flag: false })
            {
                Unsupported(argument.Value, "pass an array, if need be one without elements");
            }

            values[parameter.Ordinal] = value;
            uses.Add(InUse(value));
        }

        foreach (var (ordinal, read) in late) values[ordinal] = read();
        foreach (var use in uses) use.Dispose();
        return values;
    }

    private Operand? LowerArgument(IOperation value, ITypeSymbol type)
    {
        if (Types.InParts(type) is not null) return LowerParted(value);
        if (TreeList(value) is { } listed) return listed;
        if (StructArrays.Map(type, Types) is not null) return Lower(value);
        if (Types.Array(type) is not null || type is IArrayTypeSymbol || Types.Tensor(type) is not null) return LowerArray(value);
        if (!Types.IsOptional(type) || Optional(type) is not null) return Lower(value);
        while (value is IConversionOperation conversion && Types.IsOptional(conversion.Type!)) value = conversion.Operand;
        var isNull = value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null };
        return isNull ? new SymbolConstant(Types.Passive(type)!, "null") : Lower(value);
    }

    /// <summary>
    /// The by-reference arguments that are elements of an array, or members of such, which the callee may reach in another way too. They are passed as
    /// spans of their numbers; all others as values that come back.
    /// </summary>
    private ImmutableArray<int> ByElement(CallSite call)
    {
        ITypeSymbol? Element(CallArgument argument) => argument.Parameter.RefKind != RefKind.None
            ? IsElement(argument.Value) ? argument.Parameter.Type : null
            : argument.Parameter.Type switch
            {
                IArrayTypeSymbol { ElementType: IArrayTypeSymbol row } => row.ElementType,
                IArrayTypeSymbol array => array.ElementType,
                INamedTypeSymbol { IsRefLikeType: true, Arity: 1 } span => span.TypeArguments[0],
                _ => null,
            };

        bool MayReach(CallArgument other, CallArgument element) =>
            SymbolEqualityComparer.Default.Equals(Element(other), element.Parameter.Type)
            || (IsOfStructElement(element.Value)
                && (other.Parameter.RefKind == RefKind.None ? StructArrays.Map(other.Parameter.Type, Types) is not null : IsOfStructElement(other.Value)));

        return call.Arguments
            .Where(a => a.Parameter.RefKind != RefKind.None && (IsElement(a.Value) ? IsReference(a.Value) : IsOfStructElement(a.Value)))
            .Where(a => ReachesArrays(call) || call.Arguments.Any(other => other != a && MayReach(other, a)))
            .Select(a => a.Parameter.Ordinal).OrderBy(ordinal => ordinal).ToImmutableArray();
    }

    private const string Passable = "pass values, variables, and elements of arrays and spans";

    /// <summary>Lets a variable stand for an element, or for none.</summary>
    private void Refer(ISymbol variable, AssignablePlace? place)
    {
        _references.Remove(variable);
        _elements.Remove(variable);
        if (place is ElementPlace number) _references[variable] = number;
        else if (place is StructElementPlace structure) _elements[variable] = structure;
    }

    /// <summary>Whether C# passes the element itself by reference, and not a copy that an indexer gives.</summary>
    private bool IsReference(IOperation element) => element switch
    {
        IPropertyReferenceOperation { Property.RefKind: RefKind.None } => false,
        IImplicitIndexerReferenceOperation { Instance.Type: not (IArrayTypeSymbol or { IsRefLikeType: true }) } => false,
        IArrayElementReferenceOperation { ArrayReference: var array } => !IsOnObject(array),
        _ => true,
    };

    /// <summary>The numbers of an argument that is passed as an element.</summary>
    private Operand? ViewOf(IOperation element) => Place(element) switch
    {
        ElementPlace number => _arrays.View(number.Array, number.Index, Constants.Int(1)),
        StructElementPlace structure => _arrays.View(
            structure.Array, _arrays.Sum(structure.First, Constants.Int(structure.Offset)), Constants.Int(ProductType.Count(structure.Of))),
        _ => null,
    };

    private ImmutableArray<Value> Replaced(
        Replacement? replacement, ImmutableArray<Operand> args, int at, Func<ImmutableArray<Operand>, ImmutableArray<Value>> call) =>
        replacement is null ? call(args) : replacement.Emit(_point.Block, args, at, call);

    private Operand? LowerRuleCall(CallSite call, CustomRule rule, Replacement? replacement)
    {
        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var args = Arguments(call, places, byElement: null);
        if (args.Where((a, i) => a is null && !rule.Outs.Contains(i)).Any()) return Placeholder(call.Type);
        if (call.Arguments.FirstOrDefault(a => args[a.Parameter.Ordinal] is Product or StructArray) is { } value)
        {
            return Unsupported(value.Value, "pass its numbers one by one: the method has a rule of its own");
        }

        var ordinals = Enumerable.Range(0, args.Length).Where(i => !rule.Outs.Contains(i)).ToList();
        foreach (var written in ordinals.Where((_, i) => rule.Parameters[i].IsWritten))
        {
            if (!IsWritable(args[written]!, call.Arguments.First(a => a.Parameter.Ordinal == written).Value)) return Placeholder(call.Type);
        }

        if (TensorMethods.IsMember(call.TargetMethod)) TensorMethods.Shorten(rule, args, _arrays);
        foreach (var argument in call.Arguments.Where(a => ordinals.Contains(a.Parameter.Ordinal) && args[a.Parameter.Ordinal] is Value))
        {
            var parameter = argument.Parameter;
            var expected = rule.Parameters[ordinals.IndexOf(parameter.Ordinal)];
            if (expected.Type is ArrayType { Form: ArrayForm.Array } && args[parameter.Ordinal]!.Type is not ArrayType { Form: ArrayForm.Array })
            {
                // Arrays made in a method are spans in the derivative.
                Unsupported(argument.Value, $"pass an array that is a parameter, or let '{call.TargetMethod.Name}' take a span");
                return Placeholder(call.Type);
            }

            if (!expected.IsConstant || !IsRoot) continue;
            var name = $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name} by {parameter.Name}";
            _module.Arguments.Constant.Add(new ConstantArgument(args[parameter.Ordinal]!, argument.Value.Syntax, name, Within));
        }

        var given = args.Where((_, i) => !rule.Outs.Contains(i)).Select(a => a!).ToImmutableArray();
        var results = _arrays.With(given, chosen => Replaced(replacement, chosen, replacement?.Parameter ?? -1, operands =>
        {
            var values = rule.Results.Select(type => _point.Values.Fresh(type)).ToImmutableArray();
            _point.Block.Add(new RuleCall(values, rule, operands));
            return values;
        }), rule.Results.CastArray<IrType>());
        foreach (var (ordinal, place) in places) place.Write(this, results[results.Length - rule.Outs.Length + rule.Outs.IndexOf(ordinal)]);
        return call.TargetMethod.ReturnsVoid ? null : results[0];
    }
}
