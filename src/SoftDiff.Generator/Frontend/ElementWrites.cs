using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>Finds methods that may write to the elements of an array that they get.</summary>
internal static class ElementWrites
{
    /// <summary>Whether the method may write to elements of the array or span; it certainly does not if it only reads them one by one.</summary>
    public static bool May(IMethodSymbol method, int parameter, Compilation compilation)
    {
        method = method.OriginalDefinition;
        return Bodies.Of(method, compilation, CancellationToken.None) is not { } body
            || body.Block.Descendants().OfType<IParameterReferenceOperation>()
                .Any(use => SymbolEqualityComparer.Default.Equals(use.Parameter, method.Parameters[parameter]) && !IsRead(use, compilation));
    }

    /// <summary>Whether an array, an element or a part of one is only read.</summary>
    private static bool IsRead(IOperation use, Compilation compilation) => use.Parent switch
    {
        IArrayElementReferenceOperation or IFieldReferenceOperation or IConversionOperation or IParenthesizedOperation => IsRead(use.Parent, compilation),
        IPropertyReferenceOperation { Property.RefKind: RefKind.Ref } => IsRead(use.Parent, compilation),
        IPropertyReferenceOperation property => IsRead(property, compilation) && !(property.Property.GetMethod is { } getter && Receivers.Changes(getter, compilation)),
        IAssignmentOperation assignment => assignment.Value == use && IsValue(use),
        IIncrementOrDecrementOperation => false,
        IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) } => false,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } } => true,
        IInvocationOperation call when call.Instance == use => IsValue(use) && !Receivers.Changes(call.TargetMethod, compilation),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => false,
        IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol.IsRef: false } } => true,
        _ => IsValue(use),
    };

    /// <summary>Whether it is a number or a struct, which code reads as a copy, and not an array or a span.</summary>
    private static bool IsValue(IOperation use) => use.Type is { IsValueType: true, IsRefLikeType: false };
}
