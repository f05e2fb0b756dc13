namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The loop that runs the iterations of a primal loop backwards: how it counts, and what its body knows of the index.</summary>
internal sealed class BackwardLoops
{
    private readonly ReverseSweep _sweep;

    public BackwardLoops(ReverseSweep sweep) => _sweep = sweep;

    /// <summary>
    /// Tells the frame of the body the index and the iteration's number, and gives the loop for carried cotangents and a body; backwards,
    /// or in any order.
    /// </summary>
    public Func<ImmutableArray<Carried>, Block, bool, For> Of(Loop op, Frame frame, Frame child)
    {
        if (op is For { Exit: null } counted)
        {
            var type = (ScalarType)counted.Index.Type;
            var index = _sweep.PrimalValues.Copy(counted.Index);
            child.Known[counted.Index] = index;
            Operand Bound(Operand bound) => PrimalValues.Cast(frame.Code, _sweep.Need(bound, frame), type);
            var (start, end) = (Bound(counted.Start), Bound(counted.End));
            if (!_sweep.Primal.Counted.CanRunBackwards(counted)) return ByNumber(counted, frame, child, index, start, end);
            child.Iteration = () => CountedLoops.IterationOf(child.Prologue, counted, start, index);
            return (carried, body, anyOrder) =>
            {
                if (anyOrder) return new For(index, start, end, counted.Step, counted.Inclusive, carried, body);
                var last = _sweep.Primal.Counted.LastIndex(frame.Code, counted, start, end);
                return new For(index, last, start, -counted.Step, true, carried, body);
            };
        }

        // The number of trips is known only when the loop is over.
        var trips = _sweep.Plan.Trips(op);
        child.Trips = trips;
        var iteration = _sweep.Values.Fresh(ScalarType.Int32, "trip");
        child.Iteration = () => iteration;
        if (op is For partial)
        {
            var type = (ScalarType)partial.Index.Type;
            var (first, distance) = (_sweep.Need(partial.Start, frame), PrimalValues.Cast(child.Prologue, iteration, type));
            child.Known[partial.Index] = CountedLoops.IndexOf(child.Prologue, partial, first, distance);
            _sweep.Names.Suggest(child.Known[partial.Index], partial.Index.Name);
        }

        var number = _sweep.Need(trips, frame);
        return (carried, body, _) =>
        {
            var last = frame.Code.Compute(ScalarType.Int32, Opcode.Subtract, number, ArrayCode.Int(1));
            return new For(iteration, last, ArrayCode.Int(0), -1, true, carried, body);
        };
    }

    /// <summary>
    /// The loop that counts the numbers of iterations down to 0, where an index that runs backwards would wrap around at the end of its
    /// type. In any order, the index runs as it does in the primal.
    /// </summary>
    private Func<ImmutableArray<Carried>, Block, bool, For> ByNumber(
        For loop, Frame frame, Frame child, Value index, Operand start, Operand end)
    {
        var number = _sweep.Values.Fresh(index.Type, "trip");
        var computed = CountedLoops.IndexOf(child.Restores, loop, start, number);
        child.Known[loop.Index] = computed;
        _sweep.Names.Suggest(computed, index.Name);
        var isUnit = Math.Abs(loop.Step) == 1;
        child.Iteration = () => isUnit ? CountedLoops.IterationOf(child.Prologue, loop, start, computed) : number;
        return (carried, body, anyOrder) =>
        {
            if (anyOrder && isUnit)
            {
                var ops = body.Ops.RemoveAll(op => op.Results.Contains(computed));
                return new For(computed, start, end, loop.Step, loop.Inclusive, carried, body with { Ops = ops });
            }

            var type = (ScalarType)index.Type;
            var trips = _sweep.Primal.Counted.Trips(frame.Code, loop, start, end);
            var last = frame.Code.Compute(type, Opcode.Subtract, trips, new IntegerConstant(type, 1));
            return new For(number, last, new IntegerConstant(type, 0), -1, true, carried, body);
        };
    }
}
