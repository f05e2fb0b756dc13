using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers statements, one case for each kind. Any other kind is an error that names it.
internal sealed partial class FunctionLowering
{
    private void LowerStatement(IOperation statement)
    {
        At(statement);
        switch (statement)
        {
            case IBlockOperation block:
                LowerList(block.Operations, 0);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators)) Declare(declarator);
                break;
            case IExpressionStatementOperation expression:
                LowerForEffect(expression.Operation);
                break;
            case IConditionalOperation conditional:
                LowerIf(conditional, ImmutableArray<IOperation>.Empty, 0);
                break;
            case IReturnOperation { Kind: OperationKind.Return } @return:
                LowerReturn(@return);
                break;
            case IBranchOperation branch:
                LowerJump(branch);
                break;
            case IForLoopOperation loop:
                LowerFor(loop);
                break;
            case IWhileLoopOperation loop:
                LowerWhile(loop);
                break;
            case IForEachLoopOperation loop:
                LowerForEach(loop);
                break;
            case ISwitchOperation @switch:
                LowerSwitch(@switch);
                break;
            case IThrowOperation @throw:
                LowerThrow(@throw);
                break;
            case ITryOperation { Catches.IsEmpty: true, Finally: { } last } @try:
                LowerFinally(() => LowerStatement(@try.Body), () => LowerStatement(last));
                break;
            case IUsingOperation @using:
                LowerUsing(@using.Resources, () => LowerStatement(@using.Body));
                break;
            case IEmptyOperation:
                break;
            case ILocalFunctionOperation:
                // A local function is lowered where it is called.
                break;
            case ILabeledOperation labeled:
                if (labeled.Operation is not null) LowerStatement(labeled.Operation);
                break;
            case IInvalidOperation:
                Invalid(statement);
                break;
            default:
                if (statement.Type is not null) LowerForEffect(statement);
                else RefuseStatement(statement);
                break;
        }
    }

    private void RefuseStatement(IOperation statement)
    {
        // The first yield stands for all of an iterator.
        if (statement is IReturnOperation && !_reported.Add(_context.Method)) return;
        var instead = statement switch
        {
            ITryOperation => "compute without exceptions, and let guard clauses throw; finally without catch is fine",
            IReturnOperation => "fill an array and return that",
            { Syntax: FixedStatementSyntax } => "use a Span or a ReadOnlySpan",
            ILockOperation => "take locks outside the differentiated method",
            _ => "move it out of the differentiated method",
        };
        var keyword = statement.Syntax.GetFirstToken().Text;
        Fail(Descriptors.UnsupportedStatement, statement, keyword, instead);
    }

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        var symbol = declarator.Symbol;
        var initializer = declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer;
        if (symbol.IsRef)
        {
            const string Instead = "refer to an element of an array or a span, or use the variable itself";
            if (initializer is not null && IsStructElement(initializer.Value))
            {
                if (StructElement(initializer.Value) is { } element) _elements[symbol] = element;
                return;
            }

            if (initializer is null || !IsElement(initializer.Value)) Fail(Descriptors.UnsupportedStatement, declarator, "ref " + symbol.Name, Instead);
            else if (Place(initializer.Value) is ElementPlace place) _references[symbol] = place;
            return;
        }

        if (VariableType(symbol.Type) is not { } type)
        {
            if (symbol.Type.TypeKind == TypeKind.Error) Invalid(declarator);
            else Fail(Descriptors.UnsupportedType, declarator, symbol.Type.Spelled(), TypeAdvice.For(symbol.Type));
            _reported.Add(symbol);
            return;
        }

        var value = initializer is null ? Constants.Default(type) : Named(Lower(initializer.Value), symbol.Name);
        _point.Env.Set(symbol, value);
    }

    /// <summary>An expression whose value nobody reads.</summary>
    private void LowerForEffect(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                LowerInvocation(invocation, wantsValue: false);
                break;
            case IExpressionStatementOperation statement:
                LowerForEffect(statement.Operation);
                break;
            case IConversionOperation { IsImplicit: true } conversion:
                LowerForEffect(conversion.Operand);
                break;
            default:
                Lower(operation);
                break;
        }
    }

    private void LowerThrow(IThrowOperation statement)
    {
        if (statement.Exception is null)
        {
            RefuseStatement(statement);
            return;
        }

        if (Lower(statement.Exception) is ThrownText text) _branches.Throw(text.Expression, text.Operands);
    }

}
