using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// What a variable holds where no single value of the IR says it. Branches and loops merge and carry the parts; nothing composite leaves the
/// frontend.
/// </summary>
internal abstract record Composite(IrType Type) : Operand(Type)
{
    public abstract ImmutableArray<Operand> Parts { get; }

    public abstract Composite With(ImmutableArray<Operand> parts);

    /// <summary>The scalars an operand consists of.</summary>
    public static IEnumerable<Operand> Leaves(Operand operand) => operand is Composite composite ? composite.Parts.SelectMany(Leaves) : new[] { operand };

    /// <summary>An operand of the same shape with each scalar replaced.</summary>
    public static Operand Map(Operand shape, Func<Operand, Operand> leaf) =>
        shape is Composite composite ? composite.With(composite.Parts.Select(part => Map(part, leaf)).ToImmutableArray()) : leaf(shape);
}

internal sealed record TupleType(ImmutableArray<IrType> Elements) : IrType;

internal sealed record TupleValue(ImmutableArray<Operand> Elements) : Composite(new TupleType(Elements.Select(e => e.Type).ToImmutableArray()))
{
    public override ImmutableArray<Operand> Parts => Elements;

    public override Composite With(ImmutableArray<Operand> parts) => new TupleValue(parts);
}

/// <summary>One of several arrays, or a part of it: which (its number among the function's), from where, how many elements.</summary>
internal sealed record ArrayChoice(ArrayType Of, ImmutableArray<(int Number, Operand Array)> Roots, Operand Which, Operand Start, Operand Count) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts =>
        Roots.Length == 1 ? ImmutableArray.Create(Start, Count) : ImmutableArray.Create(Which, Start, Count);

    public override Composite With(ImmutableArray<Operand> parts) =>
        Roots.Length == 1 ? this with { Start = parts[0], Count = parts[1] } : this with { Which = parts[0], Start = parts[1], Count = parts[2] };

    /// <summary>The same choice where others are possible too.</summary>
    public ArrayChoice Among(ImmutableArray<(int Number, Operand Array)> others) =>
        this with { Roots = Roots.Concat(others.Where(o => !Has(o.Number))).OrderBy(r => r.Number).ToImmutableArray() };

    /// <summary>Nothing of the first of them: what a variable holds that is not assigned yet, and so not read.</summary>
    public ArrayChoice Empty()
    {
        var zero = new IntegerConstant(ScalarType.Int32, 0);
        return this with { Which = zero with { Number = Roots[0].Number }, Start = zero, Count = zero };
    }

    public bool Has(int number) => Roots.Any(r => r.Number == number);
}
