using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Calls of objects, and of methods without source that take objects. They run in the forward sweep, where and as often as the user's code
// says.
internal sealed partial class FunctionLowering
{
    /// <summary>
    /// A call of an object. False if the method's source is lowered in its place, because it gets a differentiated value or an array.
    /// </summary>
    private bool LowerObjectCall(IInvocationOperation call, bool isWhole, out Operand? result)
    {
        var (method, instance) = (call.TargetMethod, call.Instance!);
        var owner = LowerObject(instance);
        if (owner is MadeObject made)
        {
            result = LowerMadeCall(call, made);
            return true;
        }

        if (ClassesOf(call) is { } classes)
        {
            result = LowerDispatch(call, owner, classes);
            return true;
        }

        result = null;
        var known = DynamicType(instance);
        method = (IMethodSymbol)Implementation(known, method, call);
        var hasSource = _module.Body(method) is not null && (known is not null || !IsDispatched(method, call));
        var isReachable = _module.IsAccessible(call.TargetMethod, instance.Type!) && !IsThroughBase(call);
        if (hasSource && (HasArrays(method) || !isReachable || _module.Objects.IsFromSource(method))) return false;
        if (!isReachable)
        {
            result = ReportInaccessible(call, method);
            return true;
        }

        var effect = IsUnchanging(method.ContainingType) ? ObjectEffect.None : ActOf(method.ContainingType);
        var text = new ObjectText();
        var source = hasSource ? Declarations.Key(method.OriginalDefinition) : ObjectChoices.KeyOf(instance.Type);
        result = Called(call, text.Add(owner) + ".", text, effect, source, isWhole);
        return true;
    }

