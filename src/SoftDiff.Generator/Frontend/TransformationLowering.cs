using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Frontend.Trees;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>A declared transformation as a function whose body is a <see cref="Transform"/>, and the methods behind it.</summary>
internal sealed record DeclaredTransformation(Function Function, IMethodSymbol Method, IMethodSymbol Target);

/// <summary>
/// Lowers declared transformations: the declared signature becomes a function whose one operation says which derivative of which target
/// it is. The target is lowered as a marked method is, or is a declared transformation itself.
/// </summary>
internal sealed class TransformationLowering
{
    private readonly ModuleLowering _module;
    private readonly List<DeclaredTransformation> _all = new();

    public TransformationLowering(ModuleLowering module) => _module = module;

    /// <summary>Those that have been lowered, targets first.</summary>
    public IReadOnlyList<DeclaredTransformation> All => _all;

    /// <summary>The function of the marked method; null if it cannot be one, which was reported.</summary>
    public Function? Root(IMethodSymbol method) => Lower(method.Name, method, TypeMapping.Plain, ConstantObject.Of(method), isCallee: false);

    /// <summary>The name by which a body calls the declared transformation; null if it cannot be called, which was reported.</summary>
    public string? Callee(IMethodSymbol method, TypeMapping outer, ConstantObject? receiver)
    {
        var types = TypeMapping.Of(method, outer);
        var definition = method.OriginalDefinition.PartialDefinitionPart ?? method.OriginalDefinition;
        var key = Declarations.Key(definition) + "<" + types.Arguments + ">" + receiver?.Expression;
        return _module.Callee(key, method.Name, name => Lower(name, definition, types, receiver, isCallee: true));
    }

    private Function? Lower(string name, IMethodSymbol method, TypeMapping types, ConstantObject? receiver, bool isCallee)
    {
        if (Mark(method) is not { } mark || Parameters(method, types, isCallee) is not { } parameters) return null;
        if (TransformationTargets.Find(method, mark, _module) is not { } target) return null;
        if (!target.IsStatic && (method.IsStatic || !SymbolEqualityComparer.Default.Equals(target.ContainingType, method.ContainingType)))
        {
            const string Reason = "it is an instance method; declare the derivative in its class, without static";
            _module.Report(Descriptors.UnfitTarget, method.Locations[0], method.Name, target.Name, Reason);
            return null;
        }

        if (ForeignDeclarations.AreNeeded(mark, method, target, _module))
        {
            return ForeignDeclarations.Lower(name, method, mark, target, parameters, _module);
        }

        var what = What(mark, method, target);
        if (Target(target, types, target.IsStatic ? null : receiver, ConstantObjects(what, target)) is not { } targetName) return null;

        if (SharedWithoutExamples(method, mark, target) is { } misplaced)
        {
            var reason = $"'{misplaced.Name}' is [Shared], but no parameter of '{target.Name}'";
            _module.Report(Descriptors.UnusableDeclaration, misplaced.Locations[0], method.Name, reason);
            return null;
        }

        if (MatrixOfExamples(method, mark, types) is { } matrix)
        {
            var reason = $"'{matrix.Name}' is a matrix or a memory, which all examples share; mark it [Shared], or let the target take a span";
            _module.Report(Descriptors.UnusableDeclaration, matrix.Locations[0], method.Name, reason);
            return null;
        }

        var values = new ValueSource(parameters.Length);
        var ofTarget = _module.Find(targetName);
        var receiverParts = ofTarget?.Parameters.Where(p => p.Part is { IsReceiver: true }).ToList() ?? [];
        if (ofTarget is not null) parameters = new DeclaredTrees(method, ofTarget, what, values).Apart(parameters, target.Parameters.Length);
        parameters = LikeTarget(parameters, target.Parameters.Length, ofTarget)
            .InsertRange(0, receiverParts.Select(p => p with { Value = values.Fresh(p.Value.Type, p.Value.Name), Wrt = false }));
        var returns = method.ReturnsVoid ? null : types.Scalar(method.ReturnType) ?? types.SparseMatrix(method.ReturnType);
        if (!method.ReturnsVoid && ParameterLowering.Returned(method.ReturnType, types, values, _module.IsAccessible) is { IsEmpty: false } returned)
        {
            // Where the target has them: a declaration has the results of its own target before the parameters that it adds.
            var ofResult = ofTarget?.Parameters.FirstOrDefault(p => p.IsReturned);
            var at = ofResult is null ? parameters.Length : Math.Min(ofTarget!.Parameters.IndexOf(ofResult), parameters.Length);
            parameters = parameters.InsertRange(at, returned);
        }
        else if (!method.ReturnsVoid && returns is null)
        {
            _module.Report(Descriptors.UnsupportedType, method.Locations[0], method.ReturnType.Spelled(), TypeMapping.Supported);
            return null;
        }

        var results = parameters.Where(p => p.IsResult).Select(p => values.Fresh(p.Value.Type)).ToImmutableArray();
        if (returns is not null) results = results.Insert(0, values.Fresh(returns));
        var args = parameters.Where(p => p.Mode != ParameterMode.Out).Select(p => (Operand)p.Value).ToImmutableArray();
        var transform = new Transform(results, what, targetName, args);
        var body = new Block(ImmutableArray.Create<Op>(transform), results.CastArray<Operand>());
        var function = new Function(name, parameters, returns, body);
        _all.Add(new DeclaredTransformation(function, method, target));
        return function;
    }

