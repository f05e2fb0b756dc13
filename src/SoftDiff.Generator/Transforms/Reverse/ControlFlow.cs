using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// Branches and loops whose reverse code is apart from their forward code.
internal sealed partial class ReverseTransform
{
    /// <summary>Cotangents that a block's code leaves for values defined outside it, each as one operand, by value number.</summary>
    private List<(Value Outer, Operand Sum)> Leftovers(Frame frame) =>
        frame.Bars.Keys.OrderBy(v => v.Id).ToList().Select(v => (v, TakeBar(v, frame)!)).ToList();

    private void SeedYields(Frame child, Func<int, Operand?> cotangent)
    {
        for (var i = 0; i < child.Primal.Yields.Length; i++)
        {
            if (_activity.IsActive(child.Primal.Yields[i]) && cotangent(i) is { } bar) child.AddBar((Value)child.Primal.Yields[i], bar);
        }
    }

    /// <summary>Whether the operation changes cotangents even if none of its results has one.</summary>
    private bool TouchesActiveArrays(Op op) =>
        _effects.Writes(op).Any(root => _activity.IsActive(root));

    private void ReverseIf(If op, int position, Frame frame)
    {
        var bars = op.Values.Select(v => TakeBar(v, frame)).ToList();
        if (bars.All(b => b is null) && !TouchesActiveArrays(op)) return;
        var children = new[] { op.Then, op.Else }.Select(b => new Frame(FrameKind.Branch, b, frame, op, position, _values)).ToList();
        foreach (var child in children)
        {
            frame.Children[child.Primal] = child;
            if (child.Primal.Throws()) continue;
            SeedYields(child, i => i < bars.Count ? bars[i] : null);
            ReverseBlock(child);
        }

        var (yields, results) = MergeLeftovers(children, frame);
        var blocks = children.Select((child, i) => Assemble(child, yields[i])).ToList();
        if (blocks.All(b => b.Ops.IsEmpty) && results.IsEmpty) return;
        frame.Code.Line = op.Line;
        frame.Code.Add(new If(Need(op.Condition, frame), blocks[0], blocks[1], results));
    }

    /// <summary>
    /// What the branches contribute to outer values: yields for each branch, and the results that stand for them. A contribution that is
    /// the same operand in both is passed on as it is.
    /// </summary>
    private (List<List<Operand>> Yields, ImmutableArray<Value> Results) MergeLeftovers(List<Frame> children, Frame frame)
    {
        var leftovers = children.Select(Leftovers).ToList();
        var yields = children.Select(_ => new List<Operand>()).ToList();
        var results = ImmutableArray.CreateBuilder<Value>();
        foreach (var outer in leftovers.SelectMany(l => l).Select(l => l.Outer).Distinct().OrderBy(v => v.Id))
        {
            var sums = leftovers.Select(l => l.FirstOrDefault(x => x.Outer.Equals(outer)).Sum).ToList();
            var running = Enumerable.Range(0, children.Count).Where(i => !children[i].Primal.Throws()).ToList();
            var first = sums[running[0]];
            if (first is not null && running.All(i => first.Equals(sums[i])))
            {
                frame.AddBar(outer, first);
                continue;
            }

            var result = _values.Fresh(outer.Type);
            if (outer.Name.Length > 0) _naming.Suggest(result, outer.Name + "Bar");
            results.Add(result);
            for (var i = 0; i < children.Count; i++) yields[i].Add(sums[i] ?? new NumberConstant((ScalarType)outer.Type, 0));
            frame.AddBar(outer, result);
        }

        return (yields, results.ToImmutable());
    }

    private static Block Assemble(Frame child, IEnumerable<Operand> yields) =>
        new(child.Restores.Ops.AddRange(child.Prologue.Ops).AddRange(child.Code.Ops), yields.ToImmutableArray());

