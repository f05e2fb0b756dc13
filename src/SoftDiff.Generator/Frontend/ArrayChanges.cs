using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Changes of the elements of arrays, spans and memories in place: Clear, Fill, Reverse, Sort.
internal sealed partial class FunctionLowering
{
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
}
