using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Arrays of arrays whose rows are made one by one. When a row is assigned, it moves to the storage of all rows. From then on, the variables
// that held it hold its place there. StorageSizes finds the size of the storage when the function is lowered.
internal sealed partial class FunctionLowering
{
    private readonly Dictionary<Operand, (GrowingStorage Storage, IOperation At)> _growing = new();

    private Jagged NewRows(IOperation creation, JaggedType type, Operand count)
    {
        var (starts, ends) = (_arrays.Allocate(ScalarType.Int32, count), _arrays.Allocate(ScalarType.Int32, count));

        // A row that is null ends before it starts, so that a use of it throws.
        _arrays.AddFill(ends, Constants.Int(-1));
        var capacity = _point.Values.Fresh(ScalarType.Int32);
        var elements = _arrays.Allocate(type.Element, capacity);
        _growing[elements] = (new GrowingRows(elements, capacity, _arrays.Allocate(ScalarType.Int32, Constants.Int(1))), creation);
        return new Jagged(type, elements, starts, ends);
    }

    /// <summary>Moves an array made here to the storage of the rows.</summary>
    private Operand AddRow(RowPlace place, ArrayChoice row, Operand value)
    {
        const string Instead = "assign a new array or a copy of one, as in a[i] = row.ToArray(), to an array that new double[n][] has made";
        if (_arrays.Locate(place.Rows.Elements) is not { Roots: { Length: 1 } roots }
            || !_growing.TryGetValue(roots[0].Array, out var growing) || growing.Storage is not GrowingRows rows
            || !row.Roots.All(root => _arrays.IsMadeInIteration(root.Array)) || !_arrays.IsNull(value).Equals(BoolConstant.False)
            || _references.Values.Any(reference => Holds(reference.Array, row)))
        {
            return Unsupported(place.At, Instead);
        }

        var (storage, top, length) = (rows.Elements, rows.Top, row.Count);
        var start = _point.Block.Load(top, Constants.Int(0));
        var end = _point.Block.Compute(ScalarType.Int32, Opcode.Add, start, length);
        _point.Block.Add(new Store(top, Constants.Int(0), end));
        place.Start.Write(this, start);
        place.End.Write(this, end);
        var moved = _arrays.View(storage, start, length);
        if (!IsUntouched(value)) _arrays.AddCopy(value, moved);
        foreach (var variable in _point.Env.Variables.ToList())
        {
            if (!Holds(_point.Env.Held(variable)!, row)) continue;
            var isWhole = _point.Env.Held(variable)!.Equals(value);
            _point.Env.Set(variable, isWhole ? moved : new SymbolConstant(moved.Type, ArrayVariables.Merged));
        }

        return moved;
    }

    /// <summary>Whether an array was just made, so that it is zero, as the storage is.</summary>
    private bool IsUntouched(Operand array) => array is Value made && _point.Block.Find(made) is Allocate { Cleared: true }
        && !_point.Block.Ops.Any(op => op.AllReads().Contains(made));

    private bool Holds(Operand held, ArrayChoice row) => _arrays.Locate(held) is { } other && row.Roots.Any(root => other.Has(root.Number));

    /// <summary>The body with the sizes of what grows.</summary>
    private Block WithSizes(Block body)
    {
        const string Rows =
            "let the lengths of its rows follow from numbers that are known here, not from floats or from elements that the method writes";
        const string Numbers =
            "let how often numbers are added follow from numbers that are known here, not from what the method writes to arrays or what functions return; or use an array";
        foreach (var (storage, creation) in _growing.Values.Where(growing => body.AllOps().Any(growing.Storage.IsMadeBy)).ToList())
        {
            if (StorageSizes.Insert(body, storage, _point.Values) is { } sized) body = sized;
            else Unsupported(creation, storage is GrowingList ? Numbers : Rows);
        }

        return WithLargest(body);
    }

    /// <summary>The body with the sizes of the arrays that loops keep. Those that nothing reads go if their sizes are not known.</summary>
    private Block WithLargest(Block body)
    {
        const string Lengths = "the lengths of the arrays that the loop makes must follow from numbers that are known before the loop, not from elements that the "
            + "method writes or from results of functions; use one array of the greatest length, and a number that says how much of it is in use";
        var rest = _arrays.Largest.Values.Where(largest => body.AllOps().Any(largest.IsMadeBy)).ToList();
        foreach (var largest in rest.ToList())
        {
            if (StorageSizes.Insert(body, largest, _point.Values) is not { } sized) continue;
            body = sized;
            rest.Remove(largest);
        }

        while (rest.FirstOrDefault(largest => !largest.IsRead(body)) is { } unread)
        {
            body = unread.Without(body);
            rest.Remove(unread);
        }

        foreach (var largest in rest) _module.Report(Descriptors.ArrayMerge, largest.Place, largest.Variable, Lengths);
        return body;
    }
}
