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
            "CopyTo" or "Copy" => LowerCopy(method.Name == "Copy", arguments),
            "BlockCopy" => LowerBlockCopy(call, arguments, out result),
            "Resize" => LowerResize(arguments),
            _ => false,
        };
    }

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

    /// <summary>Changes elements in place: all of them, or a part.</summary>
    private bool LowerChange(IInvocationOperation call, List<IOperation> arguments, out Operand? result)
    {
        result = null;
        var name = call.TargetMethod.Name;
        var given = name == "Fill" ? 2 : 1;
        var isWhole = arguments.Count == given;
        var hasKeys = name == "Sort" && arguments.Count == 2 && IsCells(arguments[1]);
        var isPart = arguments.Count == given + 2 && arguments.Skip(given).All(a => a.Type?.SpecialType == SpecialType.System_Int32);
        if (!isWhole && !isPart && !hasKeys) return false;
        if (LowerCells(arguments[0], isWritten: true) is not { } cells) return true;
        var value = name == "Fill" ? Lower(arguments[1]) : null;
        if (isPart)
        {
            var start = Lower(arguments[given]);
            cells = Part(cells, start, Lower(arguments[given + 1]));
        }

        if (name == "Clear") _arrays.AddFill(cells.Numbers, ArrayVariables.Zero(cells.Numbers));
        else if (name == "Fill") AddFill(cells, value!);
        else if (name == "Reverse") AddReversal(cells);
        else if (cells.Structs is not null) result = Unsupported(call, "sort an array of keys with the indices, and take the elements in that order");
        else if (!hasKeys) AddSort(cells.Numbers, null);
        else if (LowerCells(arguments[1], isWritten: true) is { } items) AddSort(cells.Numbers, items);
        return true;
    }

    private void AddFill(Cells cells, Operand value)
    {
        if (cells.Structs is null)
        {
            _arrays.AddFill(cells.Numbers, ConvertTo(value, ((ArrayType)cells.Numbers.Type).Element));
            return;
        }

        var leaves = Composite.Leaves(value).ToList();
        _arrays.Do(cells.Numbers, numbers => FunctionWriter.Count(Divide(_point.Block.Length(numbers), cells.Stride), "i", _point.Block, (body, i) =>
        {
            for (var k = 0; k < leaves.Count; k++) body.Add(new Store(numbers, Place(body, i, cells.Stride, k), leaves[k]));
        }));
    }

    /// <summary>Exchanges the first element and the last, and so on to the middle.</summary>
    private void AddReversal(Cells cells) => _arrays.Do(cells.Numbers, numbers =>
    {
        var count = Divide(_point.Block.Length(numbers), cells.Stride);
        var last = _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, count, Constants.Int(1));
        FunctionWriter.Count(Divide(count, 2), "i", _point.Block, (body, i) =>
        {
            var mirrored = body.Compute(ScalarType.Int32, Opcode.Subtract, last, i);
            for (var k = 0; k < cells.Stride; k++)
            {
                var (one, other) = (Place(body, i, cells.Stride, k), Place(body, mirrored, cells.Stride, k));
                var (a, b) = (body.Load(numbers, one), body.Load(numbers, other));
                body.Add(new Store(numbers, one, b));
                body.Add(new Store(numbers, other, a));
            }
        });
    });

    /// <summary>
    /// Sorting is taking elements in another order. The framework finds the order, which is a constant wherever it has a derivative.
    /// </summary>
    private void AddSort(Operand keys, Cells? items) => _arrays.Do(keys, numbers =>
    {
        var count = _arrays.LengthOf(numbers);
        if (items is not null) items = Part(items, Constants.Int(0), count);
        var order = _arrays.Allocate(ScalarType.Int32, count);
        _point.Block.Add(new RuleCall(ImmutableArray<Value>.Empty, ConstantMethods.Order((ArrayType)numbers.Type), ImmutableArray.Create<Operand>(numbers, order)));
        Permute(new Cells(numbers, null), order);
        if (items is not null) _arrays.Do(items.Numbers, moved => Permute(items with { Numbers = moved }, order));
    });

    private void Permute(Cells cells, Operand order)
    {
        var before = _arrays.CopyOf(cells.Numbers);
        FunctionWriter.Count(_point.Block.Length(order), "i", _point.Block, (body, i) =>
        {
            var from = body.Load(order, i);
            for (var k = 0; k < cells.Stride; k++)
            {
                body.Add(new Store(cells.Numbers, Place(body, i, cells.Stride, k), body.Load(before, Place(body, from, cells.Stride, k))));
            }
        });
    }

    /// <summary>The place of the k-th number of an element.</summary>
    private static Operand Place(BlockBuilder body, Operand index, int stride, int k)
    {
        var first = stride == 1 ? index : body.Compute(ScalarType.Int32, Opcode.Multiply, index, Constants.Int(stride));
        return k == 0 ? first : body.Compute(ScalarType.Int32, Opcode.Add, first, Constants.Int(k));
    }

    /// <summary>Copies elements: all, a number of them, or a part to a part.</summary>
    /// <param name="hasCount">Whether a third argument is a number of elements, and not the first place in the destination.</param>
    /// <param name="arguments">The arguments, the array first.</param>
    private bool LowerCopy(bool hasCount, List<IOperation> arguments)
    {
        var isLong = arguments.Count == 5;
        if (arguments.Count < 2 || !(IsCells(arguments[isLong ? 2 : 1]) || IsMatrix(arguments[isLong ? 2 : 1]))) return false;
        if (LowerCells(arguments[0]) is not { } source) return true;
        var start = isLong ? LowerInt(arguments[1]) : null;
        if (LowerCells(arguments[isLong ? 2 : 1], isWritten: true) is not { } into) return true;
        var at = isLong ? LowerInt(arguments[3]) : null;
        var last = arguments.Count is 3 or 5 ? LowerInt(arguments[arguments.Count - 1]) : null;

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
        var size = element.SpecialType switch { SpecialType.System_Double or SpecialType.System_Int64 => 8, SpecialType.System_Single or SpecialType.System_Int32 => 4, _ => 0 };
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

    /// <summary>Numbers seen as structs, structs as numbers, and the elements of a matrix as a span. Everything is numbers side by side.</summary>
    private bool LowerReinterpreted(IMethodSymbol method, List<IOperation> arguments, out Operand? result)
    {
        result = null;
        switch (method.Name)
        {
            case "Cast" when IsCells(arguments[0]):
                var (from, to) = (Types.Map(method.ReturnType) as ArrayType, StructArrays.Map(method.ReturnType, Types));
                if (LowerCells(arguments[0]) is not { } cells) return true;
                if ((from?.Element ?? to?.Numbers.Element) != ((ArrayType)cells.Numbers.Type).Element) return false;
                if (to is null) result = cells.Numbers;
                else result = new StructArray(to, _arrays.View(cells.Numbers, Constants.Int(0), Times(Divide(_arrays.LengthOf(cells.Numbers), to.Stride), to.Stride)));
                return true;
            case "CreateSpan" or "CreateReadOnlySpan" when IsElement(arguments[0]):
                if (LowerPlace(arguments[0]) is not { } place) return true;
                result = _arrays.View(place.Array, place.Index, LowerInt(arguments[1]));
                return true;
            default:
                return false;
        }
    }
}
