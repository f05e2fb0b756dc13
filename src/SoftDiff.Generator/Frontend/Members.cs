using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers members of objects that are constant while the method runs: fields, properties, and the receivers of calls.
internal sealed partial class FunctionLowering
{
    private const string PassIt = "pass what the method needs as parameters";

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

    private bool IsObject(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } && VariableType(type) is null;

    private bool IsReachable(ConstantObject owner, ISymbol member) => _module.IsAccessible(member, owner.Through(member));

    /// <summary>Whether reading the property is reading a field.</summary>
    private bool IsStored(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, GetMethod: { } getter } && !ConstantObject.IsDispatched(getter)
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property))
        && _module.Body(getter) is null;

    private Operand LowerInstanceField(IFieldReferenceOperation reference)
    {
        if (Object(reference.Instance!) is not { } owner || !reference.Field.CanBeReferencedByName)
        {
            return Unsupported(reference, "pass the field's value as a parameter");
        }

        if (!IsReachable(owner, reference.Field) || HasHiddenMembers(reference.Type!)) return ReportInaccessible(reference, reference.Field);
        return TypeOf(reference.Type!) is { } type
            ? Constant(type, owner.Member(reference.Field, Types), isOfReceiver: true)
            : Fail(Descriptors.UnsupportedType, reference, reference.Type!.ToDisplayString(), TypeMapping.Supported);
    }

    private Operand LowerInstanceProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (Object(reference.Instance!) is not { } owner || property.GetMethod is not { } getter || TypeOf(reference.Type!) is not { } type)
        {
            return Unsupported(reference, "pass the property's value as a parameter");
        }

        if (IsStored(property))
        {
            return IsReachable(owner, property) && !HasHiddenMembers(reference.Type!) ? Constant(type, owner.Member(property, Types), isOfReceiver: true) : ReportInaccessible(reference, property);
        }

        if (IsDispatched(getter, reference)) return Fail(Descriptors.InstanceCall, reference, SourceLines.Short(reference.Syntax), "its getter is virtual; " + PassIt);
        if (_module.Body(getter) is not { } body || _context.IsInPlace(getter)) return Unsupported(reference, "pass the property's value as a parameter");
        var before = _point.Env.Copy();
        var result = InPlace(getter, body, type, owner);
        _point.Env.Restrict(before);
        return result ?? Placeholder(reference.Type);
    }

    /// <summary>Whether generated code cannot read all scalars of a value type.</summary>
    private bool HasHiddenMembers(ITypeSymbol type) => Products.Map(type, Types, IsAccessible)?.Paths.Any(path => path.Any(member => member.IsHidden)) == true;

    /// <summary>A member of a constant object, or a static value: a constant of the IR, or a product of such.</summary>
    private static Operand Constant(IrType type, string expression, bool isOfReceiver) => type is ProductType product
        ? new Product(product, product.Members.Select(m => Constant(m.Type, expression + "." + Identifiers.Escape(m.Name), isOfReceiver)).ToImmutableArray())
        : new SymbolConstant(type, expression) { IsOfReceiver = isOfReceiver };

    /// <summary>Whether a call through the object may run another body than the one that is bound. One through <c>base</c> does not.</summary>
    private static bool IsDispatched(IMethodSymbol method, IOperation call)
    {
        var instance = call.Syntax switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
            MemberAccessExpressionSyntax access => access.Expression,
            _ => null,
        };
        return instance is not BaseExpressionSyntax && ConstantObject.IsDispatched(method);
    }

    /// <summary>The receiver in the body of a called method; null if it has none. False if the call cannot be lowered, which was reported.</summary>
    private bool HasKnownReceiver(IInvocationOperation call, out ConstantObject? receiver)
    {
        var method = call.TargetMethod;
        receiver = method is { MethodKind: MethodKind.LocalFunction, IsStatic: false } ? _context.Receiver : null;
        if (call.Instance is not { } instance) return true;
        receiver = Object(instance);
        if (receiver is not null && !IsDispatched(method, call) && method.MethodKind == MethodKind.Ordinary && !RuleLookup.HasRule(method)) return true;
        if (instance.Type?.TypeKind == TypeKind.Error || instance is IInvalidOperation) Invalid(call);
        else Fail(Descriptors.InstanceCall, call, SourceLines.Short(call.Syntax), "move the computation into a static method and pass what it needs");
        return false;
    }
}
