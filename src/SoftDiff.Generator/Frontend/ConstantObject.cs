using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// An object whose members are constants while the method runs: the receiver of an instance method of a class, or a member of such an object.
/// The IR has no objects; it names their members by C# expressions.
/// </summary>
/// <param name="Expression">The object as generated code names it, which stands in an instance method of the same class.</param>
/// <param name="Type">The type of that expression.</param>
internal sealed record ConstantObject(string Expression, ITypeSymbol Type)
{
    /// <summary>The receiver of the method that is differentiated; null if it has none.</summary>
    public static ConstantObject? Of(IMethodSymbol method) => method.IsStatic ? null : new ConstantObject("this", method.ContainingType);

    /// <summary>
    /// A member as generated code names it. One that a derived class hides is named through its own class. One that may be null has a mark against
    /// warnings: where it is null, the user's method throws as well, or has tested it.
    /// </summary>
    public string Member(ISymbol member, TypeMapping types)
    {
        var through = IsHidden(member) ? "((" + types.Name(member.ContainingType) + ")" + Expression + ")" : Expression;
        return through + "." + Identifiers.Escape(member.Name) + (IsNullable(member) ? "!" : "");
    }

    private static bool IsNullable(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated },
        IPropertySymbol property => property.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated },
        _ => false,
    };

    /// <summary>The type through which generated code reaches a member.</summary>
    public ITypeSymbol Through(ISymbol member) => IsHidden(member) ? member.ContainingType : Type;

    private bool IsHidden(ISymbol member)
    {
        for (var type = Type; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.ContainingType.OriginalDefinition)) return false;
            if (!type.GetMembers(member.Name).IsEmpty) return true;
        }

        return false;
    }

    /// <summary>Whether a call of the method may run another body than its own.</summary>
    public static bool IsDispatched(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;
}
