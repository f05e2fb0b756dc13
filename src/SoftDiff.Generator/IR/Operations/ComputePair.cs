namespace SoftDiff.Generator.IR;

/// <summary>
/// A scalar function and the one that its row pairs it with (<see cref="ScalarFunction.Pair"/>), of one operand, by one call: the sine and the
/// cosine. The last passes join two <see cref="Compute"/> to one.
/// </summary>
internal sealed record ComputePair(Value First, Value Second, Opcode Code, Operand Arg) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(First, Second);

    public override Freedom Freedom => Freedom.All;

    public override DerivativeRole Role => DerivativeRole.Function;

    public override IEnumerable<Operand> Reads() => new[] { Arg };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { ((Operand)First, Arg), (Second, Arg) };

    public override Op Rebuild(Rebuilder by)
    {
        var arg = by.Map(Arg);
        return this with { Arg = arg, First = by.Define(First), Second = by.Define(Second) };
    }
}
