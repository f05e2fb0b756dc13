using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers calls of known functions, of methods with a rule and of methods with a body in this project. Any other call is an error.
internal sealed partial class FunctionLowering
{
    private Operand? LowerInvocation(IInvocationOperation call, bool wantsValue)
    {
        if (OmittedCalls.IsOmitted(call)) return null;
        var method = call.TargetMethod;
        if (LowerArrayMethod(call, out var element)) return element ?? (wantsValue ? Placeholder(call.Type) : null);
        if (IsDelegate(call.Instance?.Type) && call.Instance is ILocalReferenceOperation) return Placeholder(call.Type); // reported where it is declared
        if (call.Arguments.FirstOrDefault(a => IsDelegate(a.Parameter?.Type)) is { Value: var code })
        {
            return Fail(Descriptors.Lambda, code, SourceLines.Short(code.Syntax), "call the method itself instead of passing it on");
        }

        if (LowerGuard(call) || LowerAssertion(call)) return wantsValue ? Placeholder(call.Type) : null;
        if (IsTensor(call.Instance) || method.ContainingType is { Name: "Tensor", ContainingNamespace.Name: "Tensors" })
        {
            return Unsupported(call, "loop over the elements, t[i, j], call a Soft operator with an axis, or lay a new tensor over a slice of the span");
        }

        // In the analyzer a call of a companion binds, because the analyzer sees generated code.
        if (MarkerAttributes.IsGenerated(method)) return FailForCompanion(call, method);
        if (method is { IsStatic: true, IsVirtual: true } && !IsMath(method))
        {
            return Fail(Descriptors.InstanceCall, call, SourceLines.Short(call.Syntax), "move the computation into a static method and pass what it needs");
        }

        if (!HasKnownReceiver(call, out var receiver)) return Placeholder(call.Type);

        if (TransformationAttributes.IsSparse(method))
        {
            return Unsupported(call, "a sparse matrix has no place in a method to differentiate; declare the dense [Jacobian] and call that");
        }

        if (method is { Name: "StopGradient", ContainingType.Name: "Diff", ContainingNamespace.Name: "SoftDiff" }) return LowerStopGradient(call);
        if (IsMath(method) || MathFunctions.IsSoft(method)) return LowerMath(call);
        var replacement = Replacement.Of(method, call.Syntax.GetLocation(), _module, out var failed);
        if (failed) return Placeholder(call.Type);
        if (_module.Rules.Find(method, call.Syntax.GetLocation(), Types, out failed) is { } rule) return LowerRuleCall(call, rule, replacement);
        if (failed) return Placeholder(call.Type);
        return IsLoweredInPlace(method, call) ? LowerInPlace(call, receiver) : LowerCall(call, replacement, receiver);
    }

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

    private static bool IsDelegate(ITypeSymbol? type) => type?.TypeKind == TypeKind.Delegate;

    private static bool IsMath(IMethodSymbol method) => MathFunctions.IsFunction(method);

    private Operand LowerStopGradient(IInvocationOperation call)
    {
        var value = Lower(call.Arguments[0].Value);
        return value.Type.IsFloat ? _point.Block.Compute(value.Type, Opcode.StopGradient, value) : value.Type is ScalarType ? value
            : Unsupported(call, "stop the gradient of scalars, or mark the parameter [NonDifferentiable]");
    }

    private Operand LowerMath(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (call.Type is INamedTypeSymbol { IsTupleType: true } && LowerPair(call) is { } pair) return pair;
        var type = Types.Scalar(call.Type);
        if (type is null || method.Parameters.Any(p => p.RefKind != RefKind.None)) return Unsupported(call, "use functions from numbers to a number");
        var args = InOrder(call.Arguments).Select(a => Lower(a.Value)).ToImmutableArray();
        if (args.Any(a => a.Type is not ScalarType)) return Unsupported(call, "use functions from numbers to a number");
        if (method.Name.StartsWith("Create", StringComparison.Ordinal)) return ConvertTo(args[0], type);
        if (type.Kind == ScalarKind.Float && MathFunctions.Rounding(call) is { } rounding) return _point.Block.Compute(type, rounding, args[0]);
        if (MathFunctions.Opcode(method) is { } code && ScalarFunctions.Of(code).Signature.Fits(type, args.Select(a => (ScalarType)a.Type).ToList()))
        {
            return _point.Block.Compute(type, code, args.ToArray());
        }

        if (type.Kind == ScalarKind.Float && !MathFunctions.IsRoundingToDigits(method)) return Unsupported(call, "use a function with a derivative rule");
        var result = _point.Values.Fresh(type);
        var owner = method.ContainingType.TypeKind == TypeKind.Interface ? args[0].Type.ToString() : Types.Name(method.ContainingType);
        _point.Block.Add(new Compute(result, Opcode.Pure, args, owner + "." + method.Name));
        return result;
    }

