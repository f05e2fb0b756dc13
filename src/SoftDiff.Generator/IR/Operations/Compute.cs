namespace SoftDiff.Generator.IR;

/// <summary>
/// A pure scalar function. <paramref name="Symbol"/> names the method of <see cref="Opcode.Pure"/>; <paramref name="Checked"/> traps integer overflow.
/// </summary>
internal sealed record Compute(Value Result, Opcode Code, ImmutableArray<Operand> Args, string? Symbol = null, bool Checked = false) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override DerivativeRole Role => Result.Type.IsFloat ? DerivativeRole.Function : DerivativeRole.Constant;

    // If the row says so, the operation may be dropped when nothing reads its result, even though it may throw. An overflow or a division
    // by zero is the user's to see.
    public override Freedom Freedom =>
        Checked ? Freedom.Repeat
        : !MayThrow ? Freedom.All
        : Function.MayBeLeftOut ? Freedom.Drop | Freedom.Repeat
        : Freedom.Repeat;

    /// <summary>The function's row in the table.</summary>
    public ScalarFunction Function => ScalarFunctions.Of(Code);

    public override IEnumerable<Operand> Reads() => Args;

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Result = by.Define(Result) };
    }

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Result.Type.IsFloat && Function.Derivative is not null ? Args.Where(a => a.Type.IsFloat).Select(a => ((Operand)Result, a)) : NoFlow;

    /// <summary>A count as an array's length or a number of iterations: 0 where it is negative.</summary>
    public static Operand AtLeastZero(Operand count, ValueSource values, Action<Op> add)
    {
        if (count is IntegerConstant { Number: >= 0 }) return count;
        var result = values.Fresh(ScalarType.Int32);
        add(new Compute(result, Opcode.Max, ImmutableArray.Create(count, new IntegerConstant(ScalarType.Int32, 0))));
        return result;
    }

    /// <summary>Whether it is what <see cref="AtLeastZero"/> makes.</summary>
    public bool IsAtLeastZero => Code == Opcode.Max && Args[1] is IntegerConstant { Number: 0 };

    /// <summary>Whether the function throws at some operands of these types, and these may be such operands.</summary>
    private bool MayThrow => Signature.Has(Function.Throws, (ScalarType)Result.Type) && !IsSafe;

    // −1 counts with 0: int.MinValue / −1 overflows.
    private bool IsSafe => Code switch
    {
        Opcode.Divide or Opcode.Remainder => Args[1] is IntegerConstant { Number: not (0 or -1) },
        Opcode.Clamp => (Args[1], Args[2]) switch
        {
            (NumberConstant low, NumberConstant high) => low.Number <= high.Number,
            (IntegerConstant low, IntegerConstant high) => low.Number <= high.Number,
            _ => false,
        },
        _ => false,
    };
}
