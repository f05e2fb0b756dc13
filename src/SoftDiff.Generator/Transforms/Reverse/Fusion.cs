using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// A branch, or a loop with independent iterations, whose cotangents are known before it runs is reversed on the spot: nothing
// is saved, and the partials of a branch not taken are never reached. Independent loops whose cotangents are known only later may be
// run a second time, forward and reverse together ("replay"), which needs storage for one iteration only.
internal sealed partial class ReverseTransform
{
    /// <summary>Writes the adjoint code of a block in which forward and reverse code follow each other.</summary>
    private void Combine(Frame frame)
    {
        for (var position = frame.Primal.Ops.Length - 1; position >= 0 && !_choices.Changed; position--)
        {
            var op = frame.Primal.Ops[position];
            if (!(_options.Fuse && op is If or Loop && TryFuse(op, position, frame))) ReverseOp(op, position, frame);
        }
    }

    private bool TryFuse(Op op, int position, Frame frame)
    {
        if (!_options.Fuse || !CanMoveAdjoint(op, position, frame)) return false;
        if (op is Loop loop && (_choices.IsNotFused(loop) || !_independence.Holds(loop))) return false;
        var results = op is If @if ? @if.Values : ((Loop)op).Carried.Select(c => c.Result).ToImmutableArray();
        if (!results.Any(frame.Bars.ContainsKey) && !TouchesActiveArrays(op)) return false;
        var bars = results.Select(v => TakeBar(v, frame)).ToList();
        var hoisted = Hoist(bars, position, frame);
        if (hoisted is null)
        {
            for (var i = 0; i < bars.Count; i++)
            {
                if (bars[i] is { } bar) frame.AddBar(results[i], bar);
            }

            return false;
        }

        foreach (var early in hoisted) Frame.Place(frame.Replaced, position, early);
        Frame.Place(frame.Replaced, position, op is If branch ? FuseIf(branch, position, frame, bars) : FuseLoop((Loop)op, position, frame, bars).Loop);
        return true;
    }

    /// <summary>
    /// The operations that must move before the operation at a position so that its cotangents are known there; null if they
    /// depend on what it computes. Only pure scalar operations move.
    /// </summary>
    private List<Op>? Hoist(List<Operand?> cotangents, int position, Frame frame)
    {
        var adjoint = new HashSet<Op>(Analysis.ByReference<Op>.Instance);
        var primal = new SortedSet<int>();
        if (!cotangents.All(c => c is null || Visit(c))) return null;
        var ops = primal.Select(i => frame.Primal.Ops[i]).ToList();
        frame.Moved.UnionWith(primal);
        // Moved earlier for the sake of a later operation, and now once more.
        foreach (var later in frame.Replaced.OrderBy(r => r.Key).Select(r => r.Value))
        {
            ops.AddRange(later.Where(adjoint.Contains));
            later.RemoveAll(adjoint.Contains);
        }

        ops.AddRange(frame.Code.Take(adjoint.Contains));
        return ops;

        bool Visit(Operand operand)
        {
            if (operand is not Value value) return true;
            var defining = frame.Code.Find(value) ?? frame.Replaced.Values.SelectMany(r => r).FirstOrDefault(r => r.Results.Contains(value));
            if (defining is { } code) return adjoint.Contains(code) || (CanMove(code) && adjoint.Add(code) && code.Reads().All(Visit));
            if (!_definitions.TryGet(value, out var definition) || !ReferenceEquals(definition.Block, frame.Primal)) return true;
            if (definition.Position < position) return true;
            if (definition.Position == position) return false;
            var op = definition.Op!;
            return primal.Contains(definition.Position) || (CanMove(op) && primal.Add(definition.Position) && op.Reads().All(Visit));
        }
    }

    private static bool CanMove(Op op) => op.Freedom.HasFlag(Freedom.Move);

    /// <summary>Whether no later operation of the block shares active storage with this one, so that their adjoints may change places.</summary>
    private bool CanMoveAdjoint(Op op, int position, Frame frame)
    {
        var written = new HashSet<Operand>(_effects.Writes(op).Where(r => _activity.IsActive(r)));
        var read = new HashSet<Operand>(_effects.Reads(op).Where(r => _activity.IsActive(r)));
        if (written.Count == 0 && read.Count == 0) return true;
        for (var i = position + 1; i < frame.Primal.Ops.Length; i++)
        {
            var later = frame.Primal.Ops[i];
            if (_effects.Writes(later).Any(r => written.Contains(r) || read.Contains(r)) || _effects.Reads(later).Any(written.Contains)) return false;
        }

        return true;
    }