    /// <summary>The arguments in the order of the parameters, for calls in which the order of evaluation does not matter.</summary>
    private static IEnumerable<IArgumentOperation> InOrder(ImmutableArray<IArgumentOperation> arguments) => arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0);

    /// <summary>Argument values in parameter order, computed in the order they are written. Null for out arguments.</summary>
    /// <param name="call">The call.</param>
    /// <param name="places">Receives the places of by-reference results.</param>
    /// <param name="byElement">Takes a by-reference argument that is to be passed as an element, if it is one.</param>
    private Operand?[] Arguments(IInvocationOperation call, List<(int Ordinal, AssignablePlace Place)> places, Func<IArgumentOperation, bool>? byElement)
    {
        var values = new Operand?[call.TargetMethod.Parameters.Length];

        // The callee reads its by-reference arguments, so they are read after all arguments have been evaluated.
        var late = new List<(int Ordinal, Func<Operand> Read)>();
        foreach (var argument in call.Arguments)
        {
            var parameter = argument.Parameter!;
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

            var value = LowerArgument(argument.Value, parameter.Type);
            // A callee assumes that its array parameters are not null.
            var isArray = parameter.Type is IArrayTypeSymbol { Rank: 1 };
            if (isArray && value is not null and not ArrayChoice) value = Present(value);
            if (isArray && value is not null and not SymbolConstant && _arrays.IsNull(value) is not BoolConstant { Flag: false })
            {
                Unsupported(argument, "pass an array, if need be one without elements");
            }

            values[parameter.Ordinal] = value;
        }

        foreach (var (ordinal, read) in late) values[ordinal] = read();
        return values;
    }

    private Operand? LowerArgument(IOperation value, ITypeSymbol type)
    {
        if (Types.Matrix(type) is not null) return LowerMatrix(value);
        if (Types.Array(type) is not null || type is IArrayTypeSymbol || Types.Tensor(type) is not null) return LowerArray(value);
        if (!Types.IsOptional(type)) return Lower(value);
        while (value is IConversionOperation conversion && Types.IsOptional(conversion.Type!)) value = conversion.Operand;
        var isNull = value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null };
        return isNull ? new SymbolConstant(Types.Passive(type)!, "null") : Lower(value);
    }

    /// <summary>
    /// The by-reference arguments that are elements of an array which the callee may reach in another way too. They are passed as spans of one element;
    /// all others as values that come back.
    /// </summary>
    private ImmutableArray<int> ByElement(IInvocationOperation call)
    {
        ITypeSymbol? Element(IArgumentOperation argument) => argument.Parameter!.RefKind != RefKind.None
            ? IsElement(argument.Value) ? argument.Parameter.Type : null
            : argument.Parameter.Type switch
            {
                IArrayTypeSymbol array => array.ElementType,
                INamedTypeSymbol { IsRefLikeType: true, Arity: 1 } span => span.TypeArguments[0],
                _ => null,
            };

        return call.Arguments
            .Where(a => a.Parameter!.RefKind != RefKind.None && IsElement(a.Value))
            .Where(a => call.Arguments.Any(other => other != a && SymbolEqualityComparer.Default.Equals(Element(other), a.Parameter!.Type)))
            .Select(a => a.Parameter!.Ordinal).OrderBy(ordinal => ordinal).ToImmutableArray();
    }

    /// <summary>A variable that the callee receives twice and may change.</summary>
    private static IOperation? PassedTwice(IInvocationOperation call)
    {
        return call.Arguments.Where(a => a.Parameter!.RefKind != RefKind.None && Variable(a.Value) is not null)
            .GroupBy(a => Variable(a.Value), SymbolEqualityComparer.Default)
            .Where(group => group.Count() > 1 && group.Any(a => a.Parameter!.RefKind is RefKind.Ref or RefKind.Out))
            .Select(group => group.Last().Value).FirstOrDefault();
    }

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private Operand? LowerCall(IInvocationOperation call, Replacement? replacement, ConstantObject? receiver)
    {
        var method = call.TargetMethod;
        if (TransformationAttributes.IsMarked(method) && method.Parameters.Any(p => Types.Matrix(p.Type) is not null))
        {
            return Unsupported(call, "declare the derivative of a method on spans, which gets the lengths as ints, and call that");
        }

        var byElement = ByElement(call);
        if (PassedTwice(call) is { } twice && !IsElement(twice)) return Unsupported(twice, "pass a variable by reference once, or a copy of it");
        if (_module.Callee(method, Types, byElement, receiver) is not { } callee)
        {
            if (LowerExternalGuard(call)) return Placeholder(call.Type);
            var instead = RuleLookup.Attribute(method, "DifferentiableAttribute") is not null
                ? "it is in another project, and companions of this shape cannot be called from here; let it take spans and out parameters there"
                : OmittedCalls.Symbols(method.OriginalDefinition).Count > 0
                ? "it has no source here, and the call is not left out, since its symbol is defined; move it out of the differentiated method"
                : "it has no source here; give it a rule with [DerivativeOf], or compute it outside and pass the result";
            return Fail(Descriptors.UnknownMethod, call, method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), instead);
        }

        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var elementViews = new Dictionary<int, Operand>();
        var args = Arguments(call, places, argument =>
        {
            var ordinal = argument.Parameter!.Ordinal;
            if (!byElement.Contains(ordinal)) return false;
            if (Place(argument.Value) is ElementPlace element) elementViews[ordinal] = _arrays.View(element.Array, element.Index, Constants.Int(1));
            return true;
        });
        foreach (var view in elementViews) args[view.Key] = view.Value;
        var inputs = method.Parameters.Where(p => p.RefKind != RefKind.Out || byElement.Contains(p.Ordinal)).ToList();
        var references = method.Parameters.Where(p => p.RefKind is RefKind.Ref or RefKind.Out && !byElement.Contains(p.Ordinal)).ToList();
        var types = new List<IrType>();
        var returns = method.ReturnsVoid ? null : TypeOf(call.Type!);
        if (!method.ReturnsVoid)
        {
            if (returns is not (ScalarType or ProductType))
            {
                return Fail(Descriptors.UnsupportedType, call, method.ReturnType.ToDisplayString(), TypeMapping.Supported);
            }

            if (returns is ScalarType) types.Add(returns);
        }

        var firstReference = types.Count;
        types.AddRange(references.Select(p => Types.Scalar(p.Type) ?? ScalarType.Double));
        var firstElement = types.Count;
        if (returns is ProductType product) types.AddRange(product.Leaves);
        if (inputs.Any(p => args[p.Ordinal] is null)) return Placeholder(call.Type);
        foreach (var argument in call.Arguments.Where(a => args[a.Parameter!.Ordinal] is { } array && (_arrays.IsStatic(Storage(array)) || _arrays.IsCopy(Storage(array)))))
        {
            var isStatic = _arrays.IsStatic(Storage(args[argument.Parameter!.Ordinal]!));
            _module.Arguments.ReadOnly.Add(new ReadOnlyArgument(
                callee, PositionOf(argument.Parameter.Ordinal), argument.Value.Syntax,
                isStatic ? Descriptors.MutableStatic : Descriptors.ArrayMerge, isStatic ? "copy the array with ToArray and pass the copy" : OneName));
        }

        static Operand Storage(Operand passed) => passed is Matrix matrix ? matrix.Elements : passed;

        // The elements of a tuple are parameters of their own.
        int PositionOf(int ordinal) => inputs.TakeWhile(p => p.Ordinal != ordinal).Sum(p => Product.Passed(args[p.Ordinal]!).Count());
        foreach (var argument in call.Arguments.Where(a => IsRoot && args[a.Parameter!.Ordinal] is Value or Matrix))
        {
            var parameter = argument.Parameter!;
            var name = $"{method.Name} by {parameter.Name}";
            _module.Arguments.Constant.Add(
                new ConstantArgument(Storage(args[parameter.Ordinal]!), argument.Value.Syntax, name, Within, callee, PositionOf(parameter.Ordinal)));
        }

        var given = inputs.SelectMany(p => Product.Passed(args[p.Ordinal]!)).ToImmutableArray();
        var replaced = replacement is null ? -1 : PositionOf(replacement.Parameter);
        var results = _arrays.With(given, chosen => Replaced(replacement, chosen, replaced, operands =>
        {
            var values = types.Select(type => _point.Values.Fresh(type)).ToImmutableArray();
            _point.Block.Add(new Call(values, callee, operands));
            return values;
        }), types);
        foreach (var (ordinal, place) in places)
        {
            place.Write(this, results[firstReference + references.FindIndex(p => p.Ordinal == ordinal)]);
        }

        return returns is ProductType built ? built.Build(new Queue<Operand>(results.Skip(firstElement))) : results.FirstOrDefault();
    }

    private ImmutableArray<Value> Replaced(
        Replacement? replacement, ImmutableArray<Operand> args, int at, Func<ImmutableArray<Operand>, ImmutableArray<Value>> call) =>
        replacement is null ? call(args) : replacement.Emit(_point.Block, args, at, call);

    private Operand? LowerRuleCall(IInvocationOperation call, CustomRule rule, Replacement? replacement)
    {
        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var args = Arguments(call, places, byElement: null);
        if (args.Where((a, i) => a is null && !rule.Outs.Contains(i)).Any()) return Placeholder(call.Type);
        var ordinals = Enumerable.Range(0, args.Length).Where(i => !rule.Outs.Contains(i)).ToList();
        foreach (var written in ordinals.Where((_, i) => rule.Parameters[i].IsWritten))
        {
            if (!IsWritable(args[written]!, call.Arguments.First(a => a.Parameter!.Ordinal == written).Value)) return Placeholder(call.Type);
        }

        foreach (var argument in call.Arguments.Where(a => ordinals.Contains(a.Parameter!.Ordinal) && args[a.Parameter.Ordinal] is Value))
        {
            var parameter = argument.Parameter!;
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