    private void ReverseLoop(Loop op, int position, Frame frame)
    {
        var bars = op.Carried.Select(c => TakeBar(c.Result, frame)).ToList();
        if (bars.All(b => b is null) && !TouchesActiveArrays(op)) return;
        if (frame.Kind == FrameKind.Same && _choices.IsReplayed(op))
        {
            ReplayLoop(op, position, frame, bars);
            return;
        }

        var child = new Frame(FrameKind.LoopBody, op.Body, frame, op, position, _values);
        frame.Children[op.Body] = child;
        var carried = new List<Carried>();
        var nexts = new List<Operand>();
        var sums = new List<(Value Outer, Value Sum)>();
        var count = ReversedCount(op, position, frame, child);
        var tapeUses = _tapeUses;

        var active = Enumerable.Range(0, op.Carried.Length).Where(i => _activity.IsActive(op.Carried[i])).ToList();
        var barParams = active.ToDictionary(i => i, i => _values.Fresh(op.Carried[i].Param.Type, BarName(op.Carried[i].Param)));
        foreach (var i in active)
        {
            if (_activity.IsActive(op.Body.Yields[i])) child.AddBar((Value)op.Body.Yields[i], barParams[i]);
        }

        ReverseBlock(child);
        if (_choices.Changed) return;
        // The sums of outer values start from what later code contributed, taken before this loop contributes anything itself.
        var nextBars = active.Select(i => TakeBar(op.Carried[i].Param, child)).ToList();
        foreach (var (outer, sum) in Leftovers(child))
        {
            var (param, result) = (_values.Fresh(outer.Type, BarName(outer)), _values.Fresh(outer.Type, BarName(outer)));
            nexts.Add(child.Code.Compute(outer.Type, Opcode.Add, param, sum));
            carried.Add(new Carried(param, TakeBar(outer, frame) ?? new NumberConstant((ScalarType)outer.Type, 0), result));
            sums.Add((outer, result));
        }

        foreach (var (i, nextBar) in active.Zip(nextBars, (i, next) => (i, next)))
        {
            var zero = new NumberConstant((ScalarType)op.Carried[i].Param.Type, 0);
            var result = _values.Fresh(op.Carried[i].Param.Type, BarName(op.Carried[i].Param));
            var next = nextBar ?? zero;
            carried.Add(new Carried(barParams[i], bars[i] ?? zero, result));
            nexts.Add(next);
            // A sum's cotangent is the same in every iteration; saying so at once lets an enclosing loop see it too.
            Contribute(op.Carried[i].Init, next.Equals(barParams[i]) ? bars[i] : result, frame);
        }

        foreach (var (outer, result) in sums) frame.AddBar(outer, result);
        KeepSaved(child);
        frame.Code.Line = op.Line;
        // In any order then, and upwards is what the processor and the JIT like best.
        var anyOrder = tapeUses == _tapeUses && op is For { Exit: null } && _independence.Holds(op);
        frame.Code.Add(count(carried.ToImmutableArray(), Assemble(child, nexts), anyOrder));
    }

    private static string BarName(Value value) => value.Name.Length > 0 ? value.Name + "Bar" : "";

    /// <summary>The loop that runs the iterations backwards, and what its body knows of the index and the iteration's number.</summary>
    private Func<ImmutableArray<Carried>, Block, bool, For> ReversedCount(Loop op, int position, Frame frame, Frame child)
    {
        if (op is For { Exit: null } counted)
        {
            var type = (ScalarType)counted.Index.Type;
            var index = Copy(counted.Index);
            child.Known[counted.Index] = index;
            var (start, end) = (Cast(frame.Code, Need(counted.Start, frame), type), Cast(frame.Code, Need(counted.End, frame), type));
            if (!_counted.CanRunBackwards(counted)) return ReversedByNumber(counted, frame, child, index, start, end);
            child.Iteration = () => CountedLoops.IterationOf(child.Prologue, counted, start, index);
            return (carried, body, anyOrder) =>
            {
                if (anyOrder) return new For(index, start, end, counted.Step, counted.Inclusive, carried, body);
                return new For(index, _counted.LastIndex(frame.Code, counted, start, end), start, -counted.Step, true, carried, body);
            };
        }

        // The number of trips is known only when the loop is over.
        var trips = op.Trips ?? _values.Fresh(ScalarType.Int32, "trips");
        child.Trips = trips;
        _definitions.Add(trips, frame.Primal, position, op);
        var iteration = _values.Fresh(ScalarType.Int32, "trip");
        child.Iteration = () => iteration;
        if (op is For partial)
        {
            var type = (ScalarType)partial.Index.Type;
            child.Known[partial.Index] =
                CountedLoops.IndexOf(child.Prologue, partial, Need(partial.Start, frame), Cast(child.Prologue, iteration, type));
            _naming.Suggest(child.Known[partial.Index], partial.Index.Name);
        }

        var number = Need(trips, frame);
        return (carried, body, _) =>
            new For(iteration, frame.Code.Compute(ScalarType.Int32, Opcode.Subtract, number, Int(1)), Int(0), -1, true, carried, body);
    }

