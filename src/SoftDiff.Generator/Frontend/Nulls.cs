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

    /// <summary>Whether an array is null, if that is known here.</summary>
    private bool? IsNull(Operand array)
    {
        var roots = Locations(array).ToList();
        return roots.All(_nulls.Contains) ? true : roots.Any(_nulls.Contains) || !IsArray(array) ? null : false;
    }

    /// <summary>array == null, array is null and the like; null for any other comparison.</summary>
    private Operand? CompareWithNull(IOperation operation, IOperation array, bool isNull)
    {
        while (array is IConversionOperation { IsImplicit: true } conversion) array = conversion.Operand;
        if (array.Type is not IArrayTypeSymbol) return null;
        if (LowerArray(array) is not { } operand) return Placeholder(operation.Type);
        return IsNull(operand) is { } known ? new BoolConstant(known == isNull) : Unsupported(operation, "keep a bool beside the array");
    }

    private Operand LowerCoalesce(ICoalesceOperation coalesce)
    {
        if (coalesce.Value.Type is not IArrayTypeSymbol) return Unsupported(coalesce, "use values that cannot be null");
        if (LowerArray(coalesce.Value) is not { } array) return Placeholder(coalesce.Type);
        return IsNull(array) switch
        {
            false => array,
            true => Lower(coalesce.WhenNull),
            null => Unsupported(coalesce, "use values that cannot be null"),
        };
    }
}
