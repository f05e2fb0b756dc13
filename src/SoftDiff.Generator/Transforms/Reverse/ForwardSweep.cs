namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The forward sweep: the primal code, with what the walk put before, after and in place of its operations, and with the values it keeps.
/// </summary>
internal static class ForwardSweep
{
    /// <summary>
    /// The forward code of a block. <paramref name="clears"/> sets gradients to zero as late as possible, so that guards of the
    /// method throw before anything of the caller's is written.
    /// </summary>
    public static ImmutableArray<Op> Ops(Frame frame, ImmutableArray<Op>? clears = null)
    {
        var ops = ImmutableArray.CreateBuilder<Op>();
        var pending = clears ?? ImmutableArray<Op>.Empty;
        for (var i = 0; i < frame.Primal.Ops.Length; i++)
        {
            if (frame.Moved.Contains(i)) continue;
            if (frame.Before.TryGetValue(i, out var before)) ops.AddRange(before);
            if (frame.Replaced.TryGetValue(i, out var replaced))
            {
                ops.AddRange(pending);
                pending = ImmutableArray<Op>.Empty;
                ops.AddRange(replaced);
            }
            else
            {
                ops.Add(Keep(frame.Primal.Ops[i], frame));
            }

            if (frame.After.TryGetValue(i, out var after)) ops.AddRange(after);
        }

        ops.AddRange(pending);
        ops.AddRange(frame.Tail.Ops);
        return ops.ToImmutable();
    }

    /// <summary>The operation with whatever its blocks' frames want kept.</summary>
    private static Op Keep(Op op, Frame frame)
    {
        if (!op.Blocks().Any(frame.Children.ContainsKey)) return op;
        switch (op)
        {
            case If @if:
            {
                var (then, @else) = (frame.Children[@if.Then], frame.Children[@if.Else]);
                return @if with
                {
                    Then = HandOut(then, @else, thenFirst: true),
                    Else = HandOut(@else, then, thenFirst: false),
                    Values = @if.Values.AddRange(then.HandedOut.Select(h => h.Result)).AddRange(@else.HandedOut.Select(h => h.Result)),
                };
            }

            case Loop loop:
            {
                var child = frame.Children[loop.Body];
                return loop with { Body = new Block(Ops(child), loop.Body.Yields), Trips = child.Trips ?? loop.Trips };
            }

            default:
                throw new UnknownOperationException("The forward sweep", op);
        }
    }

    /// <summary>
    /// A branch that also yields what either branch hands out; a value of the other branch has no meaning here and is zero.
    /// </summary>
    private static Block HandOut(Frame own, Frame other, bool thenFirst)
    {
        if (own.Primal.Throws()) return own.Primal;
        var mine = own.HandedOut.Select(h => (Operand)h.Primal);
        var theirs = other.HandedOut.Select(h => Operand.Zero(h.Result.Type));
        return new Block(Ops(own), own.Primal.Yields.AddRange(thenFirst ? mine.Concat(theirs) : theirs.Concat(mine)));
    }
}
