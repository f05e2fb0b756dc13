using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>The entry of the frontend: a marked method in, IR or diagnostics out.</summary>
internal static class MethodLowering
{
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Lower(method, compilation, order: 1, ObjectChoices.None, cancellation);

    /// <param name="method">The marked method.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="order">
    /// How many derivatives are taken one after the other. The rules in the module can be differentiated as many times.
    /// </param>
    /// <param name="objects">How calls of objects are lowered.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, int order, ObjectChoices objects, CancellationToken cancellation)
    {
        // The declared transformations that a module holds are derivatives too, and only its bodies say how deep they nest.
        var (result, depth) = (LowerTo(order, method, compilation, objects, cancellation), order);
        while (result.Module is { } module && order - 1 + NestingDepth.Of(module) is var needed && needed > depth)
        {
            depth = needed;
            result = LowerTo(depth, method, compilation, objects, cancellation);
        }

        return result;
    }

    private static LoweringResult LowerTo(int order, IMethodSymbol method, Compilation compilation, ObjectChoices objects, CancellationToken cancellation)
    {
        method = method.PartialDefinitionPart ?? method;
        var module = new ModuleLowering(method, compilation, cancellation, order) { Objects = objects };
        var declaration = Declarations.Of(method, cancellation);
        LoweringResult Result(Function? signature, Function? root)
        {
            module.ReportSuspects();
            var lowered = root is null ? null : new Module(root, module.Callees.ToImmutableArray()) 
            {
                IsGeneric = !method.TypeParameters.IsEmpty,
                IsBody = TransformationAttributes.IsMarked(method) && Transform.Of(root) is null,
            };
            if (lowered is not null) ReportCycles(lowered, module);
            return new(declaration, signature, module.Failed ? null : lowered, module.Reports, module.Arguments) 
            {
                Transformations = module.Transformations.All, Methods = module.Methods,
            };
        }

        if (method.ContainingType is null || method.Locations.FirstOrDefault() is not { } name) return Result(null, null);
        var isDeclaration = TransformationAttributes.IsMarked(method);
        if (!(isDeclaration ? CanBeWritten(method, module, name) : IsSupported(method, module, name))) return Result(null, null);
        var onlyRule = RuleLookup.HasRule(method) && !IsMarked(method);
        if (!HasPartialTypes(method, module, name, report: !onlyRule)) return Result(null, null);
        var signature = isDeclaration ? Stub(method) : RootLowering.Signature(method, TypeMapping.Plain, method.Name, module);
        if (signature is null) return Result(null, null);
        try
        {
            var root = isDeclaration ? module.Transformations.Root(method) : RootLowering.Lower(method, signature, TypeMapping.Plain, module, ConstantObject.Of(method));
            return Result(signature, root);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && (module.Failed || module.HasCompilerErrors()))
        {
            // After an error the module contains placeholders, and code that does not compile has invalid operations.
            return Result(signature, null);
        }
    }

    /// <summary>What stands for a declared transformation in error: its signature is printed from the declaration.</summary>
    private static Function Stub(IMethodSymbol method) =>
        new(method.Name, ImmutableArray<Parameter>.Empty, null, new Block(ImmutableArray<Op>.Empty, ImmutableArray<Operand>.Empty));

    private static void ReportCycles(Module lowered, ModuleLowering module)
    {
        // Every declaration of a cycle finds it. All report it at the first one, so that it is one error.
        var cyclic = new HashSet<Function>(NestingDepth.Cycles(lowered));
        var first = module.Transformations.All.Where(declared => cyclic.Contains(declared.Function))
            .OrderBy(declared => declared.Method.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(declared => declared.Method.Locations[0].SourceSpan.Start).FirstOrDefault();
        if (first is not null) module.Report(Descriptors.DeclarationCycle, first.Method.Locations[0], first.Method.Name, first.Target.Name);
    }

    /// <summary>Whether a declared transformation can get its body.</summary>
    private static bool CanBeWritten(IMethodSymbol method, ModuleLowering module, Location name)
    {
        var body = method.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
        var reason = method switch
        {
            { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) } => "it is no ordinary method; declare a partial method",
            { IsPartialDefinition: false } => "it is not a partial method without a body; write 'partial' before its return type and a semicolon after its parameters",
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it returns a reference; return the value",
            _ when body is not null && !body.EndsWith(".g.cs", StringComparison.Ordinal) => "it has a body already; leave it to the compiler",
            _ => null,
        };
        if (reason is null) return true;
        module.Report(Descriptors.UnusableDeclaration, name, method.Name, reason);
        return false;
    }

    /// <summary>Whether a method gets companions.</summary>
    public static bool IsMarked(IMethodSymbol method) =>
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
            { IsStatic: false, ContainingType: { TypeKind: not (TypeKind.Class or TypeKind.Struct) } or { IsRefLikeType: true } } =>
                "it is an instance method of an interface or a ref struct; make it static and pass what it needs",
            { IsStatic: false } when ConstantObject.IsDispatched(method) => "it is virtual, so another body may run; mark a method that is not virtual",
            { IsStatic: false } when RuleLookup.HasRule(method) => "it is an instance method with a rule; make it static and pass what it needs",
            _ when IsIterator(method) => "it is an iterator; fill an array, and return that",
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

    private static bool IsIterator(IMethodSymbol method) => method.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax()
        .DescendantNodes(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))).Any(node => node is YieldStatementSyntax);
}
