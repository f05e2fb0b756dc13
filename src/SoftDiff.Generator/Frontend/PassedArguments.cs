using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>An argument in the body of the root method, or of a declared transformation's target, that may have to be constant.</summary>
/// <param name="Value">The argument.</param>
/// <param name="Syntax">Its expression.</param>
/// <param name="Parameter">The parameter as a message names it.</param>
/// <param name="Within">The name of the target that passes it; empty for the root.</param>
/// <param name="Callee">
/// The method with source that is called. It may pass the argument on to a rule. Null if the call has a rule that does not differentiate
/// the argument.
/// </param>
/// <param name="Position">The parameter's position among that method's inputs.</param>
internal sealed record ConstantArgument(Operand Value, SyntaxNode Syntax, string Parameter, string Within, string? Callee = null, int Position = 0);

/// <summary>An array argument that the called method must not write, and the message if it does.</summary>
internal sealed record ReadOnlyArgument(string Callee, int Position, SyntaxNode Syntax, DiagnosticDescriptor Descriptor, string Instead);

/// <summary>An expression about objects that gets numbers, which must not depend on what is differentiated.</summary>
/// <param name="Syntax">The expression.</param>
/// <param name="Source">The key of the method or type that is lowered from its source if they do; empty if it has none.</param>
/// <param name="Descriptor">What is wrong if they do.</param>
/// <param name="Instead">What to write instead.</param>
internal sealed record ObjectSite(SyntaxNode Syntax, string Source, DiagnosticDescriptor Descriptor, string Instead);

/// <summary>Collects conditions on arguments. They can be checked only when all methods of a module are lowered.</summary>
internal sealed class PassedArguments
{
    public List<ConstantArgument> Constant { get; } = new();

    /// <summary>The expressions about objects that get numbers, by <see cref="Evaluate.Site"/>.</summary>
    public List<ObjectSite> Objects { get; } = new();

    /// <summary>The keys of the classes with source of which the module makes objects.</summary>
    public HashSet<string> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys of types with source whose constructors or methods get arrays.</summary>
    public HashSet<string> Filled { get; } = new(StringComparer.Ordinal);

    public List<ReadOnlyArgument> ReadOnly { get; } = new();
}
