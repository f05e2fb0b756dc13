using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Analyzers;

/// <summary>Stands in until the descriptors are there.</summary>
internal static class Pending
{
#pragma warning disable RS2008
    public static readonly DiagnosticDescriptor InternalError = new(
        "SD9000", "Internal error", "SoftDiff failed on '{0}' with {1}: {2}. Please report it.", "SoftDiff", DiagnosticSeverity.Error, true);

    public static ImmutableArray<DiagnosticDescriptor> All => ImmutableArray.Create(InternalError);
}
