using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Trees;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Lowers a method as what is differentiated itself, not as a callee: its parameters keep their forms and say by which of them it is
/// differentiated.
/// </summary>
internal static class RootLowering
{
    /// <summary>The target of a declared transformation, which is no derivative by the objects with the given names.</summary>
    public static Function? Lower(
        IMethodSymbol method, TypeMapping types, string name, ModuleLowering module, ConstantObject? receiver, ImmutableArray<string> constant) =>
        Signature(method, types, name, module, constant) is { } signature ? Lower(method, signature, types, module, receiver, within: name) : null;

    /// <summary>The function with the given signature; null if it has no place in the IR, which was reported.</summary>
    public static Function? Lower(
        IMethodSymbol method, Function signature, TypeMapping types, ModuleLowering module, ConstantObject? receiver, string within = "")
    {
        var name = method.Locations[0];
        var replacement = Replacement.Of(method, name, module, out var failed);
        if (failed) return null;
        if ((replacement is not null || RuleLookup.HasRule(method)) && Unruled(method, signature, types) is var (at, type))
        {
            const string Instead = "a method with a rule or a replaced gradient takes spans, and lengths as ints";
            module.Report(Descriptors.UnsupportedType, at, type.Spelled(), Instead);
            return null;
        }

        if (RuleLookup.HasRule(method) || !module.HasSource(method))
        {
            var rule = module.Rules.Find(method, name, types, out failed);
            if (rule is not null) return CallingRoot(signature, replacement, (results, args) => new RuleCall(results, rule, args));
            if (!failed && !module.HasSource(method)) ReportOutside(method, module);
            return null;
        }

        if (module.Body(method) is not { } operation) return null;
        if (replacement is not null)
        {
            // The body runs twice, so it is a callee of its own.
            if (module.Callee(method, types, ImmutableArray<int>.Empty, receiver) is not { } callee) return null;
            AddParameters(method, signature, callee, within, module.Arguments);
            return CallingRoot(signature, replacement, (results, args) => new Call(results, callee, args));
        }

        if (signature.Parameters.Any(p => p is { IsLeaf: true, Part.IsReceiver: true })) receiver = null;
        var values = new ValueSource(signature.Parameters.Max(p => p.Value.Id) + 1);
        var lowering = new FunctionLowering(module, types, operation, values, receiver) { IsRoot = true, Within = within };
        var root = lowering.Lower(signature.Name, signature.Parameters);
        return root is null ? null : root with { Source = SourceLines.Of(operation.Syntax) };
    }

    /// <summary>The first parameter or result of a type that rules do not have.</summary>
    private static (Location At, ITypeSymbol Type)? Unruled(IMethodSymbol method, Function signature, TypeMapping types) =>
        method.Parameters.FirstOrDefault(p => types.InParts(p.Type) is not null || IsTree(p, signature) || p is { RefKind: RefKind.Out, Type: IArrayTypeSymbol }) is { } parameter
            ? (parameter.Locations[0], parameter.Type)
            : method.ReturnType is IArrayTypeSymbol result ? (method.Locations[0], result) : null;

