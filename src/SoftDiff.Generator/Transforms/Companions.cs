using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

internal enum CompanionKind
{
    /// <summary>Value and gradient of a method with one floating-point result.</summary>
    Gradient,

    /// <summary>Vector–Jacobian product.</summary>
    Vjp,

    /// <summary>Jacobian–vector product.</summary>
    Jvp,
}

/// <summary>A derivative function and the private functions it calls.</summary>
internal sealed record Companion(CompanionKind Kind, Function Function, ImmutableArray<Function> Helpers);

/// <summary>All derivative functions of a method: the whole middle of the compiler behind one name.</summary>
internal static class Companions
{
    /// <summary>The companions of a lowered method, simplified and ready to print.</summary>
    public static ImmutableArray<Companion> Generate(Module module, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The companions' signatures with bodies that throw, for a method that has an error.</summary>
    public static ImmutableArray<Companion> Stubs(Function signature, string diagnosticId) => throw new NotImplementedException();
}