    private static bool IsThroughBase(IOperation reference) => reference.Syntax
        is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } }
        or MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };

    /// <summary>Whether a static method has no source here, and generated code may call it.</summary>
    private bool IsForeign(IMethodSymbol method) =>
        method is { IsStatic: true, IsAbstract: false, IsVirtual: false, MethodKind: MethodKind.Ordinary }
        && !_module.HasSource(method) && _module.IsAccessible(method) && RuleLookup.Attribute(method, "DifferentiableAttribute") is null;

    /// <summary>A call of a static method that is not lowered: it has no source, or gives and takes nothing but objects.</summary>
    private Operand? LowerForeignCall(IInvocationOperation call) =>
        Called(
            call, Types.Name(call.TargetMethod.ContainingType) + ".", new ObjectText(), ActOf(call.TargetMethod.ContainingType), "",
            isWhole: false);

    /// <summary>
    /// Whether generated code may call a static method as it is: it takes objects, and no numbers that may be differentiated.
    /// </summary>
    private bool IsOnObjects(IMethodSymbol method) =>
        method is { IsStatic: true, MethodKind: MethodKind.Ordinary, ReturnsVoid: false } && _module.IsAccessible(method)
        && method.Parameters.Any(p => ObjectTypes.Map(p.Type, Types) is not null)
        && method.Parameters.All(p => p.RefKind == RefKind.None && IsPassed(p.Type))
        && !TakesApart(method) && RuleLookup.Attribute(method, "DifferentiableAttribute") is null && !IsGuard(method);

    /// <summary>Whether the method may take or give an object that is taken apart.</summary>
    private bool TakesApart(IMethodSymbol method) => method.Parameters.Select(p => p.Type).Append(method.ReturnType).Any(IsTakenApart);

    private bool IsPassed(ITypeSymbol type) =>
        ThrownTexts.IsText(type) || ObjectTypes.Map(type, Types) is not null || Types.Scalar(type) is { IsFloat: false };

    private bool HasArrays(IMethodSymbol method) =>
        method.Parameters.Any(p => Types.Array(p.Type) is not null || StructArrays.Map(p.Type, Types) is not null);

    private Operand? Called(IInvocationOperation call, string owner, ObjectText text, ObjectEffect effect, string source, bool isWhole)
    {
        var method = call.TargetMethod;
        var outs = new List<(AssignablePlace? Place, Value Value)>();
        if (Arguments(call.Arguments, method, text, outs) is not { } arguments) return Placeholder(call.Type);
        var generic = method.TypeArguments.IsEmpty ? "" : "<" + string.Join(", ", method.TypeArguments.Select(Types.Name)) + ">";
        var expression = owner + Identifiers.Escape(method.Name) + generic + "(" + arguments + ")";
        Operand? result = null;
        var evaluate = new Evaluate(null, expression, text.Operands, effect)
        {
            Outs = outs.Select(o => o.Value).ToImmutableArray(),
            IsDisplay = IsDisplay(method),
        };
        if (method.ReturnsVoid) Add(call, evaluate, source, Instead(method));
        else result = Evaluated(call, call.Type!, evaluate, isWhole, source, Instead(method));
        foreach (var (place, value) in outs) place?.Write(this, FromObject(value, place.Type));
        return result;
    }

    private static string Instead(IMethodSymbol method) =>
        method.ReturnsVoid ? ""
        : ForeignAdvice.Of(method) is { } own ? own
        : ConstantObject.IsDispatched(method)
        ? "which method runs is not known before; let the variable be of a sealed type, or of one whose classes have their source in this project"
        : "it has no source here; give it a rule with [DerivativeOf], or compute it outside and pass the result";

    /// <summary>The arguments as text, in the order in which they are written; null if one was reported.</summary>
    private string? Arguments(
        ImmutableArray<IArgumentOperation> arguments, IMethodSymbol method, ObjectText text,
        List<(AssignablePlace? Place, Value Value)> outs)
    {
        var (list, next) = (new List<string>(), 0);
        foreach (var argument in arguments)
        {
            var parameter = argument.Parameter!;
            if (argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            var name = parameter.Ordinal == next++ ? "" : Identifiers.Escape(parameter.Name) + ": ";
            if (argument.ArgumentKind == ArgumentKind.ParamArray)
            {
                var items = (argument.Value as IArrayCreationOperation)?.Initializer?.ElementValues ?? ImmutableArray<IOperation>.Empty;
                foreach (var item in items) list.Add(text.Add(AsObject(Lower(Unboxed(item)))));
            }
            else if (parameter.RefKind == RefKind.Out)
            {
                list.Add(name + Out(argument, parameter, outs));
            }
            else if (parameter.RefKind is RefKind.Ref
                || (parameter.Type.IsRefLikeType && Types.Array(parameter.Type) is not { IsReadOnly: true }))
            {
                NeedsSource(method);
                Unsupported(argument, ForeignAdvice.Of(method, "pass it values, and spans that it only reads"));
                return null;
            }
            else
            {
                var value = parameter.Type.IsRefLikeType ? LowerArray(argument.Value)
                    : IsHeld(argument.Value) ? LowerObject(argument.Value)
                    : AsObject(Lower(Unboxed(argument.Value)));
                if (value is null) return null;
                if (InlineArray(value) is not null || value is StructArray or PartedArray or Sequence or Closure or { Type: ArrayType { IsReadOnly: false } } && !parameter.Type.IsRefLikeType)
                {
                    NeedsSource(method);
                    Unsupported(argument, ForeignAdvice.Of(method, "let it take a ReadOnlySpan"));
                    return null;
                }

                if (value is Product && !PlainConstructors.CanMake(argument.Value.Type!, Types, _module.IsAccessible))
                {
                    NeedsSource(method);
                    Unsupported(argument, MadeByMembers(argument.Value.Type!));
                    return null;
                }

                list.Add(name + text.Add(value));
            }
        }

        return string.Join(", ", list);
    }

    /// <summary>Notes that a method, or a constructor, could take the argument if it were lowered from its source.</summary>
    private void NeedsSource(IMethodSymbol method)
    {
        if (ObjectChoices.KeyOf(method.ContainingType) is { Length: > 0 } key) _module.Arguments.Filled.Add(key);
    }

    private string Out(IArgumentOperation argument, IParameterSymbol parameter, List<(AssignablePlace? Place, Value Value)> outs)
    {
        var place = argument.Value is IDiscardOperation ? null : Place(argument.Value);
        var type = TypeOf(parameter.Type) is ScalarType scalar ? scalar : ObjectTypes.Of(parameter.Type, Types);
        outs.Add((place, _point.Values.Fresh(type)));
        return "{out" + (outs.Count - 1) + "}";
    }

    /// <summary>A number that C# boxes, as itself: the call boxes it again.</summary>
    private IOperation Unboxed(IOperation operation) =>
        operation is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion && Types.Scalar(conversion.Type) is null
            && (Types.Scalar(conversion.Operand.Type) is not null || ThrownTexts.IsText(conversion.Operand.Type))
            ? conversion.Operand : operation;

    /// <summary>Whether the method only shows what it gets: it writes text for a person to read.</summary>
    private static bool IsDisplay(IMethodSymbol method)
    {
        var space = method.ContainingNamespace.ToDisplayString();
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            var isWriter = (space, type.Name) is ("System", "Console") or ("System.Diagnostics", "Debug" or "Trace" or "TraceSource")
                or ("System.IO", "TextWriter") or ("System.Text", "StringBuilder");
            if (isWriter || space == "Microsoft.Extensions.Logging") return true;
        }

        return false;
    }

    /// <summary>A new object, which keeps nothing that is differentiated.</summary>
    private Operand LowerNewObject(IObjectCreationOperation creation)
    {
        var (constructor, text) = (creation.Constructor!, new ObjectText());
        if (ObjectChoices.KeyOf(creation.Type) is { Length: > 0 } key) _module.Arguments.Made.Add(key);
        if (!_module.IsAccessible(constructor)) return ReportInaccessible(creation, constructor);
        var outs = new List<(AssignablePlace? Place, Value Value)>();
        if (Arguments(creation.Arguments, constructor, text, outs) is not { } arguments) return Placeholder(creation.Type);
        var expression = "new " + Types.Name(creation.Type!) + "(" + arguments + ")";
        if (creation.Initializer is { } initializer)
        {
            if (Initializers(initializer, text) is not { } members) return Placeholder(creation.Type);
            expression += " { " + members + " }";
        }

        var type = (INamedTypeSymbol)creation.Type!;
        var made = new Evaluate(null, expression, text.Operands, IsUnchanging(type) ? ObjectEffect.None : ActOf(type));
        return Evaluated(creation, type, made, isWhole: false, ObjectChoices.KeyOf(type), "");
    }

    /// <summary>A copy of a record with other values for some members.</summary>
    private Operand CopyObject(IWithOperation with, Operand value)
    {
        var text = new ObjectText();
        var owner = text.Add(value);
        if (Initializers(with.Initializer, text) is not { } members) return Placeholder(with.Type);
        var copy = new Evaluate(null, owner + " with { " + members + " }", text.Operands, ObjectEffect.Call);
        return Evaluated(with, with.Type!, copy, isWhole: false, ObjectChoices.KeyOf(with.Type), "");
    }

    private string? Initializers(IObjectOrCollectionInitializerOperation initializer, ObjectText text)
    {
        string Written(IOperation item)
        {
            var (value, type) = (AsObject(Lower(item)), Unconverted(item).Type);
            if (value is Product && type is not null && !PlainConstructors.CanMake(type, Types, _module.IsAccessible)) Unsupported(item, MadeByMembers(type));
            return text.Add(value);
        }

        var list = new List<string>();
        foreach (var item in initializer.Initializers)
        {
            switch (item)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: { Length: 1 } index } } assignment:
                    list.Add("[" + Written(index[0].Value) + "] = " + Written(assignment.Value));
                    break;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member } } assignment:
                    list.Add(Identifiers.Escape(member.Name) + " = " + Written(assignment.Value));
                    break;
                case IInvocationOperation { Arguments: { Length: > 0 } added }:
                    var values = added.Select(a => Written(a.Value)).ToList();
                    list.Add(values.Count == 1 ? values[0] : "{ " + string.Join(", ", values) + " }");
                    break;
                default:
                    Unsupported(item, "set the members one by one");
                    return null;
            }
        }

        return string.Join(", ", list);
    }

    /// <summary>What to do with a value whose members no expression can set.</summary>
    private string MadeByMembers(ITypeSymbol type) => Products.Map(type, Types) is { Form: ProductForm.InlineArray } ? "let it hold an array"
        : $"give the members of '{type.Name}' init accessors, or '{type.Name}' one constructor, which only assigns them";

    /// <summary>A value that an expression about objects has set, as one of a type.</summary>
    private Operand FromObject(Value value, IrType type) => type is ProductType product ? Members(product, value, "{0}") : value;
}
