using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

// Comparisons of arrays with null. An array parameter is not null: a companion reads its length before it does anything else.
internal sealed partial class FunctionLowering
{
    /// <summary>What null literals became: arrays without elements.</summary>
    private readonly HashSet<Operand> _nulls = new();

    private static bool IsNullLiteral(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion) operation = conversion.Operand;
        return operation is IDefaultValueOperation || operation.ConstantValue is { HasValue: true, Value: null };
    }

    private Operand Null(ArrayType type)
    {
        var none = Allocate(type.Element, Int(0));
        _nulls.Add(none);
        return none;
    }

    /// <summary>Whether an array is null.</summary>
    private Operand IsNull(Operand array)
    {
        var roots = Locations(array).ToList();
        if (roots.All(_nulls.Contains) || !roots.Any(_nulls.Contains)) return new BoolConstant(_nulls.Contains(roots[0]));
        var choice = (ArrayChoice)array;
        return choice.Roots.Where(root => _nulls.Contains(root.Array))
            .Select(root => (Operand)_block.Compute(ScalarType.Bool, Opcode.Equal, choice.Which, Int(root.Number)))
            .Aggregate((a, b) => _block.Compute(ScalarType.Bool, Opcode.BitOr, a, b));
    }

    /// <summary>An array where it is known not to be null.</summary>
    private Operand NotNull(Operand array) =>
        array is ArrayChoice choice ? choice with { Roots = choice.Roots.RemoveAll(root => _nulls.Contains(root.Array)) } : array;

    /// <summary>Where a comparison of a variable with null has told that it is not null, it holds one of the other arrays.</summary>
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
        if (_env.Get(symbol) is ArrayChoice choice) _env.Set(symbol, NotNull(choice));
    }

    /// <summary>array == null, array is null and the like; null for any other comparison.</summary>
    private Operand? CompareWithNull(IOperation operation, IOperation array, bool isNull)
    {
        while (array is IConversionOperation { IsImplicit: true } conversion) array = conversion.Operand;
        if (array.Type is not IArrayTypeSymbol) return null;
        if (LowerArray(array) is not { } operand) return Placeholder(operation.Type);
        return isNull ? IsNull(operand) : Not(IsNull(operand));
    }

    private Operand LowerCoalesce(ICoalesceOperation coalesce)
    {
        if (coalesce.Value.Type is not IArrayTypeSymbol) return Unsupported(coalesce, "use values that cannot be null");
        return LowerArray(coalesce.Value) is { } array
            ? Choose(IsNull(array), () => Lower(coalesce.WhenNull), () => NotNull(array))
            : Placeholder(coalesce.Type);
    }

    private Operand LowerCoalesce(ICoalesceAssignmentOperation coalesce)
    {
        if (coalesce.Target.Type is not IArrayTypeSymbol) return Unsupported(coalesce, "use values that cannot be null");
        if (Place(coalesce.Target) is not { } place || LowerArray(coalesce.Target) is not { } array) return Placeholder(coalesce.Type);
        return place.Write(this, Choose(IsNull(array), () => Lower(coalesce.Value), () => NotNull(array)));
    }
}
