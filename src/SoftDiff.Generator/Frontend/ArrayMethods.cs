using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Methods of arrays, spans and memories, and the framework's functions on them. Those of structs are arrays of numbers, several for each element.
internal sealed partial class FunctionLowering
{
    /// <summary>Elements that a method reads or writes.</summary>
    /// <param name="Numbers">Their numbers.</param>
    /// <param name="Structs">What they are; null if they are numbers.</param>
    private sealed record Cells(Operand Numbers, StructArrayType? Structs)
    {
        public int Stride => Structs?.Stride ?? 1;

        public Operand Value => Structs is null ? Numbers : new StructArray(Structs, Numbers);
    }

    /// <summary>The owners of the methods, as far as they are static.</summary>
    private static readonly HashSet<string> ArrayFunctions = new(StringComparer.Ordinal)
    {
        "System.Array", "System.MemoryExtensions", "System.Buffer", "System.Runtime.InteropServices.MemoryMarshal",
    };

    /// <summary>Methods of arrays and spans; false if it is none of those.</summary>
    private bool LowerArrayMethod(IInvocationOperation call, out Operand? result)
    {
        result = null;
        var method = call.TargetMethod;
        if (IsMatrix(call.Instance) && method.Name != "CopyTo")
        {
            result = LowerMatrixMethod(call) ?? Unsupported(call, "use GetLength, GetUpperBound, Clone and the elements");
            return true;
        }

        if (IsJagged(call.Instance))
        {
            result = LowerJaggedMethod(call) ?? Unsupported(call, "use Length, Clone and the rows");
            return true;
        }

        var owner = method.ContainingType?.ToDisplayString() ?? "";
        var arguments = InOrder(call.Arguments).Select(a => a.Value).ToList();
        if (IsCells(call.Instance)) arguments.Insert(0, call.Instance!);
        else if (owner == "System.Linq.Enumerable" && method.Name == "ToArray" && Unconverted(arguments[0]).Type is IArrayTypeSymbol) arguments[0] = Unconverted(arguments[0]);
        else if (!ArrayFunctions.Contains(owner)) return false;
        for (var i = 0; i < arguments.Count; i++) arguments[i] = WithoutArrayType(arguments[i]);
        if (owner == "System.Runtime.InteropServices.MemoryMarshal") return LowerReinterpreted(method, arguments, out result);
        if (arguments.Count == 0 || !(IsCells(arguments[0]) || (owner is "System.Array" or "System.Buffer" && IsMatrix(arguments[0])))) return false;
        if (InsteadOf(method, IsMatrix(arguments[0])) is { } instead)
        {
            result = Unsupported(call, instead);
            return true;
        }

        if (owner == "System.Array" && arguments.Select(a => a.Type).OfType<IArrayTypeSymbol>().Select(type => type.Rank).Distinct().Count() > 1)
        {
            result = Unsupported(call, "copy between arrays of one rank");
            return true;
        }

        return method.Name switch
        {
            "GetLength" or "GetUpperBound" or "GetLowerBound" => LowerMeasure(method, arguments, out result),
            "AsSpan" or "AsMemory" or "Slice" or "ToArray" or "Clone" => LowerPart(method, arguments, out result),
            "Clear" or "Fill" or "Reverse" or "Sort" => LowerChange(call, arguments, out result),
            "CopyTo" or "Copy" => LowerCopy(call, method.Name == "Copy", arguments, out result),
            "BlockCopy" => LowerBlockCopy(call, arguments, out result),
            "Resize" => LowerResize(arguments),
            _ => false,
        };
    }

    /// <summary>What to write instead of a method that has no place in a derivative; null if it is none of those.</summary>
    private static string? InsteadOf(IMethodSymbol method, bool isMatrix) => method.Name switch
    {
        "Sort" when method.Parameters.Any(p => p.Type.TypeKind is TypeKind.Delegate or TypeKind.Interface) =>
            "sort without a comparison and call Reverse, or sort keys together with their items",
        "Exists" => "use Any",
        "TrueForAll" => "use All",
        "Find" or "FindLast" => "use First or Last with the condition, or a loop",
        "FindAll" => "use Where and ToArray",
        "FindIndex" or "FindLastIndex" or "ForEach" => "write a loop",
        "GetValue" or "SetValue" => "take the element by its index, a[i]",
        "TryCopyTo" => "compare the lengths and call CopyTo",
        "Reverse" or "Sort" or "CopyTo" when isMatrix => "loop over the elements",
        _ => null,
    };

