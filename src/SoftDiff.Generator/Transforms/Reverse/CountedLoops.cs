using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Arithmetic on the indices of loops with known bounds: how many iterations there are, which number one has, where the last one is. Exact
/// also where bounds lie at the ends of their type; what an <c>int</c> cannot count throws when it runs. Given: where values are defined.
/// </summary>
internal sealed class CountedLoops
{
    private readonly Definitions _definitions;
    private readonly IntegerRanges _ranges;

    public CountedLoops(Definitions definitions)
    {
        _definitions = definitions;
        _ranges = new IntegerRanges(definitions);
    }

    /// <summary>The product of two counts.</summary>
    public static Operand Times(BlockBuilder block, Operand a, Operand b)
    {
        if (a is IntegerConstant x && b is IntegerConstant y && x.Number * y.Number is <= int.MaxValue and var product)
        {
            return ArrayCode.Int(product);
        }

        if (a is IntegerConstant { Number: 1 }) return b;
        return b is IntegerConstant { Number: 1 } ? a : block.Compute(ScalarType.Int32, Opcode.Multiply, a, b);
    }

    /// <summary>The number of an iteration among those of all loops around: the index of its element in a buffer.</summary>
    /// <param name="block">Takes the arithmetic.</param>
    /// <param name="levels">The loops, outermost first, each with the index of the iteration and its number of iterations.</param>
    public static Operand Element(BlockBuilder block, IEnumerable<(For Loop, Operand Index, Func<Operand> Trips)> levels)
    {
        Operand flat = ArrayCode.Int(0);
        foreach (var (loop, index, trips) in levels)
        {
            var iteration = IterationOf(block, loop, loop.Start, index);
            flat = flat is IntegerConstant { Number: 0 } ? iteration
                : block.Compute(ScalarType.Int32, Opcode.Add, Times(block, flat, trips()), iteration);
        }

        return flat;
    }

    /// <summary>
    /// Whether the index can run backwards to the start and stop there: the index before the start does not wrap around, and neither does
    /// the distance between the bounds where a division needs it.
    /// </summary>
    public bool CanRunBackwards(For loop)
    {
        var (start, type) = (_ranges.Of(loop.Start), IntegerRange.Of(loop.Index.Type));
        var step = new IntegerRange(loop.Step, loop.Step);
        if (!type.Holds(start - step)) return false;
        if (Math.Abs(loop.Step) == 1) return true;
        var end = _ranges.Of(loop.End);
        return type.Holds(loop.Step > 0 ? new IntegerRange(0, end.High) - start : start - new IntegerRange(end.Low, 0));
    }

    /// <summary>The index of the last iteration of a loop that can run backwards; before the start if there is none.</summary>
    public Operand LastIndex(BlockBuilder block, For loop, Operand start, Operand end)
    {
        var type = (ScalarType)loop.Index.Type;
        Operand One(long number) => new IntegerConstant(type, number);
        var (up, stride) = (loop.Step > 0, Math.Abs(loop.Step));
        if (stride == 1 && loop.Inclusive) return end;
        // An end before the start may lie at the other end of the type.
        var one = new IntegerRange(1, 1);
        var (first, beyond) = (_ranges.Of(loop.Start), _ranges.Of(loop.End));
        var needed = stride == 1 ? (up ? beyond - one : beyond + one) : (up ? beyond - first : first - beyond) - one;
        if (!IntegerRange.Of(type).Holds(needed))
        {
            end = block.Compute(type, up ? Opcode.Max : Opcode.Min, end, loop.Inclusive ? BeforeStart(block, loop, start) : start);
        }

        if (stride == 1) return block.Compute(type, up ? Opcode.Subtract : Opcode.Add, end, One(1));

        // start + floor((span − 1) / step) · step for a span of at least one; an empty span must not round towards zero.
        var span = up ? block.Compute(type, Opcode.Subtract, end, start) : block.Compute(type, Opcode.Subtract, start, end);
        var inside = loop.Inclusive ? span : block.Compute(type, Opcode.Subtract, span, One(1));
        var steps = block.Compute(type, Opcode.Divide, inside, One(stride));
        var offset = block.Compute(type, Opcode.Multiply, steps, One(loop.Step));
        var last = block.Compute(type, Opcode.Add, start, offset);
        var before = BeforeStart(block, loop, start);
        var empty = block.Compute(ScalarType.Bool, Opcode.Less, inside, One(0));
        return block.Compute(type, Opcode.Select, empty, before, last);
    }

    private static Operand BeforeStart(BlockBuilder block, For loop, Operand start) =>
        block.Compute(loop.Index.Type, Opcode.Subtract, start, new IntegerConstant((ScalarType)loop.Index.Type, loop.Step));

