using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>An argument in the root method's body that may have to be constant.</summary>
/// <param name="Value">The argument.</param>
/// <param name="Syntax">Its expression.</param>
/// <param name="Parameter">The parameter as a message names it.</param>
/// <param name="Callee">
/// The method with source that is called. It may pass the argument on to a rule. Null if a rule is called, which has no derivative by it.
/// </param>
/// <param name="Position">The parameter's position among that method's inputs.</param>
internal sealed record ConstantArgument(Operand Value, SyntaxNode Syntax, string Parameter, string? Callee = null, int Position = 0);

/// <summary>An array passed to a method that may not write it, and what to say if it does.</summary>
internal sealed record ReadOnlyArgument(string Callee, int Position, SyntaxNode Syntax, DiagnosticDescriptor Descriptor, string Instead);

/// <summary>Arguments on which there are conditions. Whether they hold is known only when all methods of a module are lowered.</summary>
internal sealed class PassedArguments
{
    public List<ConstantArgument> Constant { get; } = new();

    public List<ReadOnlyArgument> ReadOnly { get; } = new();
}
