using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>An argument of a call.</summary>
/// <param name="Parameter">The parameter as the caller sees it.</param>
/// <param name="Value">The expression.</param>
internal sealed record CallArgument(IParameterSymbol Parameter, IOperation Value)
{
    /// <summary>The value, if it is lowered already. The expression only says then where it comes from.</summary>
    public Operand? Known { get; init; }
}

/// <summary>A call of a method, or of the code that a delegate runs.</summary>
/// <param name="Operation">The expression.</param>
/// <param name="TargetMethod">The method that runs.</param>
/// <param name="Parameters">Its parameters as the caller sees them: those of the delegate's type if it is called through a delegate.</param>
/// <param name="Arguments">The arguments in the order in which they are evaluated.</param>
/// <param name="Type">The type of the result.</param>
internal sealed record CallSite(
    IOperation Operation, IMethodSymbol TargetMethod, ImmutableArray<IParameterSymbol> Parameters, ImmutableArray<CallArgument> Arguments, ITypeSymbol? Type)
{
    public IOperation? Instance { get; init; }

    /// <summary>The delegate through which the code is called; null for a direct call.</summary>
    public Closure? Through { get; init; }

    public SyntaxNode Syntax => Operation.Syntax;

    public static CallSite Of(IInvocationOperation call) =>
        new(call, call.TargetMethod, call.TargetMethod.Parameters, Of(call.Arguments), call.Type) { Instance = call.Instance };

    /// <summary>A call through a delegate.</summary>
    public static CallSite Of(IInvocationOperation call, Closure closure) =>
        new(call, closure.Code, call.TargetMethod.Parameters, Of(call.Arguments), call.Type) { Through = closure };

    private static ImmutableArray<CallArgument> Of(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.Select(a => new CallArgument(a.Parameter!, a.Value)).ToImmutableArray();
}
