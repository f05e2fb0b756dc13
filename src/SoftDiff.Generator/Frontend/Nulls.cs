using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Comparisons of arrays with null. An array parameter is not null: a companion reads its length before it does anything else.
internal sealed partial class FunctionLowering
{
    private static bool IsNullLiteral(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion) operation = conversion.Operand;
        return operation is IDefaultValueOperation || operation.ConstantValue is { HasValue: true, Value: null };
    }

    /// <summary>After a comparison has shown that a variable is not null, the variable holds one of its other arrays.</summary>
    private void Narrow(IOperation condition, bool holds)
    {
        var (variable, isNull) = condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when IsNullLiteral(equal.RightOperand) => (equal.LeftOperand, true),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } differ when IsNullLiteral(differ.RightOperand) => (differ.LeftOperand, false),
            IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation { Value: var literal } } when IsNullLiteral(literal) => (value, true),
            IIsPatternOperation { Value: var value, Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var literal } } }
                when IsNullLiteral(literal) => (value, false),
            _ => (null, false),
        };
        if (variable is null || isNull == holds || Variable(Unconverted(variable)) is not { } symbol) return;
        if (_point.Env.Get(symbol) is ArrayChoice choice) _point.Env.Set(symbol, _arrays.NotNull(choice));
    }

    /// <summary>array == null, array is null and the like; null for any other comparison.</summary>
    private Operand? CompareWithNull(IOperation operation, IOperation array, bool isNull)
    {
        while (array is IConversionOperation { IsImplicit: true } conversion) array = conversion.Operand;
        if (array.Type is not IArrayTypeSymbol) return null;
        if (LowerArray(array) is not { } operand) return Placeholder(operation.Type);
        return isNull ? _arrays.IsNull(operand) : Not(_arrays.IsNull(operand));
    }

    private Operand LowerCoalesce(ICoalesceOperation coalesce)
    {
        if (coalesce.Value.Type is not IArrayTypeSymbol) return Unsupported(coalesce, "use values that cannot be null");
        return LowerArray(coalesce.Value) is { } array
            ? _branches.Choose(_arrays.IsNull(array), () => Lower(coalesce.WhenNull), () => _arrays.NotNull(array))
            : Placeholder(coalesce.Type);
    }

    private Operand LowerCoalesce(ICoalesceAssignmentOperation coalesce)
    {
        if (coalesce.Target.Type is not IArrayTypeSymbol) return Unsupported(coalesce, "use values that cannot be null");
        if (Place(coalesce.Target) is not { } place || LowerArray(coalesce.Target) is not { } array) return Placeholder(coalesce.Type);
        return place.Write(this, _branches.Choose(_arrays.IsNull(array), () => Lower(coalesce.Value), () => _arrays.NotNull(array)));
    }
}
