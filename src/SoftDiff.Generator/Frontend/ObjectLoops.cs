using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// foreach over collections. Arrays and lists are counted where the body cannot change them; all else runs the enumerator that C# runs.
internal sealed partial class FunctionLowering
{
    private void LowerForEachObject(IForEachLoopOperation loop)
    {
        var collection = Unconverted(loop.Collection);
        var model = SemanticModels.Of(_module.Compilation, loop.Syntax.SyntaxTree);
        if (loop.Syntax is not CommonForEachStatementSyntax syntax || loop.IsAsynchronous)
        {
            Unsupported(loop.Collection, "loop over a collection that is there already");
            return;
        }

        var info = model.GetForEachStatementInfo(syntax);
        var isList = collection.Type is INamedTypeSymbol { Name: "List", Arity: 1 } list
            && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
        if (collection.Type is IArrayTypeSymbol { Rank: 1 } || (isList && !MayReachObjects(loop.Body)))
        {
            Counted(loop, info, LowerObject(collection), isList ? "{0}.Count" : "{0}.Length");
            return;
        }

        if (info.GetEnumeratorMethod is null || info.MoveNextMethod is null || info.CurrentProperty is null || info.ElementType is null)
        {
            Invalid(loop.Collection);
            return;
        }

        if (Enumerator(loop, info, LowerObject(collection)) is { } enumerator) Enumerated(loop, info, enumerator);
    }

    private void Counted(IForEachLoopOperation loop, ForEachStatementInfo info, Operand collection, string count)
    {
        Operand Item(Value index) =>
            Evaluated(loop.LoopControlVariable, info.ElementType!, "{0}[{1}]", ImmutableArray.Create(collection, index), ObjectEffect.Read);
        var end = _point.Values.Fresh(ScalarType.Int32);
        _point.Block.Add(new Evaluate(end, count, ImmutableArray.Create(collection), ObjectEffect.Read));
        LowerCounted(
            loop, loop.Body, null, Constants.Int(0), end, 1, false, loop.ExitLabel, loop.ContinueLabel,
            index => Assign(loop, info, Item(index)));
    }

    /// <summary>The enumerator. A struct stays in one variable, which its method changes, since nothing else reads it.</summary>
    private Value? Enumerator(IForEachLoopOperation loop, ForEachStatementInfo info, Operand collection)
    {
        var method = info.GetEnumeratorMethod!;
        if (!method.IsStatic && _module.IsAccessible(method))
        {
            const string Text = "{0}.GetEnumerator()";
            return Evaluated(loop.Collection, method.ReturnType, Text, ImmutableArray.Create(collection), EffectOf(loop)) as Value;
        }

        Unsupported(loop.Collection, "loop over a collection that has its own enumerator, or over the indices");
        return null;
    }

    private static ObjectEffect EffectOf(IForEachLoopOperation loop) =>
        Unconverted(loop.Collection).Type is INamedTypeSymbol type ? ActOf(type) : ObjectEffect.Call;

    private void Enumerated(IForEachLoopOperation loop, ForEachStatementInfo info, Value enumerator)
    {
        var (held, effect) = (ImmutableArray.Create<Operand>(enumerator), EffectOf(loop));
        var isOwn = info.GetEnumeratorMethod!.ReturnType.IsValueType || info.DisposeMethod?.ContainingType.TypeKind != TypeKind.Interface;
        var dispose = info.DisposeMethod is null ? null : isOwn ? "{0}.Dispose()" : "((global::System.IDisposable){0}).Dispose()";
        Advance(loop, enumerator, effect, dispose, (carried, body) => carried.Lower(loop, loop.ExitLabel, loop.ContinueLabel, body, null), () =>
        {
            Assign(loop, info, Evaluated(loop.LoopControlVariable, info.CurrentProperty!.Type, "{0}.Current", held, effect));
            LowerStatement(loop.Body);
        });
    }

    /// <summary>Gives the loop's variables an element.</summary>
    private void Assign(IForEachLoopOperation loop, ForEachStatementInfo info, Operand element)
    {
        switch (loop.LoopControlVariable)
        {
            case IVariableDeclaratorOperation { Symbol: { IsRef: false } variable }:
                var type = Types.Scalar(variable.Type) ?? ObjectTypes.Map(variable.Type, Types);
                if (type is not null && element.Type is ScalarType) element = ConvertTo(element, type);
                _point.Env.Set(variable, Named(element, variable.Name));
                break;
            case IDeclarationExpressionOperation { Expression: ITupleOperation tuple } when loop.Syntax is ForEachVariableStatementSyntax:
                AssignParts(tuple, element, info.ElementType!);
                break;
            default:
                Unsupported(loop.LoopControlVariable, "declare one variable for the element");
                break;
        }
    }

    private void AssignParts(ITupleOperation tuple, Operand element, ITypeSymbol type)
    {
        if (Parts(tuple, element, type) is not { } parts || parts.Count != tuple.Elements.Length)
        {
            Unsupported(tuple, "declare one variable for the element, and read its members");
            return;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (tuple.Elements[i] is IDiscardOperation) continue;
            if (Place(tuple.Elements[i]) is { } place) place.Write(this, parts[i]);
        }
    }

    /// <summary>The parts of a product, of an entry of a dictionary, or of a record class with positional parameters.</summary>
    private IReadOnlyList<Operand>? Parts(IOperation at, Operand element, ITypeSymbol type)
    {
        if (element is Product product)
        {
            return Deconstructed(product, product.Of.Form == ProductForm.Tuple ? null : Deconstruct(type, product.Members.Length));
        }

        if (type is not INamedTypeSymbol named) return null;
        var names = named.Name == "KeyValuePair" ? new[] { "Key", "Value" }
            : named.IsRecord ? Products.Positions(named).Select(p => p.Name).ToArray()
            : Array.Empty<string>();
        var members = names.Select(name => named.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault()).ToList();
        if (members.Count == 0 || members.Any(m => m is null) || members.Any(m => !_module.IsAccessible(m!, named))) return null;
        if (element is MadeObject made) return members.Select(m => ReadMade(at, made, m!, Array.Empty<Operand>())).ToList();
        var args = ImmutableArray.Create(AsObject(element));
        return members.Select(m => Evaluated(at, m!.Type, "{0}." + Identifiers.Escape(m.Name), args, EffectOf(m))).ToList();
    }

    private static IMethodSymbol? Deconstruct(ITypeSymbol type, int count) =>
        type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(m => m.Parameters.Length == count);

    /// <summary>Whether a bound is the same, however often it is read while the code runs, and no object notices the reads.</summary>
    private bool IsFixed(IOperation bound, IOperation code) => bound.DescendantsAndSelf().All(operation =>
        operation is not IMemberReferenceOperation { Instance: { } instance, Member: var member }
        || Object(instance) is not null || !IsOnObject(instance)
        || EffectOf(member) switch { ObjectEffect.None => true, ObjectEffect.Read => !MayReachObjects(code), _ => false });

    /// <summary>Whether code may call a method that has a way to an object, and so may change a collection.</summary>
    private bool MayReachObjects(IOperation code) => code.DescendantsAndSelf().Any(operation => operation switch
    {
        IInvocationOperation call => !IsDisplay(call.TargetMethod) && !IsUnchanging(call.TargetMethod.ContainingType)
            && (IsOnObject(call.Instance) || call.Instance is IInstanceReferenceOperation
                || call.Arguments.Any(a => ObjectTypes.Map(a.Parameter!.Type, Types) is not null)),
        IAssignmentOperation assignment => IsPlaceOnObject(assignment.Target),
        _ => false,
    });
}
