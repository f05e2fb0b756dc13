using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// The structs on which methods are called that change their receiver.
internal sealed partial class FunctionLowering
{
    /// <summary>Whether a method that changes its receiver changes this, and not a copy that C# makes for the call.</summary>
    private bool IsChangeable(IOperation receiver) => IsVariable(receiver) && !IsCopied(receiver);

    /// <summary>Whether C# copies the struct for a call of a method that may change it: what a property gives, and what is read-only.</summary>
    private bool IsCopied(IOperation receiver) => receiver switch
    {
        IPropertyReferenceOperation { Property.RefKind: not RefKind.Ref } => true,
        IImplicitIndexerReferenceOperation { Instance.Type: var type } => type is not IArrayTypeSymbol && Types.Array(type!) is not { IsReadOnly: false },
        IFieldReferenceOperation { Instance: { } instance, Field: var field } =>
            (field.IsReadOnly && !IsConstructed(instance)) || (instance.Type is { IsValueType: true } && IsCopied(instance)),
        ILocalReferenceOperation { Local.RefKind: RefKind.In } => true,
        IParameterReferenceOperation { Parameter.RefKind: RefKind.In or RefKind.RefReadOnlyParameter } => true,
        IInstanceReferenceOperation => _context.Method.IsReadOnly,
        _ => false,
    };

    private bool IsConstructed(IOperation instance) =>
        instance is IInstanceReferenceOperation && _context.Method.MethodKind == MethodKind.Constructor;

    /// <summary>Whether a method that is called on an element of an array may find that element again through an argument.</summary>
    /// <param name="method">The method.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="changes">Whether the method changes its receiver.</param>
    private bool MayReachReceiver(IMethodSymbol method, CallArgument argument, bool changes) => argument.Parameter.RefKind switch
    {
        RefKind.None => StructArrays.Map(argument.Parameter.Type, Types) is not null
            && (changes || ElementWrites.May(method, argument.Parameter.Ordinal, _module.Compilation)),
        RefKind.In or RefKind.RefReadOnlyParameter => changes && IsOfStructElement(argument.Value),
        _ => IsOfStructElement(argument.Value),
    };
}
