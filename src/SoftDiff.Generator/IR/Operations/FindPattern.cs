namespace SoftDiff.Generator.IR;

/// <summary>
/// The pattern of a sparse Jacobian, which a function of the module finds. The function is called only if a shape, or what an integer or a
/// bool among the arguments holds, differs from the call before; it depends on nothing else and writes none of its arguments.
/// </summary>
internal sealed record FindPattern(Value Result, string Callee, ImmutableArray<Operand> Args) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Constant;

    public override IEnumerable<Operand> Reads() => Args;

    public override IEnumerable<Operand> ElementsRead() => Args.Where(a => a.Type is ArrayType);

    public override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Result = by.Define(Result) };
    }
}