    /// <summary>The array that is passed as an <c>Array</c>.</summary>
    private static IOperation WithoutArrayType(IOperation operation)
    {
        while (operation is IConversionOperation { Type.SpecialType: SpecialType.System_Array } toArray) operation = toArray.Operand;
        return operation;
    }

    /// <summary>Whether the expression is an array or span of numbers or structs.</summary>
    private bool IsCells(IOperation? operation) =>
        operation?.Type is { } type && (Types.Array(type) is not null || StructArrays.Map(Unconverted(operation).Type, Types) is not null);

    /// <summary>The elements of an expression; null if there are none, which was reported.</summary>
    private Cells? LowerCells(IOperation operation, bool isWritten = false)
    {
        Cells? cells = null;
        if (StructArrays.Map(Unconverted(operation).Type, Types) is not null)
        {
            if (LowerStructArray(Unconverted(operation)) is { } structs) cells = new Cells(structs.Numbers, structs.Of);
        }
        else if (LowerArray(operation) is { } array)
        {
            cells = new Cells(operation.Type is IArrayTypeSymbol { Rank: 1 } ? Present(array) : array, null);
        }

        return cells is not null && isWritten && !IsWritable(cells.Numbers, operation) ? null : cells;
    }

    private Cells Part(Cells cells, Operand start, Operand? count) =>
        cells with { Numbers = _arrays.View(cells.Numbers, Times(start, cells.Stride), count is null ? null : Times(count, cells.Stride)) };

    private Operand CountOf(Cells cells) => Divide(_arrays.LengthOf(cells.Numbers), cells.Stride);

    private Operand LowerInt(IOperation operation) => ConvertTo(Lower(operation), ScalarType.Int32, isChecked: true);

    private bool LowerMeasure(IMethodSymbol method, List<IOperation> arguments, out Operand? result)
    {
        result = Constants.Int(0);
        if (LowerCells(arguments[0]) is not { } cells) return true;
        var axis = Lower(arguments[1]);
        if (axis is not IntegerConstant { Number: 0 }) _point.Block.Compute(ScalarType.Int32, Opcode.CheckIndex, axis, Constants.Int(1));
        if (method.Name == "GetLength") result = CountOf(cells);
        if (method.Name == "GetUpperBound") result = _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, CountOf(cells), Constants.Int(1));
        return true;
    }

    /// <summary>A part of the elements, or a copy of them.</summary>
    private bool LowerPart(IMethodSymbol method, List<IOperation> arguments, out Operand? result)
    {
        result = null;
        // A span over an array that may be null is empty then.
        var cells = method.Name == "AsSpan" && Types.Array(arguments[0].Type!) is not null
            ? LowerArray(arguments[0]) is { } array ? new Cells(array, null) : null
            : LowerCells(arguments[0]);
        if (cells is null) return true;
        if (method.Name is "ToArray" or "Clone")
        {
            result = (cells with { Numbers = _arrays.CopyOf(cells.Numbers) }).Value;
            return true;
        }

        if (arguments.Count == 1)
        {
            result = cells.Value;
            return true;
        }

        var first = arguments[1];
        while (first is IConversionOperation conversion) first = conversion.Operand;
        if (first is IRangeOperation range)
        {
            Operand Count() => CountOf(cells);
            var from = range.LeftOperand is null ? Constants.Int(0) : LowerIndex(range.LeftOperand, Count);
            var size = range.RightOperand is null ? null
                : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, LowerIndex(range.RightOperand, Count), from);
            result = Part(cells, from, size).Value;
            return true;
        }

        if (arguments.Skip(1).Any(a => a.Type?.SpecialType != SpecialType.System_Int32)) return false;
        var start = Lower(arguments[1]);
        result = Part(cells, start, arguments.Count == 3 ? Lower(arguments[2]) : null).Value;
        return true;
    }
}
