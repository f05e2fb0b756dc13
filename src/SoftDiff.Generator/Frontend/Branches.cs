using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

/// <summary>One way through a branch: its operations and what the variables hold at its end.</summary>
internal sealed class LoweredPath
{
    public LoweredPath(BlockBuilder block, Environment env)
    {
        Block = block;
        Env = env;
    }

    public BlockBuilder Block { get; set; }

    public Environment Env { get; set; }

    public Operand? Value { get; set; }
}

/// <summary>
/// Splits and joins control flow. Each branch has a block and an environment of its own; variables that differ at the end become results of an If.
/// </summary>
internal sealed class Branches
{
    private readonly Point _point;

    public Branches(Point point)
    {
        _point = point;
        Arrays = new ArrayVariables(point, this);
        Merges = new ArrayMerges(point, this, Arrays);
    }

    public ArrayVariables Arrays { get; }

    public ArrayMerges Merges { get; }

    public LoweredPath Path(Environment from, Action lower)
    {
        var path = new LoweredPath(new BlockBuilder(_point.Values) { Line = _point.Block.Line }, from.Copy());
        Continue(path, lower);
        return path;
    }

    public void Continue(LoweredPath path, Action lower)
    {
        var (block, env) = (_point.Block, _point.Env);
        (_point.Block, _point.Env) = (path.Block, path.Env);
        lower();
        (path.Block, path.Env) = (_point.Block, _point.Env);
        (_point.Block, _point.Env) = (block, env);
    }

    public void Branch(Operand condition, Action then, Action @else)
    {
        if (condition is BoolConstant known)
        {
            (known.Flag ? then : @else)();
            return;
        }

        var env = _point.Env;
        Join(condition, Path(env, then), Path(env, @else));
    }

    /// <summary>One of two values. Each is computed only in its own branch.</summary>
    public Operand Choose(Operand condition, Func<Operand> then, Func<Operand> @else)
    {
        if (condition is BoolConstant known) return (known.Flag ? then : @else)();
        var env = _point.Env;
        Operand? a = null, b = null;
        var first = Path(env, () => a = then());
        var second = Path(env, () => b = @else());
        first.Value = a;
        second.Value = b;
        // The right side of && may declare variables. They are read only if it was evaluated.
        foreach (var (path, other) in new[] { (first, second), (second, first) })
        {
            foreach (var declared in path.Env.Variables.Where(v => Environment.SymbolOf(v) is not null && !env.TryGet(v, out _)).ToList())
            {
                var unset = Composite.Map(path.Env.Held(declared)!, leaf => Constants.Default(leaf.Type));
                if (!other.Env.TryGet(declared, out _)) other.Env.Set(declared, unset);
                env.Set(declared, unset);
            }
        }

        return Join(condition, first, second)!;
    }

    /// <summary>Adds the If to the current block and makes its results what the variables hold.</summary>
    public Operand? Join(Operand condition, LoweredPath then, LoweredPath @else)
    {
        // A path that throws contributes nothing to the variables afterwards: the state of the other path continues.
        if (then.Env.IsDead || @else.Env.IsDead)
        {
            var (thenDead, elseDead) = (then.Env.IsDead, @else.Env.IsDead);
            var alive = thenDead ? @else : then;
            var (thenBlock, elseBlock) = (thenDead ? then.Block.Build() : Block.Empty, elseDead ? @else.Block.Build() : Block.Empty);
            _point.Block.Add(new If(condition, thenBlock, elseBlock, ImmutableArray<Value>.Empty));
            if (!(thenDead && elseDead)) _point.Block.AddRange(alive.Block.Ops);
            _point.Env.Become(alive.Env);
            return alive.Value;
        }

        var results = ImmutableArray.CreateBuilder<Value>();
        var (thenYields, elseYields) = (new List<Operand>(), new List<Operand>());
        var env = _point.Env;
        var objects = new ObjectMerges(env, then.Env, @else.Env);
        Operand Merge(Operand a, Operand b, string name)
        {
            if (a.Equals(b)) return a;
            if (a is BoolConstant { Flag: true } && b is BoolConstant { Flag: false }) return condition;
            if (a.Type is StaticType || b.Type is StaticType) return new SymbolConstant(a.Type is StaticType ? a.Type : b.Type, ArrayVariables.Merged);
            if (a is MadeObject one && b is MadeObject another && objects.Join(one, another, Merge) is { } both) return both;
            if (a.Type is MadeType || b.Type is MadeType) return new SymbolConstant(MadeType.Instance, ArrayVariables.Merged);
            if (a.Type is TextType || b.Type is TextType)
            {
                return ThrownText.AsString(a) is { } text && ThrownText.AsString(b) is { } otherText
                    ? Merge(text, otherText, name)
                    : new SymbolConstant(TextType.Instance, ArrayVariables.Merged);
            }

            if (a.Type is ArrayType) return Merges.Merge(condition, a, then, b, @else, (x, y) => Merge(x, y, ""));
            if (a is StructArray structs && b is StructArray other) return structs with { Numbers = Merge(structs.Numbers, other.Numbers, "") };
            if (a.Type is StructArrayType) return new SymbolConstant(a.Type, ArrayVariables.Merged);
            if (a is Product left && b is Product right)
            {
                return left.With(left.Members.Select((x, i) => Merge(x, right.Members[i], left.NameOf(i, name))).ToImmutableArray());
            }

            if (a is PartedArray first && b is PartedArray second)
            {
                return first.With(first.Parts.Zip(second.Parts, (x, y) => Merge(x, y, "")).ToImmutableArray());
            }

            var result = _point.Values.Fresh(a.Type, name) with { IsUserNamed = name.Length > 0 };
            results.Add(result);
            thenYields.Add(a);
            elseYields.Add(b);
            return result;
        }

        foreach (var variable in env.Variables.ToList())
        {
            if (!then.Env.TryGet(variable, out var a) || !@else.Env.TryGet(variable, out var b)) continue;
            env.Set(variable, Merge(a, b, env.NameOf(variable)));
        }

        Operand? value = null;
        if (then.Value is not null && @else.Value is not null) value = Merge(then.Value, @else.Value, "");
        // A branch without results may still have effects.
        if (results.Count > 0 || then.Block.Ops.Length > 0 || @else.Block.Ops.Length > 0)
        {
            _point.Block.Add(new If(condition, then.Block.Build(thenYields), @else.Block.Build(elseYields), results.ToImmutable()));
        }

        return value;
    }

    public void Throw(string exception, ImmutableArray<Operand> args)
    {
        _point.Block.Add(new Throw(exception, args));
        _point.Env.IsDead = true;
    }
}
