using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Members of value types. A field or automatic property is a member of the product; any other property is its body, with the value as receiver.
internal sealed partial class FunctionLowering
{
    /// <summary>The values that patterns test, the innermost last.</summary>
    private readonly Stack<Operand> _tested = new();

    /// <summary>Whether the body that is being lowered has a value as receiver.</summary>
    private bool HasReceiver =>
        _context.Method is { IsStatic: false, ContainingType.IsValueType: true, MethodKind: not (MethodKind.LocalFunction or MethodKind.AnonymousFunction) };

    /// <summary>Whether the body is that of a class's method, called on an object whose members have no names.</summary>
    private bool HasObjectReceiver => _context is
    {
        Receiver: null,
        Method: { IsStatic: false, ContainingType.IsReferenceType: true, MethodKind: not (MethodKind.LocalFunction or MethodKind.AnonymousFunction) },
    };

    private ISymbol ThisVariable => Receivers.Variable(_context.Method.ContainingType);

    private ProductType? ReceiverType => Products.Map(_context.Method.ContainingType, Types);

    private Operand LowerInstance(IInstanceReferenceOperation instance) => instance.ReferenceKind switch
    {
        InstanceReferenceKind.PatternInput when _tested.Count > 0 => _tested.Peek(),
        InstanceReferenceKind.ImplicitReceiver when _initialized.Count > 0 => _initialized.Peek().Read(this),
        InstanceReferenceKind.ContainingTypeInstance when _context.Receiver is { Type.IsReferenceType: true } constant =>
            new SymbolConstant(ObjectTypes.Of(constant.Type, Types), constant.Expression) { IsOfReceiver = true },
        _ when _context.Method.MethodKind == MethodKind.Constructor && IsStructTree(instance.Type) =>
            Unsupported(instance, "use the members of the struct"),
        _ when _point.Env.Get(ThisVariable) is { } receiver => receiver,
        _ => Unsupported(instance, "pass what the method needs as parameters"),
    };

    private Operand LowerMember(IOperation reference, IOperation instance, string name) =>
        IsOfStructElement(instance) ? MemberOf(instance, name)?.Read(this) ?? Placeholder(reference.Type)
        : Lower(instance) is Product product ? product[name] : Placeholder(reference.Type);

    /// <summary>A property or an element of a value.</summary>
    private Operand LowerPropertyOf(IPropertyReferenceOperation reference, IOperation instance)
    {
        if (Products.Member(reference.Property, instance.Type) is { } member) return LowerMember(reference, instance, member);
        var place = reference.Property.GetMethod is { } get && Receivers.Changes(get, _module.Compilation) && IsChangeable(instance) ? Place(instance) : null;
        var receiver = place is null ? Lower(instance) : null;
        var args = InOrder(reference.Arguments).Select(a => Lower(a.Value)).ToList();
        return receiver is Product or null ? GetProperty(reference, receiver ?? place!.Read(this), args, place) : Placeholder(reference.Type);
    }

    private Operand GetProperty(IPropertyReferenceOperation reference, Operand receiver, IReadOnlyList<Operand> args, AssignablePlace? place)
    {
        var getter = Formulas.Of(reference.Property.GetMethod, _module.Compilation) ?? reference.Property.GetMethod;
        if (getter is null || _module.Body(getter) is not { } body || VariableType(reference.Type!) is not { } type || _context.IsInPlace(getter))
        {
            return Unsupported(reference, "call a method with a body in this project");
        }

        var result = InPlaceOn(getter, body, receiver, args, type, out var after);
        place?.Write(this, after);
        return result!;
    }

    /// <summary>Lowers the body of a value's member where it is used.</summary>
    /// <param name="method">The member.</param>
    /// <param name="body">Its body.</param>
    /// <param name="receiver">The value.</param>
    /// <param name="args">The arguments, one for each parameter.</param>
    /// <param name="returns">What it returns; null for nothing.</param>
    /// <param name="after">The value that the receiver is afterwards.</param>
    /// <param name="atEnd">Runs while the parameters still have their values.</param>
    private Operand? InPlaceOn(
        IMethodSymbol method, MethodBody body, Operand receiver, IReadOnlyList<Operand> args, IrType? returns, out Operand after, Action? atEnd = null)
    {
        var before = _point.Env.Copy();
        var variable = Receivers.Variable(method.ContainingType);
        var outer = _point.Env.Get(variable);
        _point.Env.Set(variable, receiver);
        for (var i = 0; i < args.Count; i++) _point.Env.Set(body.Method.Parameters[i], args[i]);
        var result = InPlace(method, body, returns, receiver: null);
        after = _point.Env.Get(variable)!;
        atEnd?.Invoke();
        _point.Env.Restrict(before);
        if (outer is not null) _point.Env.Set(variable, outer);
        return result;
    }

    /// <summary>A static field or property that holds a value: each of its scalars is a constant.</summary>
    private Operand LowerConstantProduct(IOperation reference, ISymbol member, ITypeSymbol type)
    {
        if (!IsAccessible(member) || HasHiddenMembers(type)) return ReportInaccessible(reference, member);
        var name = Types.Name(member.ContainingType) + "." + Identifiers.Escape(member.Name);
        return Constant(Products.Map(type, Types, IsAccessible)!, name, isOfReceiver: false);
    }
}
