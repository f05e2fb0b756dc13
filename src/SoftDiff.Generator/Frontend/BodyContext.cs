using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The body that is being lowered: the function's own, or one lowered where it is called.</summary>
/// <param name="Method">The method as the body's declaration declares it.</param>
/// <param name="Types">Maps its type parameters to types.</param>
/// <param name="Jumps">Its jumps and its result.</param>
/// <param name="FirstLine">The first line of the declaration; null where the lines stay those of the call.</param>
/// <param name="Caller">The body that calls it in place.</param>
internal sealed record BodyContext(IMethodSymbol Method, TypeMapping Types, Jumps Jumps, int? FirstLine, BodyContext? Caller)
{
    /// <summary>The object that <c>this</c> is; null in a static method.</summary>
    public ConstantObject? Receiver { get; init; }

    /// <summary>Whether the method's body is being lowered here: it is the function itself, or was called in place, directly or not.</summary>
    public bool IsInPlace(IMethodSymbol method)
    {
        for (var context = this; context is not null; context = context.Caller)
        {
            if (SymbolEqualityComparer.Default.Equals(context.Method.PartialDefinitionPart ?? context.Method, method.OriginalDefinition)) return true;
        }

        return false;
    }
}
