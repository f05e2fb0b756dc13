namespace SoftDiff.Generator.Analysis;

/// <summary>
/// An integer that a loop computes from its own index i as <c>i * Width + Base + Offset</c>, or as <c>i * Width − Base + Offset</c>. Arithmetic wraps around,
/// as integers do.
/// </summary>
/// <param name="Width">The factor of the index, the same in every iteration; null for 1.</param>
/// <param name="Base">A term that is the same in every iteration; null for none.</param>
/// <param name="Offset">The sum of the constant terms.</param>
internal sealed record AffineIndex(Operand? Width = null, Operand? Base = null, long Offset = 0)
{
    /// <summary>The base is subtracted.</summary>
    public bool SubtractsBase { get; init; }

    /// <summary>
    /// Computing it traps overflow. It is affine as long as it does not throw, but it may not be computed elsewhere or left out.
    /// </summary>
    public bool MayThrow { get; init; }

    /// <summary>Whether no two iterations have the same value: the index plus terms that are the same in every iteration.</summary>
    public bool IsShifted => Width is null;

    /// <summary>The number c if this is i + c, and may be computed elsewhere; otherwise null.</summary>
    public long? Distance => this is { Width: null, Base: null, MayThrow: false } ? Offset : null;

    /// <summary>
    /// The start b if this is b + i and may be computed elsewhere; otherwise null. The start may be a constant, but not a negative one.
    /// </summary>
    public Operand? Start => this switch
    {
        { Width: not null } or { MayThrow: true } or { SubtractsBase: true } => null,
        { Base: null, Offset: >= 0 } => new IntegerConstant(ScalarType.Int32, Offset),
        { Base: { } start, Offset: 0 } => start,
        _ => null,
    };

    /// <summary>The index of <paramref name="loop"/> in an operand; null if the operand is no such function of it.</summary>
    public static AffineIndex? Of(Operand operand, For loop, LoopScope scope)
    {
        if (operand.Equals(loop.Index)) return new AffineIndex();
        if (scope.OpOf(operand) is not Compute { Code: Opcode.Add or Opcode.Subtract or Opcode.Multiply, Args.Length: 2 } compute) return null;
        var (left, right) = (compute.Args[0], compute.Args[1]);
        var affine = scope.IsInvariant(right) ? Combine(left, compute.Code, right)
            : compute.Code != Opcode.Subtract && scope.IsInvariant(left) ? Combine(right, compute.Code, left)
            : null;
        return affine is null || !compute.Checked ? affine : affine with { MayThrow = true };

        AffineIndex? Combine(Operand variable, Opcode code, Operand term) => Of(variable, loop, scope) is { } index
            ? code == Opcode.Multiply ? index.Times(term) : index.Plus(term, code == Opcode.Subtract)
            : null;
    }

    private AffineIndex? Times(Operand width) => this is { Width: null, Base: null, Offset: 0 } ? this with { Width = width } : null;

    private AffineIndex? Plus(Operand term, bool isSubtracted)
    {
        if (term is not IntegerConstant constant) return Base is null ? this with { Base = term, SubtractsBase = isSubtracted } : null;
        var offset = Offset + (isSubtracted ? -constant.Number : constant.Number);
        return offset is >= int.MinValue and <= int.MaxValue ? this with { Offset = offset } : null;
    }
}
