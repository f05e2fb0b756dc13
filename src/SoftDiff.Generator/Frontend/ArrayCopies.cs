using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Copies of the elements of arrays, spans and memories into others: Array.Copy, CopyTo, Buffer.BlockCopy, Array.Resize.
internal sealed partial class FunctionLowering
{
    /// <summary>Copies elements: all, a number of them, or a part to a part.</summary>
    /// <param name="call">The call.</param>
    /// <param name="hasCount">Whether a third argument is a number of elements, and not the first place in the destination.</param>
    /// <param name="arguments">The arguments, the array first.</param>
    /// <param name="result">A placeholder if it was reported.</param>
    private bool LowerCopy(IInvocationOperation call, bool hasCount, List<IOperation> arguments, out Operand? result)
    {
        result = null;
        var isLong = arguments.Count == 5;
        if (arguments.Count < 2 || !(IsCells(arguments[isLong ? 2 : 1]) || IsMatrix(arguments[isLong ? 2 : 1]))) return false;
        if (LowerCells(arguments[0]) is not { } source) return true;
        var start = isLong ? LowerInt(arguments[1]) : null;
        if (LowerCells(arguments[isLong ? 2 : 1], isWritten: true) is not { } into) return true;
        var at = isLong ? LowerInt(arguments[3]) : null;
        var last = arguments.Count is 3 or 5 ? LowerInt(arguments[arguments.Count - 1]) : null;

        if (((ArrayType)source.Numbers.Type).Element != ((ArrayType)into.Numbers.Type).Element || !Equals(source.Structs?.Element, into.Structs?.Element))
        {
            result = Unsupported(call, "copy between arrays of one type, or convert the elements in a loop");
            return true;
        }

        if (last is not null && !hasCount)
        {
            into = Part(into, last, null);
        }
        else if (last is not null)
        {
            source = Part(source, start ?? Constants.Int(0), last);
            if (at is not null) into = Part(into, at, last);
        }

        _arrays.AddCopy(source.Numbers, into.Numbers);
        return true;
    }

    /// <summary>Copies bytes. They must be whole elements.</summary>
    private bool LowerBlockCopy(IInvocationOperation call, List<IOperation> arguments, out Operand? result)
    {
        result = null;
        const string Instead = "copy elements with Array.Copy, or write the bytes as a number of elements times sizeof";
        var element = (arguments[0].Type as IArrayTypeSymbol)?.ElementType;
        if (element is null || !SymbolEqualityComparer.Default.Equals(element, (arguments[2].Type as IArrayTypeSymbol)?.ElementType)
            || new[] { 1, 3, 4 }.Select(i => Elements(arguments[i], element)).ToList() is var counts && counts.Any(c => c is null))
        {
            result = Unsupported(call, Instead);
            return true;
        }

        if (LowerCells(arguments[0]) is not { } source || LowerCells(arguments[2], isWritten: true) is not { } into) return true;
        var (start, at, count) = (counts[0]!(), counts[1]!(), counts[2]!());
        _arrays.AddCopy(Part(source, start, count).Numbers, Part(into, at, count).Numbers);
        return true;
    }

    /// <summary>Lowers the number of elements that a number of bytes is; null if it may be no whole number of them.</summary>
    private Func<Operand>? Elements(IOperation bytes, ITypeSymbol element)
    {
        var size = element.SpecialType switch
        {
            SpecialType.System_Double or SpecialType.System_Int64 => 8,
            SpecialType.System_Single or SpecialType.System_Int32 => 4,
            _ => 0,
        };
        if (size == 0) return null;
        if (bytes.ConstantValue is { HasValue: true, Value: int constant }) return constant % size == 0 ? () => Constants.Int(constant / size) : null;
        if (Unconverted(bytes) is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product) return null;
        bool IsSize(IOperation factor) => factor.ConstantValue is { HasValue: true, Value: int value } && value == size;
        return IsSize(product.RightOperand) ? () => LowerInt(product.LeftOperand) : IsSize(product.LeftOperand) ? () => LowerInt(product.RightOperand) : null;
    }

    /// <summary>A variable gets a new array of another length, with the same first elements.</summary>
    private bool LowerResize(List<IOperation> arguments)
    {
        if (LowerCells(arguments[0]) is not { } old || Place(arguments[0]) is not { } variable) return true;
        var length = LowerInt(arguments[1]);
        var fresh = old with { Numbers = _arrays.Allocate(((ArrayType)old.Numbers.Type).Element, Times(length, old.Stride)) };
        var count = _point.Block.Compute(ScalarType.Int32, Opcode.Min, CountOf(old), length);
        _arrays.AddCopy(Part(old, Constants.Int(0), count).Numbers, Part(fresh, Constants.Int(0), count).Numbers);
        variable.Write(this, fresh.Value);
        return true;
    }
}
