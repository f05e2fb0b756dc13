using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Drops operations whose results nobody reads, stores to local arrays that nobody reads, and loop variables that only feed themselves.
/// Marks and sweeps. Marking starts at the function's results and at the operations with effects, and continues with the operands of each
/// marked operation. Every operation is looked at once, so the time grows with the size of the function. Input: a function. Output: its
/// body. Relies on <see cref="Definitions"/> for whose storage a view shares. (As Cytron et al. 1991 do for static single assignment.)
/// </summary>
internal sealed class DeadCode
{
    private readonly Definitions _definitions;
    private readonly HashSet<Operand> _live = new();
    private readonly HashSet<Operand> _observed = new();

    /// <summary>Where each value is defined; for a result of an If and a variable of a loop also at which position.</summary>
    private readonly Dictionary<Value, (Site Site, int Position)> _places = new();

    /// <summary>The operations that write to a local array, by the array; they are needed when it is read.</summary>
    private readonly Dictionary<Operand, List<Site>> _writers = new();

    private readonly Stack<Site> _needed = new();
    private readonly Stack<Value> _marked = new();

    /// <summary>The parameters that nobody reads after the call.</summary>
    private readonly HashSet<Operand> _consumed;

    private DeadCode(Function function)
    {
        _definitions = new Definitions(function);
        _consumed = new HashSet<Operand>(function.Parameters.Where(p => p.IsConsumed).Select(p => p.Value));
    }

    public static Block Remove(Function function)
    {
        var pass = new DeadCode(function);
        var sites = pass.Enter(function.Body, null);
        pass.Mark(function.Body.Yields);
        pass.Follow();
        return pass.Sweep(function.Body, sites);
    }

    /// <summary>An operation at its place.</summary>
    private sealed class Site
    {
        public Site(Op op, Site? owner)
        {
            Op = op;
            Owner = owner;
        }

        public Op Op { get; }

        public Site? Owner { get; }

        /// <summary>The operations of the blocks it owns.</summary>
        public Site[][] Inner { get; set; } = Array.Empty<Site[]>();

        public bool IsNeeded { get; set; }
    }

    private Site[] Enter(Block block, Site? owner)
    {
        var sites = new Site[block.Ops.Length];
        for (var i = 0; i < sites.Length; i++)
        {
            var op = block.Ops[i];
            var site = sites[i] = new Site(op, owner);
            Define(site);
            if (IsAlwaysNeeded(site)) Need(site);
            if (op is If or Loop) site.Inner = op.Blocks().Select(inner => Enter(inner, site)).ToArray();
        }

        return sites;
    }

    private void Define(Site site)
    {
        var results = site.Op.Results;
        for (var i = 0; i < results.Length; i++) _places[results[i]] = (site, i);
        if (site.Op is not Loop loop) return;
        for (var i = 0; i < loop.Carried.Length; i++) _places[loop.Carried[i].Param] = (site, i);
    }

    private bool IsAlwaysNeeded(Site site)
    {
        switch (site.Op)
        {
            case Store or Accumulate or Fill or Copy:
                var arrays = site.Op.ElementsWritten().Select(_definitions.Root).ToList();
                foreach (var array in arrays)
                {
                    if (!_writers.TryGetValue(array, out var writers)) _writers.Add(array, writers = new List<Site>());
                    writers.Add(site);
                }

                return !arrays.All(IsOwn);
            case If or For:
                return false;
            case While:
                // It might not end, and that is behaviour too.
                return true;
            default:
                return !site.Op.Freedom.HasFlag(Freedom.Drop);
        }
    }

    /// <summary>Whether the array is the function's own, so that only its code can see the elements.</summary>
    private bool IsOwn(Operand root) => root is Value value && (_definitions[value].Op is Allocate || _consumed.Contains(value));

    private void Need(Site site)
    {
        if (site.IsNeeded) return;
        site.IsNeeded = true;
        _needed.Push(site);
    }

    private void Mark(Operand operand)
    {
        if (operand is Value value && _live.Add(value)) _marked.Push(value);
    }