    /// <summary>Two members may have one name but for its first letters: <c>Gain</c> and <c>_gain</c>.</summary>
    public static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++) free = name + "_" + i;
        return free;
    }

    private static bool IsTree(IParameterSymbol symbol, Function signature) =>
        signature.Parameters.Any(p => p.IsLeaf && p.DeclaredName == symbol.Name);

    /// <summary>A target in another project whose companions cannot be called: a declaration here cannot look into it.</summary>
    private static void ReportOutside(IMethodSymbol method, ModuleLowering module) => module.Report(
        Descriptors.UnknownMethod, module.Root.Locations[0], method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
        "it is in another project; declare the derivative there");

    /// <summary>A function that passes its parameters on to a rule or to its own body, once or for a replaced gradient twice.</summary>
    private static Function CallingRoot(Function signature, Replacement? replacement, Func<ImmutableArray<Value>, ImmutableArray<Operand>, Op> call)
    {
        var parameters = signature.Parameters;
        var values = new ValueSource(parameters.Max(p => p.Value.Id) + 1);
        var block = new BlockBuilder(values);
        var inputs = parameters.Where(p => p.Mode != ParameterMode.Out).ToList();
        Operand Argument(Value input) =>
            input.Type is ArrayType { IsTensor: true } ? block.Arrange(block.Elements(input), block.Lengths(input)) : input;
        var args = inputs.Select(p => Argument(p.Value)).ToImmutableArray();
        ImmutableArray<Value> Call(ImmutableArray<Operand> operands)
        {
            var results = ImmutableArray.CreateBuilder<Value>();
            if (signature.Returns is { } returns) results.Add(values.Fresh(returns));
            results.AddRange(parameters.Where(p => p.IsResult).Select(p => values.Fresh(p.Value.Type)));
            block.Add(call(results.ToImmutable(), operands));
            return results.ToImmutable();
        }

        var at = replacement is null ? -1 : inputs.IndexOf(parameters[replacement.Parameter]);
        var yields = replacement is null ? Call(args) : replacement.Emit(block, args, at, Call);
        return signature with { Body = block.Build(yields) };
    }

    /// <summary>Adds the method's parameters as arguments of its body.</summary>
    private static void AddParameters(IMethodSymbol method, Function signature, string body, string within, PassedArguments arguments)
    {
        var inputs = signature.Inputs;
        foreach (var symbol in method.Parameters.Where(p => p.RefKind != RefKind.Out && p.DeclaringSyntaxReferences.Length > 0))
        {
            var position = inputs.FindIndex(p => p.DeclaredName == symbol.Name);
            if (position < 0) continue;
            var syntax = symbol.DeclaringSyntaxReferences[0].GetSyntax();
            arguments.Constant.Add(new ConstantArgument(inputs[position].Value, syntax, $"{method.Name} by {symbol.Name}", within, body, position));
        }
    }

    private static void ReportDelegate(IMethodSymbol method, IParameterSymbol parameter, ModuleLowering module) => module.Report(
        Descriptors.Lambda, parameter.Locations.FirstOrDefault() ?? method.Locations[0], parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) + " " + parameter.Name,
        $"only callers of '{method.Name}' know which function it is; remove [Differentiable] here, and mark the methods that pass a lambda or a method");

    /// <summary>The function with an empty body; null if not even the signature makes sense, which was reported.</summary>
    public static Function? Signature(IMethodSymbol method, TypeMapping types, string functionName, ModuleLowering module) =>
        Signature(method, types, functionName, module, ImmutableArray<string>.Empty);

    private static Function? Signature(
        IMethodSymbol method, TypeMapping types, string functionName, ModuleLowering module, ImmutableArray<string> constant)
    {
        var name = method.Locations[0];
        var attribute = method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "DifferentiableAttribute");
        var names = attribute is null ? ImmutableArray<string>.Empty : TransformationAttributes.Wrt(attribute);
        var values = new ValueSource();
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        var invalid = false;
        var trees = new TreeTypes(types, module);
        if (method is { IsStatic: false, ContainingType.IsValueType: true } && trees.IsStructTree(method.ContainingType))
        {
            var changes = Receivers.Changes(method, module.Compilation);
            const string Instead = "let the method return a copy with other values: 'this with { … }'";
            if (changes) module.Report(Descriptors.TreeIsWritten, name, method.Name, Instead);
            if (changes || Leaves(method.ContainingType, "this", name, ParameterMode.Value, isReceiver: true) is not { } leaves) return null;
            var isWrt = (names.IsEmpty || names.Contains("this")) && !constant.Contains("this");
            parameters.AddRange(leaves.Select(p => p with { Wrt = p.Wrt && isWrt }));
        }
        else if (method is { IsStatic: false, ContainingType.IsValueType: true })
        {
            if (Products.Map(method.ContainingType, types, module.IsAccessible) is not { } receiver)
            {
                module.Report(Descriptors.UnsupportedType, name, method.ContainingType.Spelled(), TypeAdvice.For(method.ContainingType));
                return null;
            }

            var mode = Receivers.Changes(method, module.Compilation) ? ParameterMode.Ref : ParameterMode.Value;
            var isWrt = names.IsEmpty || names.Contains("this");
            parameters.AddRange(ParameterLowering.Parts(new ParameterPart("this", receiver, 0) { IsReceiver = true }, mode, values)
                .Select(p => p with { Wrt = p.Value.Type.IsFloat && isWrt }));
        }

        if (method is { IsStatic: false, ContainingType: { IsReferenceType: true } own } && names.Contains("this") && !constant.Contains("this"))
        {
            if (Leaves(own, "this", name, ParameterMode.Value, isReceiver: true) is not { } leaves) return null;
            parameters.AddRange(leaves);
        }

        foreach (var symbol in method.Parameters)
        {
            if (symbol.Name.Length == 0)
            {
                // Being typed.
                module.IsInvalid = true;
                return null;
            }

            var isConstant = constant.Contains(symbol.Name) || ParameterLowering.IsPassive(symbol);
            var isNamed = names.Contains(symbol.Name) && !isConstant;
            var isStruct = trees.IsStructTree(symbol.Type);
            var mode = isStruct && symbol.RefKind is RefKind.In or RefKind.RefReadOnlyParameter ? ParameterMode.In : ParameterMode.Value;
            var isTree = isStruct || (isNamed && TreeTypes.IsTree(types.Resolve(symbol.Type)));
            var lowered = !isTree ? ParameterLowering.Lower(symbol, types, values, names, module.IsAccessible)
                : Leaves((INamedTypeSymbol)types.Resolve(symbol.Type), symbol.Name, symbol.Locations.FirstOrDefault() ?? name, mode, isReceiver: false);
            if (lowered is null) return null;
            var isPassive = isStruct && (isConstant || !(names.IsEmpty || isNamed));
            if (isPassive) lowered = lowered.Value.Select(p => p with { Wrt = false }).ToImmutableArray();

            if (lowered is { Length: > 0 } some)
            {
                parameters.AddRange(some);
                continue;
            }

            invalid = true;
            if (symbol.Type.TypeKind == TypeKind.Error) module.IsInvalid = true;
            else if (symbol.Type.TypeKind == TypeKind.Delegate) ReportDelegate(method, symbol, module);
            else module.Report(Descriptors.UnsupportedType, symbol.Locations.FirstOrDefault() ?? name, symbol.Type.Spelled(), ParameterLowering.Advice(symbol, types));
        }

        var returns = method.ReturnsVoid ? null : types.Scalar(method.ReturnType);
        if (!method.ReturnsVoid && ParameterLowering.Returned(method.ReturnType, types, values, module.IsAccessible) is { IsEmpty: false } returned)
        {
            parameters.AddRange(returned);
        }
        else if (!method.ReturnsVoid && returns is null)
        {
            invalid = true;
            var isTypeOfParameter = method.Parameters.Any(p => SymbolEqualityComparer.Default.Equals(p.Type, method.ReturnType));
            if (method.ReturnType.TypeKind == TypeKind.Error) module.IsInvalid = true;
            else if (!isTypeOfParameter || !module.Reports.Any) module.Report(Descriptors.UnsupportedType, name, method.ReturnType.Spelled(), TypeAdvice.For(method.ReturnType));
        }

        if (invalid) return null;
        var differentiable = parameters.Where(p => p.Value.Type.CarriesDerivative && !p.Scratch && !p.IsReturned).Select(p => p.DeclaredName).Distinct().ToList();
        foreach (var unknown in names.Where(n => !differentiable.Contains(n) && !constant.Contains(n)))
        {
            var known = differentiable.Count == 0 ? "it has none" : "it has " + string.Join(", ", differentiable);
            module.Report(Descriptors.UnknownWrt, name, unknown, method.Name, known);
        }

        if (differentiable.Count == 0)
        {
            const string Missing = "has no differentiable parameter; give it a float or double, or a span or array of them";
            module.Report(Descriptors.NothingToDifferentiate, name, method.Name, Missing);
            return null;
        }

        var writes = parameters.Any(p => p.IsResult && p.Value.Type.CarriesDerivative)
            || parameters.Any(p => p.Value.Type is ArrayType { IsReadOnly: false } && p.Value.Type.CarriesDerivative && !p.Scratch);
        if (returns is not { IsFloat: true } && !writes)
        {
            module.Report(Descriptors.NothingToDifferentiate, name, method.Name, "has no differentiable result; return float or double, or write to a span");
            return null;
        }

        return new Function(functionName, parameters.ToImmutable(), returns, new Block(ImmutableArray<Op>.Empty, ImmutableArray<Operand>.Empty));

        // The leaves of a parameter tree; null if the class is none, which was reported.
        ImmutableArray<Parameter>? Leaves(INamedTypeSymbol type, string whole, Location at, ParameterMode mode, bool isReceiver)
        {
            if (method.Parameters.Any(p => p.Name == whole && p.RefKind != RefKind.None) && mode == ParameterMode.Value)
            {
                var what = type.IsValueType ? "value" : "object";
                module.Report(Descriptors.UnsupportedType, at, type.Spelled(), $"'{whole}' is passed by reference; pass the {what} itself");
                return null;
            }

            var own = new TreeTypes(types, module);
            if (own.Map(type, whole) is not { } tree)
            {
                module.Report(Descriptors.UnsupportedType, at, type.Spelled(), own.Refusal!);
                return null;
            }

            module.AddTree(own.Keys);
            var taken = new HashSet<string>(parameters.Select(p => p.Name).Concat(method.Parameters.Select(p => p.Name)), StringComparer.Ordinal);
            return ParameterLowering.Parts(new ParameterPart(whole, tree, 0) { IsReceiver = isReceiver }, mode, values)
                .Select(p => p with { Value = p.Value with { Name = Free(p.Name, taken) }, Wrt = p.Value.Type.CarriesDerivative }).ToImmutableArray();
        }
    }
}
