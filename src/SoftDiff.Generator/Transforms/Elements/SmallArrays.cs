using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Elements;

/// <summary>Some elements of a small array.</summary>
/// <param name="Of">The array.</param>
/// <param name="First">The first of them.</param>
/// <param name="Count">The number of them.</param>
internal sealed record ArrayPart(Value Of, int First, int Count)
{
    /// <summary>The number of an element in the array.</summary>
    public int At(Operand index) => First + (int)((IntegerConstant)index).Number;

    public bool Has(Operand index) => index is IntegerConstant { Number: >= 0 and var number } && number < Count;
}

/// <summary>Finds the local arrays of a function that are small and whose elements are always named by constants.</summary>
internal sealed class SmallArrays
{
    private const int MostElements = 16;

    private readonly Definitions _definitions;
    private readonly Dictionary<Operand, ArrayPart> _parts = new();
    private readonly HashSet<Operand> _refused = new();

    public SmallArrays(Function function)
    {
        _definitions = new Definitions(function);
        Find(function.Body, null);
        Refuse(function.Body.Yields);
    }

    public bool Any => _parts.Values.Any(part => !_refused.Contains(part.Of));

    public ArrayPart this[Operand array] => _parts[array];

    /// <summary>Whether the array is, or is a part of, an array whose elements become values.</summary>
    public bool Contains(Operand array) => _parts.TryGetValue(array, out var part) && !_refused.Contains(part.Of);

    private void Find(Block block, Block? loop)
    {
        foreach (var op in block.Ops)
        {
            switch (op)
            {
                case Allocate { Length: IntegerConstant { Number: >= 0 and <= MostElements and var length } } o:
                    _parts[o.Result] = new ArrayPart(o.Result, 0, (int)length);
                    break;
                case View o when Part(o) is { } part:
                    _parts[o.Result] = part;
                    break;
                case Length:
                    break;
                case Load o when Has(o.Array, o.Index):
                    break;
                case Store o when Has(o.Array, o.Index):
                    break;
                case Accumulate o when Has(o.Array, o.Index):
                    break;
                case Fill:
                    break;
                default:
                    Refuse(op.Reads());
                    break;
            }

            if (loop is not null) Refuse(op.Reads().Where(read => !IsMadeIn(read, loop)));
            foreach (var inner in op.Blocks())
            {
                Find(inner, op is Loop ? inner : loop);
                Refuse(inner.Yields);
            }
        }
    }

    private ArrayPart? Part(View view)
    {
        if (!_parts.TryGetValue(view.Array, out var of)) return null;
        if (view.Start is not IntegerConstant { Number: >= 0 and var start } || start > of.Count) return null;
        if (view.Count is null) return of with { First = of.First + (int)start, Count = of.Count - (int)start };
        return view.Count is IntegerConstant { Number: >= 0 and var count } && start + count <= of.Count
            ? of with { First = of.First + (int)start, Count = (int)count } : null;
    }

    private bool Has(Operand array, Operand index) => _parts.TryGetValue(array, out var part) && part.Has(index);

    private bool IsMadeIn(Operand array, Block loop) => !_parts.TryGetValue(array, out var part) || _definitions.IsDefinedIn(part.Of, loop);

    private void Refuse(IEnumerable<Operand> arrays)
    {
        foreach (var array in arrays)
        {
            if (_parts.TryGetValue(array, out var part)) _refused.Add(part.Of);
        }
    }
}
