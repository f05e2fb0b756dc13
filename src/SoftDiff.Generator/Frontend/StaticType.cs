using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>A type of values that are known when a method is lowered, such as delegates. The IR has no such types.</summary>
internal abstract record StaticType : IrType
{
    /// <summary>The static type that a C# type is; null if it is none.</summary>
    public static StaticType? Of(ITypeSymbol? type) =>
        type?.TypeKind == TypeKind.Delegate ? DelegateType.Instance : Sequence.ElementOf(type) is not null ? SequenceType.Instance : null;
}
