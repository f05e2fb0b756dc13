namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// The derivative of a target, and for each of its parameters what it belongs to. The order of the added parameters is that in which
/// forward and reverse mode add them. Its body is copied into another function with operands for its parameters.
/// </summary>
/// <param name="Module">The derivative and what it calls.</param>
/// <param name="Slots">One for each parameter of the root.</param>
internal sealed record Derived(Module Module, ImmutableArray<Slot> Slots)
{
    public static Derived Of(Module target) => new(target, target.Root.Parameters.Select(p => new Slot(SlotKind.Primal, p.Value)).ToImmutableArray());

    /// <summary>One differentiation more. The module is prepared for it.</summary>
    public Derived Then(CompanionKind kind, Func<Module, Module> differentiate)
    {
        var root = Module.Root;
        var written = Signatures.Written(root);
        var isForward = kind == CompanionKind.Jvp;
        var slots = Slots.ToBuilder();
        if (kind == CompanionKind.Vjp && root.Returns is { IsFloat: true }) slots.Add(new Slot(SlotKind.Bar, null));
        foreach (var parameter in isForward ? Signatures.ResultsLast(root.Parameters) : Signatures.ResultsFirst(root.Parameters))
        {
            var i = root.Parameters.IndexOf(parameter);
            if (!Signatures.IsInOut(parameter, written) && !Signatures.IsOut(parameter) && !Signatures.IsInput(parameter, written)) continue;
            var added = !isForward ? SlotKind.Bar : Slots[i].Kind == SlotKind.Bar ? SlotKind.BarDot : SlotKind.Dot;
            slots.Add(Slots[i] with { Kind = added });
        }

        if (isForward && root.Returns is { IsFloat: true }) slots.Add(new Slot(SlotKind.Dot, null));
        var derived = differentiate(Module);
        if (derived.Root.Parameters.Length != slots.Count) throw new InvalidOperationException($"{derived.Root.Name} has parameters that belong to nothing.");
        return new Derived(derived, slots.ToImmutable());
    }

    /// <summary>Copies the body into a block.</summary>
    /// <param name="into">The block.</param>
    /// <param name="given">The operand for the parameter at a position, if it is one that is passed.</param>
    /// <param name="checksArguments">
    /// Whether it checks the lengths of the parameters that the differentiations added, and that arrays do not overlap. Otherwise whoever
    /// copies it has done so.
    /// </param>
    public Results Embed(BlockBuilder into, Func<int, Operand> given, bool checksArguments)
    {
        var root = Module.Root;
        var map = new Substitution(into.Values);
        var named = new Dictionary<Operand, string>();
        for (var i = 0; i < root.Parameters.Length; i++)
        {
            var parameter = root.Parameters[i];
            if (parameter.Mode == ParameterMode.Out) continue;
            var operand = given(i);
            map[parameter.Value] = operand;
            if (operand is Value value) named[parameter.Value] = value.Name;
        }

        // An array of the body's own is its elements already, also where the derivative takes a matrix.
        foreach (var flatten in root.Body.Ops.OfType<Flatten>())
        {
            if (map.Map(flatten.Tensor) is { Type: ArrayType { IsContainer: false } } own) map[flatten.Result] = own;
        }

        var primal = new HashSet<Operand>(root.Parameters.Where((_, i) => Slots[i].Kind == SlotKind.Primal).Select(p => p.Value));
        bool IsAdded(Operand operand) => named.ContainsKey(operand) && !primal.Contains(operand);
        bool IsCheck(Op op) => (op is RequireDisjoint && op.Reads().All(named.ContainsKey)) || (op is RequireLength && op.Reads().Any(IsAdded));
        bool IsMapped(Op op) => op is Flatten flatten && map.Has(flatten.Result);
        var ops = root.Body.Ops.Where(op => (checksArguments || !IsCheck(op)) && !IsMapped(op)).Select(op => Renamed(op, named)).ToImmutableArray();
        var body = map.Map(root.Body with { Ops = ops });
        into.AddRange(body.Ops);
        return new Results(root, Slots, body.Yields);
    }

    /// <summary>A check names the parameters as the user does.</summary>
    private static Op Renamed(Op op, IReadOnlyDictionary<Operand, string> named)
    {
        string Name(Operand operand, string name) => named.TryGetValue(operand, out var given) && given.Length > 0 ? given : name;
        return op switch
        {
            RequireLength o => o with { Name = Name(o.Array, o.Name), LikeName = Name(o.Like, o.LikeName) },
            RequireDisjoint o => o with { FirstName = Name(o.First, o.FirstName), SecondName = Name(o.Second, o.SecondName) },
            _ => op,
        };
    }
}
