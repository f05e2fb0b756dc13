using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

/// <summary>The type of exceptions and of their messages. The IR has no such type.</summary>
internal sealed record TextType : IrType
{
    public static readonly TextType Instance = new();
}

/// <summary>
/// An exception or a message as a C# expression with global names, in which <c>{0}</c>, <c>{1}</c> … stand for the operands. Generated code
/// evaluates it at the throw. That makes no difference, because the operands never change.
/// </summary>
internal sealed record ThrownText(string Expression, ImmutableArray<Operand> Operands) : FrontendValue(TextType.Instance)
{
    /// <summary>Whether it is a string, not an exception.</summary>
    public bool IsString { get; init; }

    /// <summary>The operand as a string that variables can hold; null for an exception, and for a text that would have to be made first.</summary>
    public static Operand? AsString(Operand operand) => operand switch
    {
        ThrownText { IsString: true, Expression: "{0}" } text => text.Operands[0],
        ThrownText { IsString: true, Operands.IsEmpty: true } text => new SymbolConstant(ObjectTypes.Text, text.Expression),
        { Type: ScalarType } => operand,
        _ => null,
    };
}

/// <summary>Lowers the expressions that make exceptions and messages.</summary>
internal sealed class ThrownTexts
{
    private const string Instead = "throw an exception made of constants and numbers";
    private static readonly Regex Hole = new(@"\{(\d+)\}");

    private readonly FunctionLowering _lowering;
    private readonly List<Operand> _operands = new();

    private ThrownTexts(FunctionLowering lowering) => _lowering = lowering;

    /// <summary>Whether values of the type are texts.</summary>
    public static bool IsText(ITypeSymbol? type)
    {
        if (type?.SpecialType == SpecialType.System_String) return true;
        for (; type is not null; type = type.BaseType)
        {
            if (type is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }) return true;
        }

