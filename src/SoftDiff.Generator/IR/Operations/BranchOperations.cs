namespace SoftDiff.Generator.IR;

/// <summary>Runs one of two blocks; results take the yields of the block that ran. A block that ends in <see cref="Throw"/> yields nothing.</summary>
internal sealed record If(Operand Condition, Block Then, Block Else, ImmutableArray<Value> Values) : Op
{
    public override ImmutableArray<Value> Results => Values;

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Structure;

    public override bool NeverReturns => Then.Throws() && Else.Throws();

    public override IEnumerable<Operand> Reads() => new[] { Condition };

    public override ImmutableArray<Block> Blocks() => ImmutableArray.Create(Then, Else);

    public override Op MapBlocks(Func<Block, Block> map)
    {
        var then = map(Then);
        return this with { Then = then, Else = map(Else) };
    }

    public override IEnumerable<Operand> MayShareStorage() => Then.Yields.Concat(Else.Yields).Concat(Values).Where(o => o.Type is ArrayType);

    public override IEnumerable<(Operand To, Operand From)> Flows()
    {
        foreach (var branch in new[] { Then, Else })
        {
            for (var i = 0; i < branch.Yields.Length && i < Values.Length; i++) yield return (Values[i], branch.Yields[i]);
        }
    }

    public override Op Rebuild(Rebuilder by)
    {
        var condition = by.Map(Condition);
        var (then, @else) = (by.Map(Then), by.Map(Else));
        return this with { Condition = condition, Then = then, Else = @else, Values = by.Define(Values) };
    }
}
