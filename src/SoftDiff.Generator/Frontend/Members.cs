using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers members of objects that are constant while the method runs: fields, properties, and the receivers of calls.
internal sealed partial class FunctionLowering
{
    private const string PassIt = "pass its value as a parameter";

    /// <summary>The object, if it is the receiver of the method or a member of a constant object; null for any other.</summary>
    private ConstantObject? Object(IOperation operation)
    {
        switch (operation)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return _context.Receiver;
            case IConversionOperation { IsImplicit: true, Conversion.IsReference: true } conversion:
                return Object(conversion.Operand);
            case IFieldReferenceOperation { Instance: { } instance, Field: { CanBeReferencedByName: true } field } when IsObject(field.Type):
                return Object(instance) is { } owner && IsReachable(owner, field) ? new ConstantObject(owner.Member(field, Types), field.Type) : null;
            case IPropertyReferenceOperation { Instance: { } instance, Property: var property } when IsStored(property) && IsObject(property.Type):
                return Object(instance) is { } around && IsReachable(around, property) ? new ConstantObject(around.Member(property, Types), property.Type) : null;
            default:
                return null;
        }
    }

    private bool IsObject(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface }
        && VariableType(type) is null or ScalarType { Kind: ScalarKind.Opaque };

    private bool IsReachable(ConstantObject owner, ISymbol member) => _module.IsAccessible(member, owner.Through(member));

    /// <summary>Whether reading the property is reading a field.</summary>
    private bool IsStored(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, GetMethod: { } getter } && !ConstantObject.IsDispatched(getter)
        && Backing(property) is not null && _module.Body(getter) is null;

    private Operand LowerInstanceField(IFieldReferenceOperation reference)
    {
        if (Object(reference.Instance!) is not { } owner || (_module.Objects.MembersChange && !reference.Field.IsReadOnly))
        {
            return IsOnObject(reference.Instance)
                ? ReadMember(reference, reference.Instance!, reference.Field)
                : Unsupported(reference, PassIt);
        }

        if (!reference.Field.CanBeReferencedByName) return Unsupported(reference, PassIt);
        if (!IsReachable(owner, reference.Field) || HasHiddenMembers(reference.Type!)) return ReportInaccessible(reference, reference.Field);
        return TypeOf(reference.Type!) is { } type
            ? Constant(type, owner.Member(reference.Field, Types), isOfReceiver: true, isAssignable: !reference.Field.IsReadOnly)
            : Fail(Descriptors.UnsupportedType, reference, reference.Type!.Spelled(), TypeAdvice.For(reference.Type));
    }

    private Operand LowerInstanceProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (Object(reference.Instance!) is not { } owner || (_module.Objects.MembersChange && property.SetMethod is { IsInitOnly: false }))
        {
            return IsOnObject(reference.Instance) ? ReadMember(reference, reference.Instance!, property) : Unsupported(reference, PassIt);
        }

        if (property.GetMethod is not { } getter || VariableType(reference.Type!) is not { } type) return Unsupported(reference, PassIt);

        if (IsStored(property))
        {
            return IsReachable(owner, property) && !HasHiddenMembers(reference.Type!)
                ? Constant(type, owner.Member(property, Types), isOfReceiver: true, isAssignable: property.SetMethod is { IsInitOnly: false })
                : ReportInaccessible(reference, property);
        }

        if (IsDispatched(getter, reference) || _module.Body(getter) is not { } body || _context.IsInPlace(getter))
        {
            return ReadMember(reference, reference.Instance!, property);
        }

        var before = _point.Env.Copy();
        var result = InPlace(getter, body, type, owner);
        _point.Env.Restrict(before);
        return result ?? Placeholder(reference.Type);
    }

    /// <summary>Whether generated code cannot read all scalars of a value type.</summary>
    private bool HasHiddenMembers(ITypeSymbol type) => Products.Map(type, Types, IsAccessible)?.Paths.Any(path => path.Any(member => member.IsHidden)) == true;

    /// <summary>A member of a constant object, or a static value: a constant of the IR, or a product of such.</summary>
    private static Operand Constant(IrType type, string expression, bool isOfReceiver, bool isAssignable = false)
    {
        return type is ProductType product
            ? new Product(product, product.Members.Select(m => Constant(m.Type, expression + product.Reading(m), isOfReceiver, isAssignable)).ToImmutableArray())
            : new SymbolConstant(type, expression) { IsOfReceiver = isOfReceiver, IsAssignable = isAssignable };
    }

    /// <summary>Whether a call through the object may run another body than the one that is bound. One through <c>base</c> does not.</summary>
    private static bool IsDispatched(IMethodSymbol method, IOperation call)
    {
        var instance = (call as IInvocationOperation)?.Instance ?? (call as IMemberReferenceOperation)?.Instance;
        return !IsThroughBase(call) && instance?.Type is not { IsSealed: true } && ConstantObject.IsDispatched(method);
    }

    /// <summary>
    /// The receiver in the body of a called method; null if it has none. False if it is no constant whose members have names.
    /// </summary>
    private bool HasKnownReceiver(IInvocationOperation call, out ConstantObject? receiver)
    {
        var method = call.TargetMethod;
        receiver = method is { MethodKind: MethodKind.LocalFunction, IsStatic: false } ? _context.Receiver : null;
        if (call.Instance is not { } instance) return true;
        if (Object(instance) is not { } known || !HasMembersWithNames(call, instance, known)) return false;
        receiver = known;
        return true;
    }

    private bool HasMembersWithNames(IInvocationOperation call, IOperation instance, ConstantObject receiver)
    {
        var method = call.TargetMethod;
        if (IsDispatched(method, call) || method.MethodKind != MethodKind.Ordinary || RuleLookup.HasRule(method)) return false;
        if (_module.Body(method) is null && !TransformationAttributes.IsMarked(method)) return false;
        if (instance is IInstanceReferenceOperation) return true;

        // A method that calls itself on a member would be lowered again for each longer path of members.
        return _module.Depth(method) == 0 && !IsAboutObjects(method, receiver);
    }

    /// <summary>
    /// Whether C# runs the method as it is: it takes no numbers that may be differentiated, and it takes or gives objects, or its body has no
    /// place in the IR.
    /// </summary>
    private bool IsAboutObjects(IMethodSymbol method, ConstantObject receiver) =>
        method.Parameters.All(p => p.RefKind == RefKind.None && IsPassed(p.Type))
        && (TakesOrGivesObjects(method) || !_module.HasFunction(method, Types, receiver));

    private bool TakesOrGivesObjects(IMethodSymbol method) =>
        method.Parameters.Any(p => Types.Scalar(p.Type) is null)
        || (!method.ReturnsVoid && ObjectTypes.Map(method.ReturnType, Types) is not null);

    private Operand? ReportCall(IInvocationOperation call, IOperation instance)
    {
        if (instance.Type?.TypeKind == TypeKind.Error || instance is IInvalidOperation) return Invalid(call);
        return Fail(
            Descriptors.InstanceCall, call, SourceLines.Short(call.Syntax),
            IsCells(instance) || IsMatrix(instance) ? "use its length and elements, and Slice, CopyTo, ToArray, Fill and Clear"
                : "move the computation into a static method and pass what it needs");
    }
}
