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
            var (start, end) = (Need(counted.Start, frame), Need(counted.End, frame));
            child.Iteration = () => IterationOf(child.Prologue, counted, start, index);
            return (carried, body, anyOrder) =>
            {
                if (anyOrder) return new For(index, start, end, counted.Step, counted.Inclusive, carried, body);
                var last = LastIndex(frame.Code, counted, start, end, type);
                return new For(index, last, start, -counted.Step, true, carried, body);
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
            var offset = Scale(child.Prologue, Cast(child.Prologue, iteration, type), partial.Step);
            child.Known[partial.Index] = child.Prologue.Compute(type, Opcode.Add, Need(partial.Start, frame), offset);
            _naming.Suggest(child.Known[partial.Index], partial.Index.Name);
        }

        var number = Need(trips, frame);
        return (carried, body, _) =>
            new For(iteration, frame.Code.Compute(ScalarType.Int32, Opcode.Subtract, number, Int(1)), Int(0), -1, true, carried, body);
    }

    private static Operand Scale(BlockBuilder block, Operand operand, int factor) =>
        factor == 1 ? operand : block.Compute(operand.Type, Opcode.Multiply, operand, new IntegerConstant((ScalarType)operand.Type, factor));

    /// <summary>(index − start) / step.</summary>
    private static Operand IterationOf(BlockBuilder block, For loop, Operand start, Operand index)
    {
        var type = (ScalarType)index.Type;
        if (loop.Step == 1 && start is IntegerConstant { Number: 0 }) return index;
        var distance = loop.Step > 0 ? block.Compute(type, Opcode.Subtract, index, start) : block.Compute(type, Opcode.Subtract, start, index);
        return Math.Abs(loop.Step) == 1 ? distance : block.Compute(type, Opcode.Divide, distance, new IntegerConstant(type, Math.Abs(loop.Step)));
    }

    /// <summary>The index of the last iteration; before the start if there is none.</summary>
    private static Operand LastIndex(BlockBuilder block, For loop, Operand start, Operand end, ScalarType type)
    {
        Operand One(long number) => new IntegerConstant(type, number);
        var up = loop.Step > 0;
        if (Math.Abs(loop.Step) == 1)
        {
            return loop.Inclusive ? end : block.Compute(type, up ? Opcode.Subtract : Opcode.Add, end, One(1));
        }

        // start + floor((span − 1) / step) · step for a span of at least one; an empty span must not round towards zero.
        var stride = Math.Abs(loop.Step);
        var span = up ? block.Compute(type, Opcode.Subtract, end, start) : block.Compute(type, Opcode.Subtract, start, end);
        var inside = loop.Inclusive ? span : block.Compute(type, Opcode.Subtract, span, One(1));
        var steps = block.Compute(type, Opcode.Divide, inside, One(stride));
        var offset = block.Compute(type, Opcode.Multiply, steps, One(loop.Step));
        var last = block.Compute(type, Opcode.Add, start, offset);
        var before = block.Compute(type, Opcode.Subtract, start, One(loop.Step));
        var empty = block.Compute(ScalarType.Bool, Opcode.Less, inside, One(0));
        return block.Compute(type, Opcode.Select, empty, before, last);
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

    /// <summary>The number of iterations of a counted loop with step ±1, at least 0.</summary>
    private Operand Trips(BlockBuilder block, For loop)
    {
        var (from, to) = loop.Step > 0 ? (loop.Start, loop.End) : (loop.End, loop.Start);
        var span = from is IntegerConstant { Number: 0 } ? to
            : from is IntegerConstant first && to is IntegerConstant last ? Int(last.Number - first.Number)
            : block.Compute(ScalarType.Int32, Opcode.Subtract, to, from);
        if (loop.Inclusive) span = block.Compute(ScalarType.Int32, Opcode.Add, span, Int(1));
        if (span is IntegerConstant known) return Int(Math.Max(known.Number, 0));
        if (ArrayLengths.IsCount(span, _definitions.OpOf(span))) return span;
        return Compute.AtLeastZero(span, block.Values, block.Add);
    }

    private Operand FlatIndex(BlockBuilder block, List<Frame> chain, Func<Frame, Operand> index)
    {
        Operand flat = Int(0);
        foreach (var level in chain)
        {
            var loop = (For)level.Owner!;
            var iteration = IterationOf(block, loop, loop.Start, index(level));
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