    /// <summary>The number of iterations, at least 0, of the index's type.</summary>
    public Operand Trips(BlockBuilder block, For loop, Operand start, Operand end)
    {
        var type = (ScalarType)loop.Index.Type;
        Operand One(long number) => new IntegerConstant(type, number);
        var (from, to) = loop.Step > 0 ? (start, end) : (end, start);
        var (low, high) = loop.Step > 0 ? (_ranges.Of(loop.Start), _ranges.Of(loop.End)) : (_ranges.Of(loop.End), _ranges.Of(loop.Start));
        var (whole, stride) = (IntegerRange.Of(type), Math.Abs(loop.Step));
        var open = loop.Inclusive ? 1 : 0;
        var most = high.High - low.Low + open;
        if (stride == 1 && from is IntegerConstant && to is IntegerConstant && most <= whole.High) return One((long)Math.Max(most, 0));

        // A loop to the last number of its type in its direction, that one included, does not end.
        if (loop.Inclusive && loop.Step > 0) high = high with { High = Math.Min(high.High, whole.High - 1) };
        if (loop.Inclusive && loop.Step < 0) low = low with { Low = Math.Max(low.Low, whole.Low + 1) };
        if (stride == 1 && whole.Holds(high - low + new IntegerRange(open, open)))
        {
            var span = from is IntegerConstant { Number: 0 } ? to : block.Compute(type, Opcode.Subtract, to, from);
            if (loop.Inclusive) span = block.Compute(type, Opcode.Add, span, One(1));
            if (ArrayLengths.IsCount(span, _definitions.OpOf(span))) return span;
            if (type == ScalarType.Int32) return Compute.AtLeastZero(span, block.Values, block.Add);
            return block.Compute(type, Opcode.Max, span, One(0));
        }

        return CheckedTrips(block, loop, from, to, low.Low >= 0);
    }

    /// <summary>The number of iterations where the distance of the bounds may not fit their type.</summary>
    private static Operand CheckedTrips(BlockBuilder block, For loop, Operand from, Operand to, bool distanceFits)
    {
        var type = (ScalarType)loop.Index.Type;
        var stride = Math.Abs(loop.Step);
        var isWidened = stride != 1 && type == ScalarType.Int32;
        var wide = isWidened ? ScalarType.Int64 : type;
        if (isWidened) (from, to) = (block.Compute(wide, Opcode.Convert, from), block.Compute(wide, Opcode.Convert, to));
        Operand One(long number) => new IntegerConstant(wide, number);
        var most = block.Compute(wide, Opcode.Max, to, from);
        var number = Checked(block, wide, Opcode.Subtract, !distanceFits && !isWidened, most, from);
        if (stride == 1 && !loop.Inclusive) return number;
        var none = block.Compute(ScalarType.Bool, loop.Inclusive ? Opcode.Less : Opcode.LessEqual, to, from);
        if (!loop.Inclusive) number = block.Compute(wide, Opcode.Subtract, number, One(1));
        if (stride != 1) number = block.Compute(wide, Opcode.Divide, number, One(stride));
        var trips = block.Compute(wide, Opcode.Select, none, One(0), Checked(block, wide, Opcode.Add, stride == 1, number, One(1)));
        return isWidened ? Checked(block, type, Opcode.Convert, true, trips) : trips;
    }

    private static Value Checked(BlockBuilder block, ScalarType type, Opcode code, bool mayOverflow, params Operand[] args)
    {
        var result = block.Values.Fresh(type);
        block.Add(new Compute(result, code, ImmutableArray.Create(args), Checked: mayOverflow));
        return result;
    }

    /// <summary>The number of the iteration, counted from 0: (index − start) / step.</summary>
    public static Operand IterationOf(BlockBuilder block, For loop, Operand start, Operand index)
    {
        var type = (ScalarType)index.Type;
        if (loop.Step == 1 && start is IntegerConstant { Number: 0 }) return index;
        var (from, to) = loop.Step > 0 ? (start, index) : (index, start);
        var distance = block.Compute(type, Opcode.Subtract, to, from);
        var stride = Math.Abs(loop.Step);
        return stride == 1 ? distance : block.Compute(type, Opcode.Divide, distance, new IntegerConstant(type, stride));
    }

    /// <summary>The index of an iteration by its number: start + number · step, exact because integers wrap around.</summary>
    public static Value IndexOf(BlockBuilder block, For loop, Operand start, Operand number)
    {
        var type = loop.Index.Type;
        if (loop.Step == -1) return block.Compute(type, Opcode.Subtract, start, number);
        var offset = loop.Step == 1 ? number
            : block.Compute(type, Opcode.Multiply, number, new IntegerConstant((ScalarType)type, loop.Step));
        return block.Compute(type, Opcode.Add, start, offset);
    }
}
