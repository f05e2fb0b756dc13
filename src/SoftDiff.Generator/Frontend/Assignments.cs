using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>Finds the variables that a piece of code assigns, and whether it jumps.</summary>
internal static class Assignments
{
    /// <param name="operation">The code.</param>
    /// <param name="open">See <see cref="Receivers.Changes"/>.</param>
    public static HashSet<ISymbol> In(IOperation operation, HashSet<ISymbol>? open = null)
    {
        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Collect(operation, symbols, new HashSet<ISymbol>(SymbolEqualityComparer.Default), open);
        return symbols;
    }

    /// <summary>
    /// The variables that lambdas of the same method assign, if the code uses a variable with a delegate or a query. It may run one of those
    /// lambdas.
    /// </summary>
    public static HashSet<ISymbol> ThroughDelegates(IOperation operation)
    {
        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var mayRun = operation.DescendantsAndSelf().Any(inner =>
            inner is ILocalReferenceOperation or IParameterReferenceOperation && StaticType.Of(inner.Type) is not null);
        if (!mayRun) return symbols;
        while (operation.Parent is { } parent) operation = parent;
        foreach (var inner in operation.Descendants())
        {
            if (inner is IAnonymousFunctionOperation lambda) symbols.UnionWith(In(lambda.Body));
            if (inner is ILocalFunctionOperation { Body: { } body }) symbols.UnionWith(In(body));
        }

        return symbols;
    }

    /// <summary>Whether the code may give a row of an array of arrays to another place: it assigns one, or passes such an array on.</summary>
    public static bool OfRows(IOperation operation) => operation.Descendants().Any(inner => inner switch
    {
        IAssignmentOperation { Target: var target } => target.DescendantsAndSelf().Any(IsAssignedRow),
        IArgumentOperation { Parameter.Type: IArrayTypeSymbol { ElementType: IArrayTypeSymbol } } => true,
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } => true,
        _ => false,
    });

    private static bool IsAssignedRow(IOperation operation) =>
        operation is IArrayElementReferenceOperation { Type: IArrayTypeSymbol, Parent: not (IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation) };

    private static void Collect(IOperation operation, HashSet<ISymbol> symbols, HashSet<ISymbol> called, HashSet<ISymbol>? open)
    {
        foreach (var inner in operation.DescendantsAndSelf())
        {
            switch (inner)
            {
                case IAssignmentOperation assignment:
                    Add(assignment.Target, symbols);
                    break;
                case IIncrementOrDecrementOperation step:
                    Add(step.Target, symbols);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                    Add(argument.Value, symbols);
                    break;
                case IInvocationOperation { Instance: { } receiver, TargetMethod: var method } when Receivers.Changes(method, inner.SemanticModel!.Compilation, open):
                    Add(receiver, symbols);
                    break;
                case IPropertyReferenceOperation { Instance: { } receiver, Property.GetMethod: { } getter }
                    when Receivers.Changes(getter, inner.SemanticModel!.Compilation, open):
                    Add(receiver, symbols);
                    break;
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function } when called.Add(function.OriginalDefinition):
                    // It may assign variables around it.
                    if (LocalFunctions.Body(function, inner.SemanticModel) is { } body) Collect(body, symbols, called, open);
                    break;
            }
        }
    }

    private static void Add(IOperation target, HashSet<ISymbol> symbols)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                symbols.Add(local.Local);
                break;
            case IParameterReferenceOperation parameter:
                symbols.Add(parameter.Parameter);
                break;
            case IFieldReferenceOperation { Instance: { } whole }:
                Add(whole, symbols);
                break;
            case IInlineArrayAccessOperation { Instance: var whole }:
                Add(whole, symbols);
                break;
            case IPropertyReferenceOperation { Instance: { Type: { } type } whole } when Products.IsStruct(type):
                Add(whole, symbols);
                break;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: { } type }:
                symbols.Add(Receivers.Variable(type));
                break;
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements) Add(element, symbols);
                break;
            case IDeclarationExpressionOperation declaration:
                Add(declaration.Expression, symbols);
                break;
            case IConversionOperation conversion:
                Add(conversion.Operand, symbols);
                break;
        }
    }

    /// <summary>Whether control may leave the loop to a place other than the statement after it.</summary>
    public static bool JumpsOut(IOperation loop) => loop.ChildOperations.Any(o => o is IReturnOperation or IBranchOperation { BranchKind: BranchKind.GoTo }
        || (o is not (ILocalFunctionOperation or IAnonymousFunctionOperation) && JumpsOut(o)));

    /// <summary>Whether evaluating the expression may change anything.</summary>
    public static bool HasEffects(IOperation expression) => expression.DescendantsAndSelf().Any(o =>
        o is IAssignmentOperation or IIncrementOrDecrementOperation or IThrowOperation
        || o is IDeclarationExpressionOperation or IDeclarationPatternOperation or ISwitchExpressionOperation
        || (o is IInvocationOperation invocation && !MathFunctions.IsFunction(invocation.TargetMethod) && !FunctionLowering.IsMeasure(invocation.TargetMethod)));
}