        return false;
    }

    public static ThrownText Lower(FunctionLowering lowering, IOperation operation)
    {
        var texts = new ThrownTexts(lowering);
        return new ThrownText(texts.Print(operation), texts._operands.ToImmutableArray()) { IsString = operation.Type?.SpecialType == SpecialType.System_String };
    }

    public static string Literal(string? text) => text is null ? "null" : Escape(SymbolDisplay.FormatLiteral(text, quote: true));

    private string Print(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: string text }) return Literal(text);
        if (operation.ConstantValue is { HasValue: true, Value: null }) return "null";
        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Print(parenthesized.Operand);
            case IConversionOperation { Conversion.IsUserDefined: false } conversion
                when conversion.Type?.TypeKind is not TypeKind.Enum && _lowering.Types.Scalar(conversion.Type) is null:
                return Print(conversion.Operand);
            case IObjectCreationOperation { Initializer: null, Constructor: { } constructor } creation when _lowering.IsAccessible(constructor):
                var given = creation.Arguments.Where(a => a.ArgumentKind != ArgumentKind.DefaultValue);
                var arguments = given.Select(a => a.Parameter!.Name + ": " + Print(a.Value));
                return "new " + _lowering.Types.Name(creation.Type!) + "(" + string.Join(", ", arguments) + ")";
            case IInterpolatedStringOperation interpolated:
                return string.Join(" + ", interpolated.Parts.Select(Part).Prepend("\"\""));
            case IBinaryOperation { Type.SpecialType: SpecialType.System_String } concatenation:
                return Print(concatenation.LeftOperand) + " + " + Grouped(concatenation.RightOperand);
            case ICoalesceOperation coalesce:
                return "(" + Grouped(coalesce.Value) + " ?? " + Grouped(coalesce.WhenNull) + ")";
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional when IsConstant(conditional.WhenTrue) && IsConstant(whenFalse):
                return "(" + Add(_lowering.Lower(conditional.Condition)) + " ? " + Grouped(conditional.WhenTrue) + " : " + Grouped(whenFalse) + ")";
            case IInvocationOperation { TargetMethod: { Name: "ToString", IsStatic: false }, Instance: { } number } call
                when _lowering.Types.Scalar(number.Type) is not null && call.Arguments.All(a => a.Value.ConstantValue.HasValue):
                return Add(_lowering.Lower(number)) + ".ToString(" + string.Join(", ", call.Arguments.Select(a => Print(a.Value))) + ")";
            case IFieldReferenceOperation { Instance: null, Field: { IsReadOnly: true } field } when IsText(field.Type) && _lowering.IsAccessible(field):
                return _lowering.Types.Name(field.ContainingType) + "." + Identifiers.Escape(field.Name);
            case ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation or IConditionalAccessInstanceOperation when IsText(operation.Type):
                return Held(operation);
            case IFieldReferenceOperation { Instance: not null } or IPropertyReferenceOperation or IArrayElementReferenceOperation
                or IConditionalOperation or ISwitchExpressionOperation
                or ISimpleAssignmentOperation or ICompoundAssignmentOperation when operation.Type?.SpecialType == SpecialType.System_String:
                return Held(operation);
            case var other when other.Type is { } value && Products.Map(value, _lowering.Types) is not null:
                var whole = new ObjectText();
                return "(" + Embed(new ThrownText(whole.Add(_lowering.LowerValue(operation)), whole.Operands)) + ")";
            default:
                return _lowering.Types.Scalar(operation.Type) is null ? Refuse(operation) : Add(_lowering.Lower(operation));
        }
    }

    /// <summary>A text that a variable or an object holds.</summary>
    private string Held(IOperation operation) => _lowering.LowerValue(operation) switch
    {
        ThrownText known => "(" + Embed(known) + ")",
        SymbolConstant { Type: TextType } held => Add(held with { Of = ObjectTypes.Text }),
        var held when ObjectTypes.IsObject(held) => Add(held),
        _ => Refuse(operation),
    };

    private string Part(IInterpolatedStringContentOperation part)
    {
        if (part is IInterpolatedStringTextOperation constant) return Print(constant.Text);
        if (part is not IInterpolationOperation hole || hole.Alignment is { ConstantValue.HasValue: false }) return Refuse(part);
        if (hole.Alignment is null && hole.FormatString is null) return Grouped(hole.Expression);
        var width = hole.Alignment is null ? "" : "," + hole.Alignment.ConstantValue.Value;
        var format = hole.FormatString?.ConstantValue.Value is string text ? ":" + text : "";
        return "string.Format(" + Literal("{0" + width + format + "}") + ", " + Print(hole.Expression) + ")";
    }

    /// <summary>A sum of numbers and texts as one operand of another.</summary>
    private string Grouped(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Grouped(conversion.Operand),
        IBinaryOperation or IInterpolatedStringOperation when IsText(operation.Type) && !operation.ConstantValue.HasValue => "(" + Print(operation) + ")",
        _ => Print(operation),
    };

    private static bool IsConstant(IOperation operation) =>
        operation.ConstantValue.HasValue || (operation is IConversionOperation conversion && IsConstant(conversion.Operand));

    private string Add(Operand operand)
    {
        _operands.Add(operand);
        return "{" + (_operands.Count - 1).ToString(CultureInfo.InvariantCulture) + "}";
    }

    /// <summary>Another text, its operands after those that are here already.</summary>
    private string Embed(ThrownText text)
    {
        var first = _operands.Count;
        _operands.AddRange(text.Operands);
        return Hole.Replace(text.Expression, hole =>
            "{" + (int.Parse(hole.Groups[1].Value, CultureInfo.InvariantCulture) + first).ToString(CultureInfo.InvariantCulture) + "}");
    }

    private string Refuse(IOperation operation)
    {
        _lowering.Unsupported(operation, Instead);
        return "null";
    }

    /// <summary>A brace of the text must not look like an operand's place.</summary>
    private static string Escape(string literal) => literal.Replace("{", "\\u007b").Replace("}", "\\u007d");
}
