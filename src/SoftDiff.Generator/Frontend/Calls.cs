using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Calls: a known function, a method with a rule, a method whose body is at hand; anything else is refused.
internal sealed partial class FunctionLowering
{
    private Operand? LowerInvocation(IInvocationOperation call, bool wantsValue)
    {
        var method = call.TargetMethod;
        if (LowerArrayMethod(call, out var element)) return element ?? (wantsValue ? Placeholder(call.Type) : null);
        if (method.MethodKind == MethodKind.LocalFunction) return Fail(Descriptors.Lambda, call, method.Name, "make it a private static method");
        if (LowerGuard(call)) return wantsValue ? Placeholder(call.Type) : null;
        if (IsTensor(call.Instance) || method.ContainingType is { Name: "Tensor", ContainingNamespace.Name: "Tensors" })
        {
            return Unsupported(call, "loop over the elements, t[i, j], call a Soft operator with an axis, or lay a new tensor over a slice of the span");
        }

        if (call.Instance is not null || (method.IsVirtual && !IsMath(method)) || method.MethodKind == MethodKind.DelegateInvoke)
        {
            if (call.Instance?.Type?.TypeKind == TypeKind.Error || call.Instance is IInvalidOperation) return Invalid(call);
            return Fail(Descriptors.InstanceCall, call, SourceLines.Short(call.Syntax), "move the computation into a static method and pass what it needs");
        }

        // The analyzer sees what the generator wrote, so there a call of a companion binds.
        if (IsGenerated(method)) return Fail(Descriptors.CompanionCall, call, method.Name, "call the method itself, or write the formula of its derivative");
        if (method is { Name: "StopGradient", ContainingType.Name: "Diff", ContainingNamespace.Name: "SoftDiff" }) return LowerStopGradient(call);
        if (IsMath(method) || MathFunctions.IsSoft(method)) return LowerMath(call);
        var replacement = Replacement.Of(method, call.Syntax.GetLocation(), _module, out var failed);
        if (failed) return Placeholder(call.Type);
        if (_module.Rules.Find(method, call.Syntax.GetLocation(), _types, out failed) is { } rule) return LowerRuleCall(call, rule, replacement);
        if (failed) return Placeholder(call.Type);
        if (_module.Callee(method, _types) is { } callee) return LowerCall(call, callee, replacement);
        return Fail(Descriptors.UnknownMethod, call, method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), "it has no source here; give it a rule with [DerivativeOf], or compute it outside and pass the result");
    }

    /// <summary>The framework's guards on arguments: ThrowIfNull of arrays, and those that compare numbers.</summary>
    private bool LowerGuard(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.IsStatic || !method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) || method.ContainingNamespace?.ToDisplayString() != "System") return false;
        var first = call.Arguments.Select(a => a.Value).FirstOrDefault();
        while (first is IConversionOperation { IsImplicit: true } conversion && _types.Scalar(conversion.Type) is null) first = conversion.Operand;
        var name = call.Arguments.LastOrDefault(a => a.Parameter?.Type.SpecialType == SpecialType.System_String)?.Value.ConstantValue.Value as string ?? "";
        var quoted = new SymbolConstant(new ScalarType(ScalarKind.Opaque, "string"), Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(name, quote: true));
        var owner = TypeMapping.Global(method.ContainingType);
        // Nothing to test: a companion reads every array's length before it does anything else, and so throws for null.
        if (method.Name == "ThrowIfNull" && first?.Type is IArrayTypeSymbol) return true;
        if (method.ContainingType.Name != "ArgumentOutOfRangeException" || _types.Scalar(first?.Type) is not { } type) return false;
        var args = new List<Operand?> { Lower(first!) };
        if (method.Parameters.Length == 3) args.Add(ConvertTo(Lower(call.Arguments.First(a => a.Parameter!.Ordinal == 1).Value), type));
        args.Add(quoted);
        _block.Add(new Invoke(ImmutableArray<Value>.Empty, owner + "." + method.Name, args.ToImmutableArray(), ImmutableArray<Value>.Empty));
        return true;
    }

    private static bool IsGenerated(IMethodSymbol method) => method.GetAttributes().Any(a =>
        a.AttributeClass?.Name == "GeneratedCodeAttribute" && a.ConstructorArguments.Length > 0 && a.ConstructorArguments[0].Value is "SoftDiff.Generator")
        && method.DeclaringSyntaxReferences.Length > 0;

    private static bool IsMath(IMethodSymbol method) => MathFunctions.IsFunction(method);

    private Operand LowerStopGradient(IInvocationOperation call)
    {
        var value = Lower(call.Arguments[0].Value);
        return value.Type.IsFloat ? _block.Compute(value.Type, Opcode.StopGradient, value) : value.Type is ScalarType ? value
            : Unsupported(call, "stop the gradient of scalars, or mark the parameter [NonDifferentiable]");
    }

    private Operand LowerMath(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = _types.Scalar(call.Type);
        if (type is null || method.Parameters.Any(p => p.RefKind != RefKind.None)) return Unsupported(call, "use functions from numbers to a number");
        var args = InOrder(call.Arguments).Select(a => Lower(a.Value)).ToImmutableArray();
        if (args.Any(a => a.Type is not ScalarType)) return Unsupported(call, "use functions from numbers to a number");
        if (method.Name.StartsWith("Create", StringComparison.Ordinal)) return ConvertTo(args[0], type);
        if (type.Kind == ScalarKind.Float && MathFunctions.Rounding(call) is { } rounding) return _block.Compute(type, rounding, args[0]);
        if (type.Kind == ScalarKind.Float && MathFunctions.Opcode(method) is { } code) return _block.Compute(type, code, args.ToArray());
        if (type.Kind == ScalarKind.Float) return Unsupported(call, "use a function with a derivative rule");
        var result = _values.Fresh(type);
        var owner = method.ContainingType.TypeKind == TypeKind.Interface ? args[0].Type.ToString() : TypeMapping.Global(method.ContainingType);
        _block.Add(new Compute(result, Opcode.Pure, args, owner + "." + method.Name));
        return result;
    }

    /// <summary>Arguments by parameter; they are constants or have been seen in source order by the compiler.</summary>
    private static IEnumerable<IArgumentOperation> InOrder(ImmutableArray<IArgumentOperation> arguments) => arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0);

    /// <summary>Argument values in parameter order, computed in the order they are written. Null for out arguments.</summary>
    private Operand?[] Arguments(IInvocationOperation call, List<(int Ordinal, AssignablePlace Place)> places)
    {
        var values = new Operand?[call.TargetMethod.Parameters.Length];
        foreach (var argument in call.Arguments)
        {
            var parameter = argument.Parameter!;
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                if (argument.Value is IDiscardOperation || Place(argument.Value) is not { } place) continue;
                places.Add((parameter.Ordinal, place));
                if (parameter.RefKind == RefKind.Ref) values[parameter.Ordinal] = place.Read(_block, _env);
                continue;
            }

            values[parameter.Ordinal] = LowerArgument(argument.Value, parameter.Type);
        }

        return values;
    }

    private Operand? LowerArgument(IOperation value, ITypeSymbol type)
    {
        if (_types.Array(type) is not null || type is IArrayTypeSymbol || _types.Tensor(type) is not null) return LowerArray(value);
        if (!_types.IsOptional(type)) return Lower(value);
        while (value is IConversionOperation conversion && _types.IsOptional(conversion.Type!)) value = conversion.Operand;
        return value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null } ? new SymbolConstant(_types.Passive(type)!, "null") : Lower(value);
    }

    private Operand? LowerCall(IInvocationOperation call, string callee, Replacement? replacement)
    {
        var method = call.TargetMethod;
        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var args = Arguments(call, places);
        var missing = method.Parameters.Any(p => p.RefKind != RefKind.Out && args[p.Ordinal] is null);
        var types = new List<IrType>();
        if (!method.ReturnsVoid)
        {
            if (_types.Scalar(call.Type) is not { } type) return Fail(Descriptors.UnsupportedType, call, method.ReturnType.ToDisplayString(), TypeMapping.Supported);
            types.Add(type);
        }

        var references = method.Parameters.Where(p => p.RefKind is RefKind.Ref or RefKind.Out).ToList();
        types.AddRange(references.Select(p => _types.Scalar(p.Type) ?? ScalarType.Double));
        if (missing) return Placeholder(call.Type);
        var inputs = method.Parameters.Where(p => p.RefKind != RefKind.Out).ToList();
        var given = inputs.Select(p => args[p.Ordinal]!).ToImmutableArray();
        var results = Replaced(replacement, given, inputs.FindIndex(p => p.Ordinal == replacement?.Parameter), operands =>
        {
            var values = types.Select(type => _values.Fresh(type)).ToImmutableArray();
            _block.Add(new Call(values, callee, operands));
            return values;
        });
        foreach (var (ordinal, place) in places)
        {
            place.Write(this, results[results.Length - references.Count + references.FindIndex(p => p.Ordinal == ordinal)]);
        }

        return method.ReturnsVoid ? null : results[0];
    }

    private ImmutableArray<Value> Replaced(
        Replacement? replacement, ImmutableArray<Operand> args, int at, Func<ImmutableArray<Operand>, ImmutableArray<Value>> call) =>
        replacement is null ? call(args) : replacement.Emit(_block, args, at, call);

    private Operand? LowerRuleCall(IInvocationOperation call, CustomRule rule, Replacement? replacement)
    {
        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var args = Arguments(call, places);
        if (args.Where((a, i) => a is null && !rule.Outs.Contains(i)).Any()) return Placeholder(call.Type);
        var given = args.Where((_, i) => !rule.Outs.Contains(i)).Select(a => a!).ToImmutableArray();
        var results = Replaced(replacement, given, replacement?.Parameter ?? -1, operands =>
        {
            var values = rule.Results.Select(type => _values.Fresh(type)).ToImmutableArray();
            _block.Add(new RuleCall(values, rule, operands));
            return values;
        });
        foreach (var (ordinal, place) in places) place.Write(this, results[results.Length - rule.Outs.Length + rule.Outs.IndexOf(ordinal)]);
        return call.TargetMethod.ReturnsVoid ? null : results[0];
    }
}
