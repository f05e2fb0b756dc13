namespace SoftDiff.Generator.IR;

/// <summary>
/// A derivative of a function of the module that is not written out yet: the one operation in the body of a declared transformation. The
/// arguments are the function's parameters, the results what it returns and its by-reference results. The first pass replaces it.
/// </summary>
internal sealed record Transform(ImmutableArray<Value> Values, Transformation What, string Target, ImmutableArray<Operand> Args) : Op
{
    public override ImmutableArray<Value> Results => Values;

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Unknown;

    /// <summary>The operation that is the body of a function, if that is a declared transformation that is not written out yet.</summary>
    public static Transform? Of(Function function) => function.Body.Ops.Length == 1 ? function.Body.Ops[0] as Transform : null;

    public override IEnumerable<Operand> Reads() => Args;

    public override IEnumerable<Operand> ElementsRead() => Args.Where(a => a.Type is ArrayType);

    public override IEnumerable<Operand> ElementsWritten() => Args.Where(a => a.Type is ArrayType { IsReadOnly: false });

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Values.Concat(ElementsWritten()).SelectMany(to => Args.Select(from => (to, from)));

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Values = by.Define(Values) };
    }
}
