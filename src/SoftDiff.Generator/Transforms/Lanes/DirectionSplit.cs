using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Splits the body of a loop over directions in two: operations that do the same for every direction, and those that vary. A loop or branch that has both
/// becomes two, one of each kind (loop distribution). Relies on <see cref="Variation"/>, and on all uniform code to run first.
/// </summary>
internal sealed class DirectionSplit : Rebuilder
{
    private readonly Variation _variation;
    private readonly UniformValues _uniform;
    private readonly ValueSource _values;
    private bool _hasFailed;

    private DirectionSplit(Variation variation, UniformValues uniform, ValueSource values) =>
        (_variation, _uniform, _values) = (variation, uniform, values);

    /// <summary>The uniform operations and the loop with the others; null if they cannot be separated.</summary>
    public static (ImmutableArray<Op> Before, For Loop)? Of(For loop, Variation variation, Definitions definitions, Effects effects, ValueSource values)
    {
        var uniform = new UniformValues(loop, definitions, effects);
        var split = new DirectionSplit(variation, uniform, values);
        var whole = new SplitFrame(values, null, null);
        var before = ImmutableArray.CreateBuilder<Op>();
        for (var i = 0; i < loop.Body.Ops.Length; i++)
        {
            (uniform.Position, uniform.Buffers) = (i, new BlockBuilder(values));
            split.Add(loop.Body.Ops[i], whole);
            before.AddRange(uniform.Buffers.Ops);
            before.AddRange(whole.Uniform.Take(_ => true));
        }

        return split._hasFailed || uniform.HasFailed ? null : (before.ToImmutable(), (For)loop.WithBody(whole.Varying.Build()));
    }

    public override Operand Map(Operand operand) => _uniform.Of(operand);

    public override Value Define(Value value) => value;

    public override Block Map(Block block) => throw new InvalidOperationException("Blocks are split.");

    private void Add(Op op, SplitFrame frame)
    {
        if (IsUniform(op))
        {
            frame.Uniform.Add(op);
            foreach (var result in op.Results) _uniform.Add(result, frame);
            return;
        }

        switch (op)
        {
            case For loop: AddLoop(loop, frame); break;
            case If branch: AddBranch(branch, frame); break;
            case { } simple when simple.Blocks().IsEmpty: frame.Varying.Add(simple.Rebuild(this)); break;
            default: _hasFailed = true; break;
        }
    }

    private bool IsUniform(Op op)
    {
        var inside = new HashSet<Operand>(op.WithNested().SelectMany(o => o.Results.Concat(o.BlockParameters())));
        return !inside.Any(_variation.Varies)
            && op.AllReads().All(read => inside.Contains(read) || (_uniform.IsUniform(read) && !_variation.Varies(read) && !_variation.IsIndex(read)))
            && !op.Results.Any(_variation.IsIndex);
    }

    private void AddLoop(For loop, SplitFrame frame)
    {
        var inner = new SplitFrame(_values, frame, loop);
        _uniform.Add(loop.Index, inner);
        foreach (var carried in loop.Carried.Where(c => !_variation.Varies(c.Param))) _uniform.Add(carried.Param, inner);
        foreach (var op in loop.Body.Ops) Add(op, inner);
        if (!loop.Bounds().All(_uniform.IsUniform)) _hasFailed = true;

        var exit = loop.Exit is null ? null : _uniform.Of(loop.Exit);
        var (uniform, varying) = (Part(varies: false), Part(varies: true));
        var same = loop with { Carried = uniform.Carried, Body = new Block(inner.Uniform.Ops, uniform.Yields) };
        if (same.Body.Ops.Length > 0 || same.Results.Length > 0) frame.Uniform.Add(same);
        foreach (var result in same.Results) _uniform.Add(result, frame);
        frame.Varying.Add(loop with
        {
            Index = inner.Index!,
            Start = Map(loop.Start),
            End = Map(loop.End),
            Carried = varying.Carried.Select(c => c with { Init = Map(c.Init) }).ToImmutableArray(),
            Body = new Block(inner.Varying.Ops, varying.Yields),
            Exit = exit,
            Trips = null,
        });

        (ImmutableArray<Carried> Carried, ImmutableArray<Operand> Yields) Part(bool varies)
        {
            var kept = loop.Carried.Select((carried, i) => (Carried: carried, Yield: loop.Body.Yields[i])).Where(c => _variation.Varies(c.Carried.Param) == varies).ToList();
            return (kept.Select(c => c.Carried).ToImmutableArray(), kept.Select(c => varies ? Map(c.Yield) : c.Yield).ToImmutableArray());
        }
    }

    private void AddBranch(If branch, SplitFrame frame)
    {
        var condition = Map(branch.Condition);
        var (then, @else) = (Split(branch.Then), Split(branch.Else));
        var same = branch with { Then = then.Same, Else = @else.Same, Values = branch.Values.Where(v => !_variation.Varies(v)).ToImmutableArray() };
        if (same.Blocks().Any(b => b.Ops.Length > 0) || same.Values.Length > 0) frame.Uniform.Add(same);
        foreach (var value in same.Values) _uniform.Add(value, frame);
        frame.Varying.Add(branch with { Condition = condition, Then = then.Varying, Else = @else.Varying, Values = branch.Values.Where(v => _variation.Varies(v)).ToImmutableArray() });

        (Block Same, Block Varying) Split(Block block)
        {
            var inner = new SplitFrame(_values, frame, null);
            foreach (var op in block.Ops) Add(op, inner);
            var (same, varying) = (new List<Operand>(), new List<Operand>());
            for (var i = 0; i < branch.Values.Length; i++)
            {
                // Where a branch throws, the uniform code has thrown, and the varying code does not come here.
                if (_variation.Varies(branch.Values[i])) varying.Add(block.Throws() ? Operand.Zero(branch.Values[i].Type) : Map(block.Yields[i]));
                else if (!block.Throws()) same.Add(block.Yields[i]);
            }

            return (new Block(inner.Uniform.Ops, same.ToImmutableArray()), new Block(inner.Varying.Ops, varying.ToImmutableArray()));
        }
    }
}
