using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Structs with arrays among their members. They are taken apart like the objects of a parameter tree. Nothing assigns their members once they are made,
// so a copy is as good as the struct itself: all copies are one operand.
internal sealed partial class FunctionLowering
{
    private const string CopyInstead = "make a copy with another value: 'with { … }'";

    /// <summary>Whether values of the type are taken apart like objects.</summary>
    private bool IsStructTree(ITypeSymbol? type) =>
        type is not null && Types.Resolve(type) is INamedTypeSymbol { IsValueType: true } own && IsTakenApart(own);

    /// <summary>A member of such a struct.</summary>
    private Operand LowerStructTreeMember(IMemberReferenceOperation reference, IOperation instance)
    {
        if (StructTree(instance) is not { } made) return _module.Failed ? Placeholder(reference.Type) : Unsupported(reference, PassIt);
        var arguments = (reference as IPropertyReferenceOperation)?.Arguments ?? ImmutableArray<IArgumentOperation>.Empty;
        return ReadMade(reference, made, reference.Member, InOrder(arguments).Select(argument => Lower(argument.Value)).ToList());
    }

    /// <summary>A call of a method of such a struct.</summary>
    private Operand? LowerStructTreeCall(IInvocationOperation call, IOperation instance)
    {
        if (StructTree(instance) is { } made) return LowerMadeCall(call, made);
        return _module.Failed ? Placeholder(call.Type) : Unsupported(call, PassIt);
    }

    private MadeObject? StructTree(IOperation instance) => Made(instance) ?? Lower(instance) as MadeObject;

    /// <summary>Whether a member is assigned while its struct is made: in a constructor, an initializer or a <c>with</c>.</summary>
    private bool IsBeingMade(IMemberReferenceOperation target) => target.Instance is IInstanceReferenceOperation instance
        && (instance.ReferenceKind == InstanceReferenceKind.ImplicitReceiver || _context.Method.MethodKind == MethodKind.Constructor);
}