    /// <summary>
    /// The scalars of each parameter that have a part in the target's function. A gradient has none for the integers of a struct, which come back as
    /// zero.
    /// </summary>
    private static ImmutableArray<Parameter> LikeTarget(ImmutableArray<Parameter> parameters, int own, Function? target)
    {
        if (target is null) return parameters;
        var known = Wholes(target.Parameters.Where(p => !p.IsReturned && p.Part is not { IsReceiver: true })).ToList();
        return Wholes(parameters).SelectMany((whole, i) => whole.Where(p => p.Part is not { } part
            || (i < own && i < known.Count ? known[i].Any(same => same.Part?.Leaf == part.Leaf) : p.Value.Type.CarriesDerivative))).ToImmutableArray();
    }

    /// <summary>The parameters by the C# parameters to which they belong.</summary>
    private static IEnumerable<List<Parameter>> Wholes(IEnumerable<Parameter> parameters) =>
        parameters.GroupBy(p => p.DeclaredName, StringComparer.Ordinal).Select(whole => whole.ToList());

    /// <summary>
    /// The transformation. Where the declaration names no parameters, those that the target's [Differentiable] names count.
    /// </summary>
    private static Transformation What(AttributeData mark, IMethodSymbol method, IMethodSymbol target)
    {
        var what = TransformationAttributes.Read(mark, method);
        if (what.Kind == TransformationKind.Vmap) return what;
        var differentiable = RuleLookup.Attribute(target, "DifferentiableAttribute");
        return what.Wrt.IsEmpty && differentiable is not null ? what with { Wrt = TransformationAttributes.Wrt(differentiable) } : what;
    }

    /// <summary>
    /// The objects by which the target's companions are derivatives, but not the declaration. The examples of a batch share them. First derivatives
    /// take objects apart, and leave out the numbers.
    /// </summary>
    private static ImmutableArray<string> ConstantObjects(Transformation what, IMethodSymbol target)
    {
        var differentiable = RuleLookup.Attribute(target, "DifferentiableAttribute");
        if (differentiable is null || what.IsFirst || (what.Wrt.IsEmpty && what.Kind != TransformationKind.Vmap)) return ImmutableArray<string>.Empty;
        return TransformationAttributes.Wrt(differentiable).RemoveAll(what.Wrt.Contains).RemoveAll(name =>
            !(name == "this" ? target.ContainingType.IsReferenceType : target.Parameters.Any(p => p.Name == name && TreeTypes.IsTree(p.Type))));
    }

    /// <summary>A parameter that examples of a batch cannot share, because one example does not have it.</summary>
    private static IParameterSymbol? SharedWithoutExamples(IMethodSymbol method, AttributeData mark, IMethodSymbol target) =>
        TransformationAttributes.Kind(mark) != TransformationKind.Vmap ? null
        : method.Parameters.FirstOrDefault(p =>
            TransformationAttributes.IsShared(p) && (p.Ordinal == 0 || p.Ordinal > target.Parameters.Length));

