using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Drops operations whose results nobody reads, stores to local arrays that nobody reads, and loop variables that only feed themselves. Marks what
/// is live from the function's results and from operations with effects, to a fixed point, then sweeps. Input: a function. Output: its body. Relies
/// on <see cref="Definitions"/> for whose storage a view shares. (As Cytron et al. 1991 do for static single assignment.)
/// </summary>
internal sealed class DeadCode
{
    private readonly Definitions _definitions;
    private readonly HashSet<Operand> _live = new();
    private bool _changed;

    private DeadCode(Function function) => _definitions = new Definitions(function);

    public static Block Remove(Function function)
    {
        var pass = new DeadCode(function);
        do
        {
            pass._changed = false;
            pass.MarkAll(function.Body.Yields);
            pass.Mark(function.Body);
        }
        while (pass._changed);
        return pass.Sweep(function.Body);
    }

    private void Mark(Operand operand)
    {
        if (operand is Value && _live.Add(operand)) _changed = true;
    }

    private void MarkAll(IEnumerable<Operand> operands)
    {
        foreach (var operand in operands) Mark(operand);
    }

    private bool IsLive(Operand operand) => _live.Contains(operand);

    /// <summary>Whether somebody may see the array's elements: it is not the function's own, or it is read.</summary>
    private bool IsObserved(Operand array)
    {
        var root = _definitions.Root(array);
        return root is not Value value || _definitions[value].Op is not Allocate || _observed.Contains(root);
    }

    private readonly HashSet<Operand> _observed = new();

    private void Observe(Operand array)
    {
        if (_observed.Add(_definitions.Root(array))) _changed = true;
    }

    private bool IsNeeded(Op op) => op switch
    {
        Store or Accumulate or Fill or Copy => op.ElementsWritten().Any(IsObserved),
        If @if => @if.Values.Any(IsLive) || HasNeeded(@if.Then) || HasNeeded(@if.Else),
        For loop => loop.Results.Any(IsLive) || HasNeeded(loop.Body),
        // A while loop might not end, and that is behaviour too.
        While => true,
        _ => !op.Freedom.HasFlag(Freedom.Drop) || op.Results.Any(IsLive),
    };

    private bool HasNeeded(Block block) => block.Ops.Any(IsNeeded);

    private void Mark(Block block)
    {
        foreach (var op in block.Ops.Reverse())
        {
            if (!IsNeeded(op)) continue;
            MarkAll(op is Loop counted ? counted.Bounds() : op.Reads());
            if (op is not (Store or Accumulate or Fill))
            {
                foreach (var array in op.ElementsRead()) Observe(array);
            }

            if (op is Invoke or Call or RuleCall)
            {
                foreach (var array in op.ElementsWritten()) Observe(array);
            }

            switch (op)
            {
                case If @if:
                    for (var i = 0; i < @if.Values.Length; i++)
                    {
                        if (!IsLive(@if.Values[i])) continue;
                        if (i < @if.Then.Yields.Length) Mark(@if.Then.Yields[i]);
                        if (i < @if.Else.Yields.Length) Mark(@if.Else.Yields[i]);
                    }

                    Mark(@if.Then);
                    Mark(@if.Else);
                    break;
                case Loop loop:
                    if (loop.Exit is not null) Mark(loop.Exit);
                    for (var i = 0; i < loop.Carried.Length; i++)
                    {
                        var carried = loop.Carried[i];
                        if (!IsLive(carried.Result) && !IsLive(carried.Param)) continue;
                        Mark(carried.Param);
                        Mark(carried.Init);
                        Mark(loop.Body.Yields[i]);
                    }

                    if (loop is While @while)
                    {
                        MarkAll(@while.Condition.Yields);
                        Mark(@while.Condition);
                    }

                    Mark(loop.Body);
                    break;
            }
        }
    }

    private Block Sweep(Block block)
    {
        var ops = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in block.Ops)
        {
            if (!IsNeeded(op)) continue;
            ops.Add(op switch
            {
                If @if => SweepIf(@if),
                Loop loop => SweepLoop(loop),
                _ => op,
            });
        }

        return block with { Ops = ops.ToImmutable() };
    }

    private If SweepIf(If op)
    {
        var kept = Enumerable.Range(0, op.Values.Length).Where(i => IsLive(op.Values[i])).ToList();
        return op with { Values = Pick(op.Values, kept), Then = SweepBody(op.Then, kept), Else = SweepBody(op.Else, kept) };
    }

    private Loop SweepLoop(Loop op)
    {
        var kept = Kept(op);
        var swept = op with { Carried = Pick(op.Carried, kept), Body = SweepBody(op.Body, kept), Trips = LiveTrips(op) };
        return swept is While loop ? loop with { Condition = Sweep(loop.Condition) } : swept;
    }

    private List<int> Kept(Loop loop) =>
        Enumerable.Range(0, loop.Carried.Length).Where(i => IsLive(loop.Carried[i].Param) || IsLive(loop.Carried[i].Result)).ToList();

    private Value? LiveTrips(Loop loop) => loop.Trips is { } trips && IsLive(trips) ? trips : null;

    private Block SweepBody(Block block, List<int> kept)
    {
        var swept = Sweep(block);
        return block.Yields.IsEmpty ? swept : swept with { Yields = Pick(block.Yields, kept) };
    }

    private static ImmutableArray<T> Pick<T>(ImmutableArray<T> items, List<int> kept) => kept.Select(i => items[i]).ToImmutableArray();
}