    private void Mark(IEnumerable<Operand> operands)
    {
        foreach (var operand in operands) Mark(operand);
    }

    private bool IsLive(Operand operand) => _live.Contains(operand);

    private void Observe(Operand array)
    {
        var root = _definitions.Root(array);
        if (!_observed.Add(root) || !_writers.TryGetValue(root, out var writers)) return;
        foreach (var writer in writers) Need(writer);
    }

    private void Follow()
    {
        while (true)
        {
            if (_marked.Count > 0) FollowValue(_marked.Pop());
            else if (_needed.Count > 0) FollowOp(_needed.Pop());
            else return;
        }
    }

    private void FollowValue(Value value)
    {
        if (!_places.TryGetValue(value, out var place)) return;
        Need(place.Site);
        switch (place.Site.Op)
        {
            case If @if:
                // A block that throws yields nothing.
                if (place.Position < @if.Then.Yields.Length) Mark(@if.Then.Yields[place.Position]);
                if (place.Position < @if.Else.Yields.Length) Mark(@if.Else.Yields[place.Position]);
                break;
            case Loop loop when place.Position < loop.Carried.Length:
                Mark(loop.Carried[place.Position].Param);
                Mark(loop.Carried[place.Position].Init);
                Mark(loop.Body.Yields[place.Position]);
                break;
        }
    }

    private void FollowOp(Site site)
    {
        var op = site.Op;
        if (site.Owner is not null) Need(site.Owner);
        switch (op)
        {
            case Loop loop:
                // The initial value of a variable is needed only if the variable is.
                Mark(loop.Bounds());
                if (loop is While @while) Mark(@while.Condition.Yields);
                if (loop.Exit is not null) Mark(loop.Exit);
                break;
            default:
                Mark(op.Reads());
                break;
        }

        if (op is not (Store or Accumulate or Fill))
        {
            foreach (var array in op.ElementsRead()) Observe(array);
        }

        if (op is Invoke or Call or RuleCall)
        {
            foreach (var array in op.ElementsWritten()) Observe(array);
        }
    }

    private Block Sweep(Block block, Site[] sites)
    {
        var ops = ImmutableArray.CreateBuilder<Op>();
        foreach (var site in sites)
        {
            if (!site.IsNeeded) continue;
            ops.Add(site.Op switch
            {
                If @if => SweepIf(@if, site),
                Loop loop => SweepLoop(loop, site),
                _ => site.Op,
            });
        }

        return block with { Ops = ops.ToImmutable() };
    }

    private If SweepIf(If op, Site site)
    {
        var kept = Enumerable.Range(0, op.Values.Length).Where(i => IsLive(op.Values[i])).ToList();
        return op with { Values = Pick(op.Values, kept), Then = SweepBody(op.Then, site.Inner[0], kept), Else = SweepBody(op.Else, site.Inner[1], kept) };
    }

    private Loop SweepLoop(Loop op, Site site)
    {
        var kept = Kept(op);
        var swept = op with { Carried = Pick(op.Carried, kept), Body = SweepBody(op.Body, site.Inner[site.Inner.Length - 1], kept), Trips = LiveTrips(op) };
        return swept is While loop ? loop with { Condition = Sweep(loop.Condition, site.Inner[0]) } : swept;
    }

    private List<int> Kept(Loop loop) =>
        Enumerable.Range(0, loop.Carried.Length).Where(i => IsLive(loop.Carried[i].Param) || IsLive(loop.Carried[i].Result)).ToList();

    private Value? LiveTrips(Loop loop) => loop.Trips is { } trips && IsLive(trips) ? trips : null;

    private Block SweepBody(Block block, Site[] sites, List<int> kept)
    {
        var swept = Sweep(block, sites);
        return block.Yields.IsEmpty ? swept : swept with { Yields = Pick(block.Yields, kept) };
    }

    private static ImmutableArray<T> Pick<T>(ImmutableArray<T> items, List<int> kept) => kept.Select(i => items[i]).ToImmutableArray();
}
