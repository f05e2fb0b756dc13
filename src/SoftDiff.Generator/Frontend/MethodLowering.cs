using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The entry of the frontend: a marked method in, IR or diagnostics out.</summary>
internal static class MethodLowering
{
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
