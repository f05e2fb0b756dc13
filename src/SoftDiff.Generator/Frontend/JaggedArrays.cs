using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Arrays of arrays, T[][]. A row is a part of the span of all elements, so what holds of slices holds of rows too.
internal sealed partial class FunctionLowering
{
    private bool IsJagged(IOperation? operation) => Types.Jagged(operation?.Type) is not null;

    /// <summary>A row in an array of arrays. Its place may be that of another row, if the array was given another one.</summary>
    private sealed record RowPlace(Jagged Rows, Operand Index, IOperation At)
        : AssignablePlace(new ArrayType(Rows.Of.Element, ArrayForm.Span))
    {
        public ElementPlace Start => new(Rows.Starts, Index);

        public ElementPlace End => new(Rows.Ends, Index);

        public override Operand Read(FunctionLowering lowering)
        {
            var (start, end) = (Start.Read(lowering), End.Read(lowering));
            var length = lowering.HasAllRows(Rows) ? Opcode.Subtract : Opcode.RowCount;
            return lowering._arrays.View(Rows.Elements, start, lowering._point.Block.Compute(ScalarType.Int32, length, end, start));
        }

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            if (!lowering.IsWritable(Rows.Starts, At)) return value;
            var (row, all) = (lowering._arrays.Locate(value), lowering._arrays.Locate(Rows.Elements));
            if (Rows.Starts.Type is ArrayType { IsReadOnly: true } || row is null || all is null)
            {
                return lowering.Unsupported(
                    At, "write the elements of the row; to exchange rows, work on a copy, as in (double[][])a.Clone()");
            }

            var isOfThese = row.Roots.Length == 1 && all.Roots.Length == 1 && row.Roots[0].Number == all.Roots[0].Number;
            if (!isOfThese) return lowering.AddRow(this, row, value);
            Start.Write(lowering, row.Start);
            End.Write(lowering, lowering._arrays.Sum(row.Start, row.Count));
            return value;
        }
    }

    /// <summary>Whether no row is null: of a parameter, where companions check that on entry.</summary>
    private bool HasAllRows(Jagged rows) =>
        _arrays.Locate(rows.Elements) is { } all
        && all.Roots.All(root => _entered.Values.Any(entered => entered.Elements.Equals(root.Array)));

    private Jagged EnteredRows(Operand container, Operand elements)
    {
        var all = _point.Entry.RowStarts(container);
        var count = _point.Entry.Compute(ScalarType.Int32, Opcode.Subtract, _point.Entry.Length(all), Constants.Int(1));
        _arrays.AddCount(count);
        var name = (container as Value)?.Name;
        Value Places(int first, string what) =>
            _arrays.View(_point.Entry, all, Constants.Int(first), count, name is null ? "" : name + what);
        return new Jagged(new JaggedType(((ArrayType)container.Type).Element), elements, Places(0, "Starts"), Places(1, "Ends"));
    }

    /// <summary>The array of arrays and the index of an expression that is a row; null for any other.</summary>
    private (IOperation Rows, IOperation Index)? RowOf(IOperation operation) =>
        SliceOf(operation) is null && Indexed(operation) is var (rows, index) && IsJagged(rows) ? (rows, index) : null;

    private RowPlace? Row(IOperation operation) => RowOf(operation) is var (rows, index) && LowerParted(rows) is Jagged jagged
        ? new RowPlace(jagged, LowerIndex(index, () => _arrays.LengthOf(jagged.Starts)), operation)
        : null;

    /// <summary>A new array of arrays: its rows listed, or a number of rows that are null at first.</summary>
    private Operand LowerNewRows(IOperation operation, JaggedType type)
    {
        if (operation is IArrayCreationOperation { Initializer: null, DimensionSizes: { Length: 1 } sizes })
        {
            return NewRows(operation, type, ConvertTo(Lower(sizes[0]), ScalarType.Int32));
        }

        var listed = operation switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            ICollectionExpressionOperation collection when !collection.Elements.Any(e => e is ISpreadOperation) => collection.Elements,
            _ => default,
        };
        if (listed.IsDefault) return Unsupported(operation, "list the rows, as in [new double[n], new double[m]]");
        var rows = listed.Select(LowerPresent).ToList();
        if (rows.Contains(null)) return Placeholder(operation.Type);
        var ends = rows.Select(row => _arrays.LengthOf(row!)).Aggregate(
            ImmutableArray.Create<Operand>(Constants.Int(0)), (all, length) => all.Add(_arrays.Sum(all[all.Length - 1], length)));
        var jagged = new Jagged(
            type, _arrays.Allocate(type.Element, ends[ends.Length - 1]), _arrays.Allocate(ScalarType.Int32, Constants.Int(rows.Count)),
            _arrays.Allocate(ScalarType.Int32, Constants.Int(rows.Count)));
        for (var i = 0; i < rows.Count; i++)
        {
            _point.Block.Add(new Store(jagged.Starts, Constants.Int(i), ends[i]));
            _point.Block.Add(new Store(jagged.Ends, Constants.Int(i), ends[i + 1]));
            _arrays.AddCopy(rows[i]!, _arrays.View(jagged.Elements, ends[i], _arrays.LengthOf(rows[i]!)));
        }

        return jagged;
    }

    /// <summary>A range of rows: a new array with the same rows.</summary>
    private Operand LowerRows(IOperation operation, IOperation instance, IRangeOperation range)
    {
        if (LowerParted(instance) is not Jagged jagged) return Placeholder(operation.Type);
        Operand Count() => _arrays.LengthOf(jagged.Starts);
        var start = range.LeftOperand is null ? Constants.Int(0) : LowerIndex(range.LeftOperand, Count);
        var end = range.RightOperand is null ? Count() : LowerIndex(range.RightOperand, Count);
        var count = start is IntegerConstant { Number: 0 } ? end : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, end, start);
        Operand Part(Operand places) => _arrays.CopyOf(_arrays.View(places, start, count));
        return jagged with { Starts = Part(jagged.Starts), Ends = Part(jagged.Ends) };
    }

    /// <summary>A property of an array of arrays; null for one that has no place here.</summary>
    private Operand? LowerJaggedProperty(IPropertyReferenceOperation reference)
    {
        if (LowerParted(reference.Instance!) is not Jagged jagged) return Placeholder(reference.Type);
        return reference.Property.Name switch
        {
            "Length" => _arrays.LengthOf(jagged.Starts),
            "LongLength" => _point.Block.Compute(ScalarType.Int64, Opcode.Convert, _arrays.LengthOf(jagged.Starts)),
            _ => null,
        };
    }

    /// <summary>A method of an array of arrays; null for one that has no place here.</summary>
    private Operand? LowerJaggedMethod(IInvocationOperation call)
    {
        if (LowerParted(call.Instance!) is not Jagged jagged) return Placeholder(call.Type);
        return call.TargetMethod.Name switch
        {
            "GetLength" => LengthAlong(ImmutableArray.Create(_arrays.LengthOf(jagged.Starts)), Lower(call.Arguments[0].Value)),
            "Clone" => jagged with { Starts = _arrays.CopyOf(jagged.Starts), Ends = _arrays.CopyOf(jagged.Ends) },
            _ => null,
        };
    }
}