    /// <summary>A matrix or a memory of a batch that is not shared.</summary>
    private static IParameterSymbol? MatrixOfExamples(IMethodSymbol method, AttributeData mark, TypeMapping types) =>
        TransformationAttributes.Kind(mark) != TransformationKind.Vmap ? null
        : method.Parameters.FirstOrDefault(p => types.Map(p.Type) is ArrayType { IsContainer: true, IsTensor: false } && !TransformationAttributes.IsShared(p));

    /// <summary>The attribute, if what it stands on can get a body.</summary>
    private AttributeData? Mark(IMethodSymbol method)
    {
        var marks = MarkerAttributes.Of(method).ToList();
        var mark = marks.First(m => TransformationAttributes.MetadataNames.Contains(m.AttributeClass!.ToDisplayString()));
        var reason = marks.Count > 1 ? "it has two of SoftDiff's attributes; give each derivative a method of its own"
            : null;
        if (reason is not null)
        {
            _module.Report(Descriptors.UnusableDeclaration, method.Locations[0], method.Name, reason);
            return null;
        }

        return TransformationAttributes.Kind(mark) != TransformationKind.Derivative || HasOrder(method, mark) ? mark : null;
    }

    /// <summary>Whether there is a derivative of the order that is asked for.</summary>
    private bool HasOrder(IMethodSymbol method, AttributeData mark)
    {
        var type = method.ReturnType.SpecialType == SpecialType.System_Double ? ScalarType.Double : ScalarType.Single;
        var (order, largest) = (TransformationAttributes.Order(mark), Transformation.LargestOrder(type));
        if (order >= 1 && order <= largest) return true;
        var syntax = mark.ApplicationSyntaxReference?.GetSyntax(_module.Cancellation) as AttributeSyntax;
        var at = syntax?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Order");
        _module.Report(
            Descriptors.DerivativeOrder, at?.GetLocation() ?? method.Locations[0], order,
            method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), largest);
        return false;
    }

    private ImmutableArray<Parameter>? Parameters(IMethodSymbol method, TypeMapping types, bool isCallee)
    {
        var values = new ValueSource();
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var symbol in method.Parameters)
        {
            if (symbol.Name.Length == 0 || symbol.Type.TypeKind == TypeKind.Error)
            {
                _module.IsInvalid = true;
                return null;
            }

            var own = (symbol.RefKind == RefKind.Out && TreeTypes.IsTree(symbol.Type)) || new TreeTypes(types, _module).IsStructTree(symbol.Type)
                ? ImmutableArray.Create(DeclaredTrees.Made(symbol, types, values))
                : ParameterLowering.Lower(symbol, types, values, wrt: null, _module.IsAccessible);
            if (own.IsEmpty)
            {
                _module.Report(Descriptors.UnsupportedType, symbol.Locations[0], symbol.Type.Spelled(), TypeMapping.Supported);
                return null;
            }

            // As of every callee: arrays made in a method are spans in its derivative.
            parameters.AddRange(own.Select(parameter => isCallee && parameter.Value.Type is ArrayType { Form: ArrayForm.Array } array
                ? parameter with { Value = parameter.Value with { Type = array.AsSpan() } }
                : parameter));
        }

        return parameters.ToImmutable();
    }

    /// <summary>The name of the function that a method is as a target; null if it cannot be one, which was reported.</summary>
    public string? Target(IMethodSymbol target, TypeMapping outer, ConstantObject? receiver) => Target(target, outer, receiver, ImmutableArray<string>.Empty);

    private string? Target(IMethodSymbol target, TypeMapping outer, ConstantObject? receiver, ImmutableArray<string> constant)
    {
        var types = TypeMapping.Of(target, outer);
        var method = target.OriginalDefinition.PartialDefinitionPart ?? target.OriginalDefinition;
        var key = "target " + Declarations.Key(method) + "<" + types.Arguments + ">" + receiver?.Expression + " without " + string.Join(" ", constant);
        return _module.Callee(key, method.Name, name => TransformationAttributes.IsMarked(method)
            ? Lower(name, method, types, receiver, isCallee: false)
            : RootLowering.Lower(method, types, name, _module, receiver, constant));
    }
}
