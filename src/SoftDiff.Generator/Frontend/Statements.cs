using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Statements, one case each; what is not listed is refused by name.
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
            case IEmptyOperation:
                break;
            case ILocalFunctionOperation:
                // Looked at where it is called.
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
        var instead = statement switch
        {
            ITryOperation => "compute without exceptions, and let guard clauses throw",
            IUsingOperation or IUsingDeclarationOperation => "open resources outside the differentiated method",
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
            if (initializer is null || !IsElement(initializer.Value)) Fail(Descriptors.UnsupportedStatement, declarator, "ref " + symbol.Name, Instead);
            else if (Place(initializer.Value) is ElementPlace place) _references[symbol] = place;
            return;
        }

        if (TypeOf(symbol.Type) is not { } type)
        {
            if (symbol.Type.TypeKind == TypeKind.Error) Invalid(declarator);
            else if (IsDelegate(symbol.Type)) Fail(Descriptors.Lambda, declarator, SourceLines.Short(declarator.Syntax), "make it a local function");
            else Fail(Descriptors.UnsupportedType, declarator, symbol.Type.ToDisplayString(), TypeMapping.Supported);
            return;
        }

        var value = initializer is null ? Default(type) : Named(Lower(initializer.Value), symbol.Name);
        _env.Set(symbol, value);
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

        var args = new List<Operand>();
        var text = new ThrownExpression(this, args).Print(statement.Exception);
        Throw(text, args.ToImmutableArray());
    }

    private void Throw(string exception, ImmutableArray<Operand> args)
    {
        _block.Add(new Throw(exception, args));
        _env.IsDead = true;
    }

    /// <summary>An exception as C# text with global names; scalars in it are operands.</summary>
    private sealed class ThrownExpression
    {
        private readonly FunctionLowering _lowering;
        private readonly List<Operand> _args;

        public ThrownExpression(FunctionLowering lowering, List<Operand> args)
        {
            _lowering = lowering;
            _args = args;
        }

        public string Print(IOperation operation)
        {
            if (operation.ConstantValue is { HasValue: true, Value: string text }) return Escape(SymbolDisplay.FormatLiteral(text, quote: true));
            if (operation.ConstantValue is { HasValue: true, Value: null }) return "null";
            switch (operation)
            {
                case IConversionOperation { Conversion.IsUserDefined: false } conversion
                    when conversion.Type?.TypeKind is not TypeKind.Enum && _lowering._types.Scalar(conversion.Type) is null:
                    return Print(conversion.Operand);
                case IObjectCreationOperation { Initializer: null, Constructor: { } constructor } creation when _lowering._module.IsAccessible(constructor):
                    var given = creation.Arguments.Where(a => a.ArgumentKind != ArgumentKind.DefaultValue);
                    var arguments = given.Select(a => a.Parameter!.Name + ": " + Print(a.Value));
                    return "new " + _lowering._types.Name(creation.Type!) + "(" + string.Join(", ", arguments) + ")";
                case IInterpolatedStringOperation interpolated:
                    return string.Join(" + ", interpolated.Parts.Select(Part).Prepend("\"\""));
                case IBinaryOperation { Type.SpecialType: SpecialType.System_String } concatenation:
                    return Print(concatenation.LeftOperand) + " + " + Print(concatenation.RightOperand);
                default:
                    if (_lowering._types.Scalar(operation.Type) is null)
                    {
                        _lowering.Unsupported(operation, "throw an exception made of constants and numbers");
                        return "null";
                    }

                    _args.Add(_lowering.Lower(operation));
                    return "{" + (_args.Count - 1) + "}";
            }
        }

        private string Part(IInterpolatedStringContentOperation part)
        {
            if (part is IInterpolatedStringTextOperation constant) return Print(constant.Text);
            if (part is not IInterpolationOperation hole || hole.Alignment is { ConstantValue.HasValue: false })
            {
                _lowering.Unsupported(part, "throw an exception made of constants and numbers");
                return "\"\"";
            }

            if (hole.Alignment is null && hole.FormatString is null) return Print(hole.Expression);
            var width = hole.Alignment is null ? "" : "," + hole.Alignment.ConstantValue.Value;
            var format = hole.FormatString?.ConstantValue.Value is string text ? ":" + text : "";
            var template = Escape(SymbolDisplay.FormatLiteral("{0" + width + format + "}", quote: true));
            return "string.Format(" + template + ", " + Print(hole.Expression) + ")";
        }

        /// <summary>A brace of the text must not look like an operand's place in the template.</summary>
        private static string Escape(string literal) => literal.Replace("{", "\\u007b").Replace("}", "\\u007d");
    }
}
