namespace SoftDiff.Generator.IR;

/// <summary>A call of another function of the module.</summary>
internal sealed record Call(ImmutableArray<Value> Values, string Callee, ImmutableArray<Operand> Args) : Op
{
    /// <summary>Positions of the arrays that the callee leaves as they are; of the others it is taken to write those it can.</summary>
    public ImmutableArray<int> ReadOnly { get; init; } = ImmutableArray<int>.Empty;

    public override ImmutableArray<Value> Results => Values;

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Call;

    public override IEnumerable<Operand> Reads() => Args;

    public override IEnumerable<Operand> ElementsRead() => Args.Where(a => a.Type.IsStorage);

    public override IEnumerable<Operand> ElementsWritten() =>
        Args.Where((a, i) => a.Type is TapeType || (a.Type is ArrayType { IsReadOnly: false } && !ReadOnly.Contains(i)));

    public override IEnumerable<Operand> MayShareStorage() =>
        Values.Any(v => v.Type is ArrayType) ? Values.Concat(Args).Where(o => o.Type is ArrayType) : Enumerable.Empty<Operand>();

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Values.Concat(ElementsWritten()).SelectMany(to => Args.Select(from => (to, from)));

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Values = by.Define(Values) };
    }
}

/// <summary>
/// A call of a method that has a derivative rule of its own. <paramref name="Values"/>: what it returns, then its out parameters; none for a
/// method that writes destinations only.
/// </summary>
internal sealed record RuleCall(ImmutableArray<Value> Values, CustomRule Rule, ImmutableArray<Operand> Args) : Op
{
    public override ImmutableArray<Value> Results => Values;

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Call;

    public override IEnumerable<Operand> Reads() => Args;

    public override IEnumerable<Operand> ElementsRead() =>
        Args.Where((a, i) => a.Type is ArrayType && Rule.Parameters[i].IsRead);

    public override IEnumerable<Operand> ElementsWritten() => Args.Where((_, i) => Rule.Parameters[i].IsWritten);

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Values.Concat(ElementsWritten()).SelectMany(to => Args.Where((_, i) => Rule.Parameters[i].IsDifferentiable).Select(from => (to, from)));

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Values = by.Define(Values) };
    }

    /// <summary>The call of the method itself.</summary>
    public Invoke Plain()
    {
        var args = Args.Select(a => (Operand?)a).ToList();
        foreach (var at in Rule.Outs) args.Insert(at, null);
        var returned = Values.Length - Rule.Outs.Length;
        var (returns, outs) = (Values.RemoveRange(returned, Rule.Outs.Length), Values.RemoveRange(0, returned));
        return new Invoke(returns, Rule.Primal, args.ToImmutableArray(), outs) { Line = Line, ReadOnly = Rule.ReadOnly };
    }
}

/// <summary>
/// A call by C# name: a rule's method, a companion in another assembly, a guard of the framework.
/// <paramref name="Returns"/>: none for void, one value, or the items of a tuple. A null argument stands for the next out value.
/// Arrays passed as anything but a read-only span may be written, except those at the positions <see cref="ReadOnly"/>.
/// </summary>
internal sealed record Invoke(ImmutableArray<Value> Returns, string Method, ImmutableArray<Operand?> Args, ImmutableArray<Value> Outs) : Op
{
    /// <summary>A call without out arguments.</summary>
    public Invoke(ImmutableArray<Value> returns, string method, IEnumerable<Operand> args)
        : this(returns, method, args.ToImmutableArray<Operand?>(), ImmutableArray<Value>.Empty)
    {
    }

    /// <summary>Positions of the arguments that the method takes by value or as read-only spans, whatever they are here.</summary>
    public ImmutableArray<int> ReadOnly { get; init; } = ImmutableArray<int>.Empty;

    /// <summary>The rule's method that is called, which says how the call is differentiated again; null for what has no derivative.</summary>
    public RuleMethod? Derivative { get; init; }

    public override ImmutableArray<Value> Results => Returns.AddRange(Outs);

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Unknown;

    public override IEnumerable<Operand> Reads() => Args.Where(a => a is not null).Select(a => a!);

    public override IEnumerable<Operand> ElementsRead() => Reads().Where(a => a.Type is ArrayType);

    public override IEnumerable<Operand> ElementsWritten() =>
        Args.Where((a, i) => a?.Type is ArrayType { IsReadOnly: false } && !ReadOnly.Contains(i)).Select(a => a!);

    public override IEnumerable<Operand> MayShareStorage() =>
        Returns.Any(r => r.Type is ArrayType) ? Results.Concat(Reads()).Where(o => o.Type is ArrayType) : Enumerable.Empty<Operand>();

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Results.Concat(ElementsWritten()).SelectMany(to => Reads().Select(from => (to, from)));

    public override Op Rebuild(Rebuilder by)
    {
        var args = Args.Select(by.MapOptional).ToImmutableArray();
        return this with { Args = args, Returns = by.Define(Returns), Outs = by.Define(Outs) };
    }
}