    private If FuseIf(If op, int position, Frame frame, List<Operand?> bars)
    {
        var children = new[] { op.Then, op.Else }.Select(b => new Frame(FrameKind.Same, b, frame, op, position, _values)).ToList();
        foreach (var child in children)
        {
            if (child.Primal.Throws()) continue;
            SeedYields(child, i => i < bars.Count ? bars[i] : null);
            Combine(child);
        }

        var (yields, results) = MergeLeftovers(children, frame);
        var blocks = children.Select((child, i) =>
            child.Primal.Throws() ? child.Primal : new Block(ForwardOps(child).AddRange(child.Code.Ops), child.Primal.Yields.AddRange(yields[i]))).ToList();
        return op with { Then = blocks[0], Else = blocks[1], Values = op.Values.AddRange(results) };
    }

    /// <summary>The loop with forward and reverse code in one body. Contributions to outer values become sums carried by the loop.</summary>
    private (Loop Loop, List<(Value Outer, Value Sum)> Sums) FuseLoop(Loop op, int position, Frame frame, List<Operand?> bars, bool contribute = true)
    {
        var child = new Frame(FrameKind.Same, op.Body, frame, op, position, _values);
        SeedYields(child, i => bars[i]);
        Combine(child);
        for (var i = 0; i < op.Carried.Length; i++)
        {
            var left = TakeBar(op.Carried[i].Param, child);
            if (!Equals(left, bars[i]) && _activity.IsActive(op.Carried[i])) _choices.DoNotFuse(op);
        }

        var carried = op.Carried.ToBuilder();
        var yields = op.Body.Yields.ToBuilder();
        var sums = new List<(Value Outer, Value Sum)>();
        foreach (var (outer, sum) in Leftovers(child))
        {
            var (param, result) = (_values.Fresh(outer.Type, BarName(outer)), _values.Fresh(outer.Type, BarName(outer)));
            carried.Add(new Carried(param, new NumberConstant((ScalarType)outer.Type, 0), result));
            yields.Add(child.Code.Compute(outer.Type, Opcode.Add, param, sum));
            sums.Add((outer, result));
        }

        var body = new Block(ForwardOps(child).AddRange(child.Code.Ops), yields.ToImmutable());
        var fused = op with { Carried = carried.ToImmutable(), Body = body };
        for (var i = 0; i < op.Carried.Length; i++) Contribute(op.Carried[i].Init, bars[i], frame);
        if (contribute)
        {
            foreach (var (outer, sum) in sums) frame.AddBar(outer, sum);
        }

        return (fused, sums);
    }

    /// <summary>Runs the loop again where its adjoint belongs, forward and reverse code together.</summary>
    private void ReplayLoop(Loop op, int position, Frame frame, List<Operand?> bars)
    {
        var (fused, sums) = FuseLoop(op, position, frame, bars, contribute: false);
        var copy = new Substitution(_values);
        frame.Code.Line = op.Line;
        frame.Code.Add(copy.Map(fused));
        foreach (var (outer, sum) in sums) frame.AddBar(outer, copy.Map(sum));
    }

    /// <summary>Whether the loop may run a second time at the point of its adjoint and compute and write the same values.</summary>
    private bool CanReplay(Loop loop, int position, Frame frame)
    {
        if (!_options.Fuse || frame.Kind != FrameKind.Same || _choices.IsNotFused(loop) || !_independence.Holds(loop)) return false;
        var written = _effects.Writes(loop);
        var touched = new HashSet<Operand>(written);
        touched.UnionWith(_effects.Reads(loop));
        for (var i = position + 1; i < frame.Primal.Ops.Length; i++)
        {
            if (_effects.Writes(frame.Primal.Ops[i]).Any(touched.Contains)) return false;
        }

        // What it writes must not be what it reads, unless it is each iteration's own.
        return written.All(root => !_effects.Reads(loop).Contains(root) || _iterationArrays.IsPrivate(root, loop));
    }

    /// <summary>Notes that the outermost loop around the frame should be run again rather than have an inner loop's values saved.</summary>
    private bool MarkForReplay(Frame frame)
    {
        var outer = frame;
        while (outer.Parent is { Kind: not FrameKind.Same } parent) outer = parent;
        if (outer.Parent is null || ReferenceEquals(outer, frame)) return false;
        if (outer.Owner is not Loop loop || !CanReplay(loop, outer.Position, outer.Parent)) return false;
        _choices.Replay(loop);
        return true;
    }
}
