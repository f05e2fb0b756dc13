namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// A declared transformation whose body is being written: its parameters by their roles, and the block that receives the code.
/// </summary>
internal sealed class DeclaredCode
{
    private readonly Function _declared;
    private readonly DeclaredSignature _signature;
    private readonly Dictionary<Value, Operand> _points = new();

    public DeclaredCode(Function declared, DeclaredSignature signature, TargetShape target, Derivatives derivatives)
    {
        _declared = declared;
        _signature = signature;
        Target = target;
        Derivatives = derivatives;
        Block = new BlockBuilder(new ValueSource(declared.MaxId() + 1));
    }

    public TargetShape Target { get; }

    public Derivatives Derivatives { get; }

    public BlockBuilder Block { get; }

    /// <summary>Whether the declaration returns the target's value.</summary>
    public bool ReturnsValue => _declared.Returns is not null;

    /// <summary>The declared name.</summary>
    public string Name => _declared.Name;

    /// <summary>The declared parameters.</summary>
    public ImmutableArray<Parameter> Parameters => _declared.Parameters;

    /// <summary>The declared parameter with that role; null if the declaration does without.</summary>
    public Value? Find(DeclaredRole role, Parameter? of)
    {
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (_signature.Parameters[i].Role == role && Equals(_signature.Parameters[i].Of?.Value, of?.Value)) return Parameters[i].Value;
        }

        return null;
    }

    /// <summary>
    /// What is passed to the target for one of its parameters. The elements of a tensor are taken once, however often it is passed.
    /// </summary>
    public Operand Point(Value primal)
    {
        if (_points.TryGetValue(primal, out var known)) return known;
        var value = Parameters[Target.Function.Parameters.ToList().FindIndex(p => p.Value.Equals(primal))].Value;
        return _points[primal] = value.Type is ArrayType { IsTensor: true } ? Block.Arrange(Block.Elements(value), Block.Lengths(value)) : value;
    }

    /// <summary>
    /// What is passed for a parameter of a companion. Those of its declaration stand in the same order, but for the scalars of a result that the
    /// declaration does not return.
    /// </summary>
    public Value Passed(Derived companion, int position)
    {
        var isReturned = Parameters.Any(p => p.IsReturned);
        var before = companion.Module.Root.Parameters.Take(position).Count(p => p.IsReturned);
        return Parameters[isReturned ? position : position - before].Value;
    }

    /// <summary>Throws for arrays of a wrong length and for written arrays that overlap others, before anything is written.</summary>
    /// <param name="rows">The number of rows of a matrix, if there is one.</param>
    /// <param name="columns">The number of columns.</param>
    public void CheckArguments(Operand? rows, Operand? columns)
    {
        var arrays = Parameters.Zip(_signature.Parameters, (declared, role) => (declared.Value, Role: role)).Where(a => a.Value.Type is ArrayType).ToList();
        foreach (var (value, role) in arrays)
        {
            if (role.Role == DeclaredRole.Matrix) Block.Add(new RequireMatrix(value, value.Name, rows!, columns!));
            else if (role is { Role: not DeclaredRole.Primal, Of: { } of }) Block.Add(new RequireLength(value, value.Name, Declared(of), Declared(of).Name));
        }

        for (var i = 0; i < arrays.Count; i++)
        {
            for (var j = i + 1; j < arrays.Count; j++)
            {
                var (first, second) = (arrays[i], arrays[j]);
                if (((ArrayType)first.Value.Type).Element != ((ArrayType)second.Value.Type).Element) continue;
                if (!IsWritten(first.Role) && !IsWritten(second.Role)) continue;
                Block.Add(new RequireDisjoint(second.Value, second.Value.Name, first.Value, first.Value.Name));
            }
        }
    }

    /// <summary>The function, whose results are the target's for its own parameters, and given ones for the others.</summary>
    /// <param name="run">What a run of the target, or of a derivative of it, gave; null if nothing of it is wanted.</param>
    /// <param name="result">The result for an <c>out</c> parameter that is not the target's.</param>
    /// <param name="returned">What it returns if that is not the target's value.</param>
    public Function Finish(Results? run, Func<DeclaredParameter, Operand> result, Operand? returned = null)
    {
        var yields = new List<Operand>();
        if (ReturnsValue) yields.Add(returned ?? run!.Returned!);
        var own = yields.Count;
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (!Parameters[i].IsResult) continue;
            var role = _signature.Parameters[i];
            var isOwn = role.Role == DeclaredRole.Primal;
            yields.Add(isOwn ? run![new Slot(SlotKind.Primal, role.Of!.Value)] : result(role));
            if (isOwn) own++;
        }

        return _declared with
        {
            Parameters = TargetShape.WithFlags(Parameters, Target.Function),
            Body = Block.Build(yields),
            Source = Target.Function.Source,
            PrimalResults = own,
        };
    }

    private Value Declared(Parameter primal) => Find(DeclaredRole.Primal, primal)!;

    private bool IsWritten(DeclaredParameter parameter) =>
        parameter is { Role: DeclaredRole.Primal, Of: { } of } ? Target.IsWritten(of) : parameter.Type is ArrayType { IsReadOnly: false };
}