    /// <summary>
    /// The loop that counts the numbers of iterations down to 0, where an index that runs backwards would wrap around at the end of its type. In any order,
    /// the index runs as it does in the primal.
    /// </summary>
    private Func<ImmutableArray<Carried>, Block, bool, For> ReversedByNumber(For loop, Frame frame, Frame child, Value index, Operand start, Operand end)
    {
        var number = _values.Fresh(index.Type, "trip");
        var computed = CountedLoops.IndexOf(child.Restores, loop, start, number);
        child.Known[loop.Index] = computed;
        _naming.Suggest(computed, index.Name);
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
            var last = frame.Code.Compute(type, Opcode.Subtract, _counted.Trips(frame.Code, loop, start, end), new IntegerConstant(type, 1));
            return new For(number, last, new IntegerConstant(type, 0), -1, true, carried, body);
        };
    }

    /// <summary>
    /// Gives the values that a loop's reverse body asks for a place: one flat buffer each where the number of iterations is known before the outermost
    /// loop starts, the tape otherwise. Both are filled at the end of the forward body.
    /// </summary>
    private void KeepSaved(Frame frame)
    {
        if (frame.Saved.Count == 0 || MarkForReplay(frame)) return;
        var chain = FlatChain(frame);
        foreach (var (primal, restored) in frame.Saved)
        {
            if (chain is null)
            {
                frame.Tail.Add(new Push(Tape(), primal));
                continue;
            }

            var (scope, position) = (chain[0].Parent!, chain[0].Position);
            var sizes = new BlockBuilder(_values);
            Operand size = Int(1);
            foreach (var level in chain) size = Times(sizes, size, Trips(sizes, (For)level.Owner!));
            var buffer = _values.Fresh(new ArrayType((ScalarType)primal.Type, ArrayForm.Span), primal.Name.Length > 0 ? primal.Name + "Saved" : "saved");
            sizes.Add(new Allocate(buffer, size, Cleared: false));
            foreach (var op in sizes.Ops) Frame.Place(scope.Before, position, op);
            frame.Tail.Add(new Store(buffer, FlatIndex(frame.Tail, chain, level => ((For)level.Owner!).Index), primal));
            frame.Restores.Add(new Load(restored, buffer, FlatIndex(frame.Restores, chain, level => level.Known[((For)level.Owner!).Index])));
        }

        if (chain is not null) return;
        foreach (var (_, restored) in Enumerable.Reverse(frame.Saved)) frame.Restores.Add(new Pop(restored, Tape()));
    }

    private static Operand Times(BlockBuilder block, Operand a, Operand b) =>
        a is IntegerConstant x && b is IntegerConstant y && x.Number * y.Number <= int.MaxValue ? Int(x.Number * y.Number)
        : a is IntegerConstant { Number: 1 } ? b : b is IntegerConstant { Number: 1 } ? a : block.Compute(ScalarType.Int32, Opcode.Multiply, a, b);

    /// <summary>The number of iterations of a counted loop, at least 0.</summary>
    private Operand Trips(BlockBuilder block, For loop) => _counted.Trips(block, loop, loop.Start, loop.End);

    private Operand FlatIndex(BlockBuilder block, List<Frame> chain, Func<Frame, Operand> index)
    {
        Operand flat = Int(0);
        foreach (var level in chain)
        {
            var loop = (For)level.Owner!;
            var iteration = CountedLoops.IterationOf(block, loop, loop.Start, index(level));
            flat = flat is IntegerConstant { Number: 0 } ? iteration
                : block.Compute(ScalarType.Int32, Opcode.Add, Times(block, flat, Trips(block, loop)), iteration);
        }

        return flat;
    }

    /// <summary>
    /// The loops around the frame's block, outermost first, if all their trip counts are known before the outermost, which no branch holds;
    /// otherwise null.
    /// </summary>
    private List<Frame>? FlatChain(Frame frame)
    {
        var chain = new List<Frame>();
        var current = frame;
        for (; current.Kind != FrameKind.Same; current = current.Parent!)
        {
            if (current.Kind == FrameKind.Split) return null; // its buffers would be gone when the pullback runs
            if (current.Kind != FrameKind.LoopBody) continue;
            if (current.Owner is not For { Exit: null, Step: 1 or -1 } loop || loop.Index.Type != ScalarType.Int32) return null;
            chain.Insert(0, current);
        }

        // A buffer made inside a branch would be gone when the branch is reversed.
        if (chain[0].Parent!.Kind != FrameKind.Same) return null;
        var outermost = chain[0].Primal;
        bool Before(Operand operand) => !_definitions.IsDefinedIn(operand, outermost);
        return chain.All(level => Before(((For)level.Owner!).Start) && Before(((For)level.Owner!).End)) ? chain : null;
    }
}
