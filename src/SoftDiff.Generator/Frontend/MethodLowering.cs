using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>The entry of the frontend: a marked method in, IR or diagnostics out.</summary>
internal static class MethodLowering
{
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Lower(method, compilation, order: 1, cancellation);

    /// <param name="method">The marked method.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="order">
    /// How many derivatives are taken one after the other. The rules in the module can be differentiated as many times.
    /// </param>
    /// <param name="cancellation">Ends the work.</param>
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, int order, CancellationToken cancellation)
    {
        method = method.PartialDefinitionPart ?? method;
        var module = new ModuleLowering(method, compilation, cancellation, order);
        var declaration = Declarations.Of(method, cancellation);
        LoweringResult Result(Function? signature, Module? root)
        {
            module.ReportSuspects();
            return new(declaration, signature, module.Failed ? null : root, module.Reports, module.Arguments);
        }

        if (method.ContainingType is null || method.Locations.FirstOrDefault() is not { } name) return Result(null, null);
        if (!IsSupported(method, module, name)) return Result(null, null);
        var onlyRule = RuleLookup.HasRule(method) && !IsMarked(method);
        if (!HasPartialTypes(method, module, name, report: !onlyRule)) return Result(null, null);
        if (Signature(method, module, name) is not { } signature) return Result(null, null);

        var replacement = Replacement.Of(method, name, module, out var failed);
        if (failed) return Result(signature, null);
        if (RuleLookup.HasRule(method))
        {
            var rule = module.Rules.Find(method, name, TypeMapping.Plain, out _);
            if (rule is null) return Result(signature, null);
            var body = CallingRoot(signature, replacement, (results, args) => new RuleCall(results, rule, args));
            return Result(signature, new Module(body, module.Callees.ToImmutableArray()));
        }

        if (module.Body(method) is not { } operation) return Result(signature, null);
        try
        {
            if (replacement is not null)
            {
                // The body runs twice, so it is a callee of its own.
                if (module.Callee(method, TypeMapping.Plain, ImmutableArray<int>.Empty) is not { } callee) return Result(signature, null);
                var both = CallingRoot(signature, replacement, (results, args) => new Call(results, callee, args));
                AddParameters(method, signature, callee, module.Arguments);
                return Result(signature, new Module(both, module.Callees.ToImmutableArray()) { IsGeneric = !method.TypeParameters.IsEmpty });
            }

            var values = new ValueSource(signature.Parameters.Max(p => p.Value.Id) + 1);
            var lowering = new FunctionLowering(module, TypeMapping.Of(method, TypeMapping.Plain), operation, values) { IsRoot = true };
            var root = lowering.Lower(method.Name, signature.Parameters);
            if (root is null) return Result(signature, null);
            root = root with { Source = SourceLines.Of(operation.Syntax) };
            return Result(signature, new Module(root, module.Callees.ToImmutableArray()) { IsGeneric = !method.TypeParameters.IsEmpty });
        }
        catch (Exception exception) when (exception is not OperationCanceledException && (module.Failed || module.HasCompilerErrors()))
        {
            // After an error the module contains placeholders, and code that does not compile has invalid operations.
            return Result(signature, null);
        }
    }

    /// <summary>
    /// Makes a function that passes its parameters to a rule or to its own body: once, or twice for a replaced derivative.
    /// </summary>
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
    private static void AddParameters(IMethodSymbol method, Function signature, string body, PassedArguments arguments)
    {
        var inputs = signature.Inputs;
        foreach (var symbol in method.Parameters.Where(p => p.RefKind != RefKind.Out && p.DeclaringSyntaxReferences.Length > 0))
        {
            var position = inputs.FindIndex(p => p.Name == symbol.Name);
            if (position < 0) continue;
            var syntax = symbol.DeclaringSyntaxReferences[0].GetSyntax();
            arguments.Constant.Add(new ConstantArgument(inputs[position].Value, syntax, $"{method.Name} by {symbol.Name}", body, position));
        }
    }

    private static bool IsMarked(IMethodSymbol method) =>
        method.GetAttributes().Any(a => a.AttributeClass is { Name: "DifferentiableAttribute", ContainingNamespace.Name: "SoftDiff" });

    private static bool HasPartialTypes(IMethodSymbol method, ModuleLowering module, Location name, bool report)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            var declarations = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>().ToList();
            if (declarations.Count == 0) return false;
            if (type.IsFileLocal)
            {
                if (report) module.Report(Descriptors.FileLocalType, name, type.Name, method.Name);
                return false;
            }

            if (declarations.Any(d => d.Modifiers.Any(m => m.ValueText == "partial"))) continue;
            if (report) module.Report(Descriptors.NotPartial, name, type.Name, method.Name);
            return false;
        }

        return true;
    }

    private static bool IsSupported(IMethodSymbol method, ModuleLowering module, Location name)
    {
        var reason = method switch
        {
            { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => "it is an operator; mark a method that the operator calls",
            { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove } =>
                "it is an accessor; mark a method that it calls",
            { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "it implements an interface by name; mark a method that it calls",
            { MethodKind: not MethodKind.Ordinary } => "it is no ordinary method; mark a method that it calls",
            { IsStatic: false } => "it is an instance method; make it static and pass what it needs",
            { IsAsync: true } => "it is async; compute asynchronously outside",
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it returns a reference; return the value",
            { IsExtern: true } => "it has no body here; give it a rule with [CustomVjp]",
            { IsVararg: true } => "it takes a variable argument list; take a span",
            { IsAbstract: true } => "it has no body; mark the method that implements it",
            _ => null,
        };
        if (reason is null) return true;
        module.Report(Descriptors.UnsupportedMethod, name, method.Name, reason);
        return false;
    }

    private static Function? Signature(IMethodSymbol method, ModuleLowering module, Location name)
    {
        var attribute = method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "DifferentiableAttribute");
        var wrt = attribute?.NamedArguments.FirstOrDefault(a => a.Key == "Wrt").Value;
        var names = wrt is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values.Select(v => v.Value as string ?? "").ToList()
            : new List<string>();
        var values = new ValueSource();
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        var invalid = false;
        foreach (var symbol in method.Parameters)
        {
            if (symbol.Name.Length == 0)
            {
                // Being typed.
                module.IsInvalid = true;
                return null;
            }

            if (ParameterLowering.Lower(symbol, TypeMapping.Plain, values, names) is { } parameter)
            {
                parameters.Add(parameter);
                continue;
            }

            invalid = true;
            if (symbol.Type.TypeKind == TypeKind.Error) module.IsInvalid = true;
            else module.Report(Descriptors.UnsupportedType, symbol.Locations.FirstOrDefault() ?? name, symbol.Type.ToDisplayString(), TypeMapping.Supported);
        }

        var returns = method.ReturnsVoid ? null : TypeMapping.Plain.Scalar(method.ReturnType);
        if (!method.ReturnsVoid && returns is null)
        {
            invalid = true;
            if (method.ReturnType.TypeKind == TypeKind.Error) module.IsInvalid = true;
            else module.Report(Descriptors.UnsupportedType, name, method.ReturnType.ToDisplayString(), TypeMapping.Supported);
        }

        if (invalid) return null;
        var differentiable = parameters.Where(p => p.Value.Type.CarriesDerivative && !p.Scratch).Select(p => p.Name).ToList();
        foreach (var unknown in names.Where(n => !differentiable.Contains(n)))
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

        var writes = parameters.Any(p => p.IsResult && p.Value.Type.IsFloat)
            || parameters.Any(p => p.Value.Type is ArrayType { IsReadOnly: false } && p.Value.Type.CarriesDerivative && !p.Scratch);
        if (returns is not { IsFloat: true } && !writes)
        {
            module.Report(Descriptors.NothingToDifferentiate, name, method.Name, "has no differentiable result; return float or double, or write to a span");
            return null;
        }

        return new Function(method.Name, parameters.ToImmutable(), returns, new Block(ImmutableArray<Op>.Empty, ImmutableArray<Operand>.Empty));
    }
}
