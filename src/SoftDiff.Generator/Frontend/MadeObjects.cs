using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Objects that the method makes and keeps: their fields are variables, and their methods are lowered where they are called.
internal sealed partial class FunctionLowering
{
    private const string OneObject = "use one variable for each object: which of them it holds is not known here, as their classes differ or another variable holds one too";

    /// <summary>The object, if the expression names one that the method has made; nothing is evaluated.</summary>
    private MadeObject? Made(IOperation? operation) => Kept(operation) as MadeObject;

    /// <summary>The object or list, if the expression names one that the method has made; nothing is evaluated.</summary>
    private KeptObject? Kept(IOperation? operation)
    {
        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Kept(parenthesized.Operand);
            case IConversionOperation { Type: { } type } conversion when conversion.Conversion.IsReference || conversion.Conversion.IsIdentity:
                return Kept(conversion.Operand) is { } known && (known is not MadeObject made || IsOf(made, type)) ? known : null;
            case ILocalReferenceOperation local:
                return _point.Env.Get(local.Local) as KeptObject;
            case IParameterReferenceOperation parameter:
                return _point.Env.Get(parameter.Parameter) as KeptObject ?? CapturedField(parameter) as KeptObject;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } when _initialized.Count > 0:
                return _initialized.Peek().Read(this) as KeptObject;
            case IInstanceReferenceOperation:
                return _point.Env.Get(ThisVariable) as KeptObject;
            case IFieldReferenceOperation { Instance: { } instance, Field: var field } when Made(instance) is { } owner:
                return _point.Env.Get(owner.Fields[field]) as KeptObject;
            case IPropertyReferenceOperation { Instance: { } instance, Arguments.Length: 0, Property: var property }
                when Made(instance) is { } owner && Stored(property) is { } field:
                return _point.Env.Get(owner.Fields[field]) as KeptObject;
            default:
                return null;
        }
    }

    /// <summary>What a parameter of a primary constructor holds in a method of the object; null for any other parameter.</summary>
    private Operand? ReadCaptured(IParameterReferenceOperation reference)
    {
        if (reference.Parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor) return null;
        if (CapturedField(reference) is { } known) return known;
        var type = constructor.ContainingType;
        if (type.IsValueType || type.IsGenericType || !IsAccessible(type)) return null;
        Operand? self = _context.Receiver is { } receiver
            ? new SymbolConstant(ObjectTypes.Of(type, Types), receiver.Expression) { IsOfReceiver = true }
            : _point.Env.Get(Receivers.Variable(type));
        if (self is null) return null;
        var hidden = new HiddenField(Types.Name(type), "<" + reference.Parameter.Name + ">P", Types.Name(reference.Parameter.Type));
        var args = ImmutableArray.Create(self);
        return Evaluated(reference, reference.Type!, HiddenField.Expression, args, ObjectEffect.Read, isWhole: false, hidden);
    }

    /// <summary>Whether the parameter is one of a primary constructor that a member of the class uses, and that the object therefore keeps.</summary>
    private bool IsCaptured(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && Products.IsPrimary(constructor) && _point.Env.Get(parameter) is null;

    /// <summary>The variable of an object that a parameter of its primary constructor is; null if there is none, which is reported.</summary>
    private AssignablePlace? CapturedPlace(IParameterReferenceOperation reference)
    {
        var made = _point.Env.Get(Receivers.Variable(reference.Parameter.ContainingType)) as MadeObject;
        if (made is { IsTree: false } && VariableType(reference.Type!) is { } type) return new VariablePlace(type, made.Fields[reference.Parameter]);
        if (made is not null) Fail(Descriptors.TreeIsWritten, reference, SourceLines.Short(reference.Syntax), "keep the number in a local variable");
        else Unsupported(reference, "keep it in a field");
        return null;
    }

    /// <summary>Whether objects of the type are made of variables where the method makes them.</summary>
    private bool IsTakenApart(ITypeSymbol? type) => type is INamedTypeSymbol named && _module.Objects.IsTakenApart(named);

    private Operand? CapturedField(IParameterReferenceOperation reference) =>
        reference.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && _point.Env.Get(Receivers.Variable(constructor.ContainingType)) is MadeObject made
            ? _point.Env.Get(made.Fields[reference.Parameter])
            : null;

    /// <summary>The field that the compiler declares for a property; null if it declares none.</summary>
    private static IFieldSymbol? Backing(IPropertySymbol property)
    {
        property = property.OriginalDefinition;
        return property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));
    }

    /// <summary>The field that an automatic property is. If an accessor has a body, it may use <c>field</c> in its own way: null.</summary>
    public static IFieldSymbol? Stored(IPropertySymbol property) =>
        property.OriginalDefinition.DeclaringSyntaxReferences.Any(part => HasBody(part.GetSyntax())) ? null : Backing(property);

    private static bool HasBody(SyntaxNode property) => property is PropertyDeclarationSyntax declared
        && (declared.AccessorList is not { Accessors: var accessors } || accessors.Any(a => a.Body is not null || a.ExpressionBody is not null));

    /// <summary>A member of an object: what its variable holds, or what its getter computes.</summary>
    private Operand ReadMade(IOperation reference, MadeObject made, ISymbol member, IReadOnlyList<Operand> args)
    {
        if (IsOpen(made, member, reference)) return RefuseOpen(reference, made);
        var property = member is IFieldSymbol ? null : (IPropertySymbol)Implementation(made.Of, member, reference);
        if ((member as IFieldSymbol ?? Stored(property!)) is { } field)
        {
            return _point.Env.Get(made.Fields[field]) switch
            {
                null => Unsupported(reference, "keep numbers, arrays and objects in the members of objects"),
                SymbolConstant { Type: MadeType, Expression: ArrayVariables.Merged } => Unsupported(reference, OneObject),
                var value => value,
            };
        }

        return Accessor(reference, property!.GetMethod, made, args, VariableType(reference.Type!)) ?? Placeholder(reference.Type);
    }

    /// <summary>Runs a getter or a setter of an object.</summary>
    private Operand? Accessor(IOperation reference, IMethodSymbol? accessor, MadeObject made, IReadOnlyList<Operand> args, IrType? returns)
    {
        if (accessor is null || _module.Body(accessor) is not { } body || _context.IsInPlace(accessor))
        {
            return Unsupported(reference, "call a member with a body in this project, which does not call itself");
        }

        return InPlaceOn(accessor, body, made, args, returns, out _);
    }

    /// <summary>The member that runs where an object is asked for one of its static type.</summary>
    private static ISymbol Implementation(INamedTypeSymbol? of, ISymbol member, IOperation reference)
    {
        if (of is null) return member;
        if (member.ContainingType.TypeKind == TypeKind.Interface) return of.FindImplementationForInterfaceMember(member) ?? member;
        if (!(member.IsVirtual || member.IsAbstract || member.IsOverride) || IsThroughBase(reference)) return member;
        for (var type = of; type is not null && !SymbolEqualityComparer.Default.Equals(type, member.ContainingType); type = type.BaseType)
        {
            var own = type.GetMembers(member.Name).FirstOrDefault(candidate => Overrides(candidate, member));
            if (own is not null) return own;
        }

        return member;
    }

    /// <summary>The class of an object, where it is known to be no derived one: that of a sealed type.</summary>
    private INamedTypeSymbol? DynamicType(IOperation instance) =>
        instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } && _context.Caller is null
            ? DynamicReceiver ?? Sealed(instance.Type)
            : Sealed(Unconverted(instance).Type);

    private static INamedTypeSymbol? Sealed(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsSealed: true, TypeKind: TypeKind.Class } known ? known : null;

    private static bool Overrides(ISymbol candidate, ISymbol member)
    {
        for (var at = Overridden(candidate); at is not null; at = Overridden(at))
        {
            if (SymbolEqualityComparer.Default.Equals(at.OriginalDefinition, member.OriginalDefinition)) return true;
        }

        return false;

        static ISymbol? Overridden(ISymbol symbol) => symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
    }

    private Operand? LowerMadeCall(IInvocationOperation call, MadeObject made)
    {
        if (IsOpen(made, call.TargetMethod, call)) return RefuseOpen(call, made);
        var method = (IMethodSymbol)Implementation(made.Of, call.TargetMethod, call);
        if (_module.Body(method) is null) return Escapes(call, made);
        using var receiver = InUse(made);
        return _context.IsInPlace(method)
            ? Unsupported(call, "let the method of an object that is made here not call itself")
            : LowerInPlace(CallSite.Of(call), receiver: null, made, method);
    }

    /// <summary>Reports that an object that holds differentiated numbers is given away.</summary>
    private Operand Escapes(IOperation operation, KeptObject made) => Fail(
        Descriptors.ObjectEscapes, operation, SourceLines.Short(operation.Syntax),
        made.DeclaredType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));

    /// <summary>The place that a member of an object is.</summary>
    private AssignablePlace? PlaceOnMade(IOperation target, MadeObject made)
    {
        var member = ((IMemberReferenceOperation)target).Member;
        if (IsOpen(made, member, target))
        {
            RefuseOpen(target, made);
            return null;
        }

        var field = member as IFieldSymbol ?? Stored((IPropertySymbol)Implementation(made.Of, member, target));
        if (made.Of.IsValueType && !IsBeingMade((IMemberReferenceOperation)target))
        {
            Fail(Descriptors.TreeIsWritten, target, SourceLines.Short(target.Syntax), CopyInstead);
            return null;
        }

        if (field is null)
        {
            var property = (IPropertyReferenceOperation)target;
            return VariableType(target.Type!) is not { } type ? null
                : new MadePropertyPlace(type, made, property, InOrder(property.Arguments).Select(a => Lower(a.Value)).ToImmutableArray());
        }

        if (made.IsTree)
        {
            Fail(Descriptors.TreeIsWritten, target, SourceLines.Short(target.Syntax), "keep the number in a local variable");
            return null;
        }

        if (VariableType(target.Type!) is { } held) return new VariablePlace(held, made.Fields[field]);
        Fail(Descriptors.UnsupportedType, target, target.Type!.Spelled(), TypeMapping.Supported);
        return null;
    }

    /// <summary>A property with bodies, of an object.</summary>
    private sealed record MadePropertyPlace(
        IrType Type, MadeObject Made, IPropertyReferenceOperation Reference, ImmutableArray<Operand> Args) : AssignablePlace(Type)
    {
        public override Operand Read(FunctionLowering lowering) => lowering.ReadMade(Reference, Made, Reference.Property, Args);

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            var property = (IPropertySymbol)Implementation(Made.Of, Reference.Property, Reference);
            lowering.Accessor(Reference, property.SetMethod, Made, Args.Add(value), returns: null);
            return value;
        }
    }
}
