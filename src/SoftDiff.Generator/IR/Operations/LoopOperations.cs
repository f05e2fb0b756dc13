namespace SoftDiff.Generator.IR;

/// <summary>A variable of a loop: <paramref name="Param"/> is its value in the body, <paramref name="Result"/> its value after the loop.</summary>
internal sealed record Carried(Value Param, Operand Init, Value Result);

/// <summary>
/// The common base of both kinds of loop. The body yields the next value of each carried variable; if <see cref="Exit"/> (a bool of the
/// body) is then true the loop ends. <see cref="Trips"/>, when wanted, is the number of times the body ran.
/// </summary>
internal abstract record Loop(ImmutableArray<Carried> Carried, Block Body, Operand? Exit, Value? Trips) : Op
{
    public override ImmutableArray<Value> Results
    {
        get
        {
            var results = ImmutableArray.CreateBuilder<Value>(Carried.Length + 1);
            foreach (var carried in Carried) results.Add(carried.Result);
            if (Trips is not null) results.Add(Trips);
            return results.ToImmutable();
        }
    }

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Structure;

    /// <summary>Operands read before the first iteration, except the initial values of the carried variables.</summary>
    public abstract IEnumerable<Operand> Bounds();

    public override IEnumerable<Operand> Reads() => Carried.Select(c => c.Init).Concat(Bounds());

    public override IEnumerable<Value> BlockParameters() => Carried.Select(c => c.Param);

    public override IEnumerable<Operand> MayShareStorage() =>
        Body.Yields.Concat(Carried.SelectMany(c => new[] { c.Init, c.Param, c.Result })).Where(o => o.Type is ArrayType);

    public override IEnumerable<(Operand To, Operand From)> Flows()
    {
        for (var i = 0; i < Carried.Length; i++)
        {
            yield return (Carried[i].Param, Carried[i].Init);
            yield return (Carried[i].Param, Body.Yields[i]);
            yield return (Carried[i].Result, Carried[i].Init);
            yield return (Carried[i].Result, Body.Yields[i]);
        }
    }

    /// <summary>The loop with another body.</summary>
    public Loop WithBody(Block body) => this with { Body = body };
}

/// <summary>
/// Counted: index = start, start + step, … while it is before <paramref name="End"/> (in the direction of the step; also at it if
/// <paramref name="Inclusive"/>). The bounds are read once, the body cannot change the index.
/// </summary>
internal sealed record For(
    Value Index, Operand Start, Operand End, int Step, bool Inclusive,
    ImmutableArray<Carried> Carried, Block Body, Operand? Exit = null, Value? Trips = null) : Loop(Carried, Body, Exit, Trips)
{
    /// <summary>
    /// Whether each iteration is a derivative in another direction. Iterations are then independent: each writes elements of its own, and overwrites
    /// what it uses of arrays that it shares with others.
    /// </summary>
    public bool IsOverDirections { get; init; }

    /// <summary>Whether it counts by ones from 0 to its end, as indices of an array do.</summary>
    public bool IsPlain => this is { Step: 1, Inclusive: false, Exit: null, Start: IntegerConstant { Number: 0 } } && Index.Type == ScalarType.Int32;

    public override IEnumerable<Operand> Bounds() => new[] { Start, End };

    public override IEnumerable<Value> BlockParameters() => base.BlockParameters().Prepend(Index);

    public override ImmutableArray<Block> Blocks() => ImmutableArray.Create(Body);

    public override Op MapBlocks(Func<Block, Block> map) => this with { Body = map(Body) };

    public override Op Rebuild(Rebuilder by)
    {
        var (start, end) = (by.Map(Start), by.Map(End));
        var inits = Carried.Select(c => by.Map(c.Init)).ToArray();
        var index = by.Define(Index);
        var parameters = Carried.Select(c => by.Define(c.Param)).ToArray();
        var body = by.Map(Body);
        var exit = by.MapOptional(Exit);
        var carried = Carried.Select((c, i) => new Carried(parameters[i], inits[i], by.Define(c.Result))).ToImmutableArray();
        return this with { Index = index, Start = start, End = end, Carried = carried, Body = body, Exit = exit, Trips = by.DefineOptional(Trips) };
    }
}

/// <summary>Runs the body as long as the condition block, evaluated before each run, yields true.</summary>
internal sealed record While(
    ImmutableArray<Carried> Carried, Block Condition, Block Body, Operand? Exit = null, Value? Trips = null) : Loop(Carried, Body, Exit, Trips)
{
    public override IEnumerable<Operand> Bounds() => Enumerable.Empty<Operand>();

    public override ImmutableArray<Block> Blocks() => ImmutableArray.Create(Condition, Body);

    public override Op MapBlocks(Func<Block, Block> map)
    {
        var condition = map(Condition);
        return this with { Condition = condition, Body = map(Body) };
    }

    public override Op Rebuild(Rebuilder by)
    {
        var inits = Carried.Select(c => by.Map(c.Init)).ToArray();
        var parameters = Carried.Select(c => by.Define(c.Param)).ToArray();
        var (condition, body) = (by.Map(Condition), by.Map(Body));
        var exit = by.MapOptional(Exit);
        var carried = Carried.Select((c, i) => new Carried(parameters[i], inits[i], by.Define(c.Result))).ToImmutableArray();
        return this with { Carried = carried, Condition = condition, Body = body, Exit = exit, Trips = by.DefineOptional(Trips) };
    }
}
