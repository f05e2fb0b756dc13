using System.Collections.Immutable;

namespace SoftDiff.Generator.IR;

/// <summary>
/// A pure scalar function. <paramref name="Symbol"/> names the method of <see cref="Opcode.Pure"/>; <paramref name="Checked"/> traps integer overflow.
/// </summary>
internal sealed record Compute(Value Result, Opcode Code, ImmutableArray<Operand> Args, string? Symbol = null, bool Checked = false) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override DerivativeRole Role => Result.Type.IsFloat ? DerivativeRole.Function : DerivativeRole.Constant;

    // An index check or a method without derivative whose result nobody reads may go. An overflow or a division by zero is the user's to see.
    public override Freedom Freedom =>
        Code is Opcode.Pure or Opcode.CheckIndex ? Freedom.Drop | Freedom.Repeat
        : Checked || MayDivideByZero ? Freedom.Repeat
        : Freedom.All;

    public override IEnumerable<Operand> Reads() => Args;

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Result = by.Define(Result) };
    }

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Result.Type.IsFloat ? Args.Where(a => a.Type.IsFloat).Select(a => ((Operand)Result, a)) : NoFlow;

    /// <summary>A count as an array's length or a number of iterations: 0 where it is negative.</summary>
    public static Operand AtLeastZero(Operand count, ValueSource values, Action<Op> add)
    {
        if (count is IntegerConstant { Number: >= 0 }) return count;
        var result = values.Fresh(ScalarType.Int32);
        var zero = new IntegerConstant(ScalarType.Int32, 0);
        add(new Compute(result, Opcode.Pure, ImmutableArray.Create(count, zero), Maximum));
        return result;
    }

    /// <summary>Whether it is what <see cref="AtLeastZero"/> makes.</summary>
    public bool IsAtLeastZero => Code == Opcode.Pure && Symbol == Maximum && Args[1] is IntegerConstant { Number: 0 };

    private const string Maximum = "global::System.Math.Max";

    // −1 counts with 0: int.MinValue / −1 overflows.
    private bool MayDivideByZero =>
        !Result.Type.IsFloat && Code is (Opcode.Divide or Opcode.Remainder) && Args[1] is not IntegerConstant { Number: not (0 or -1) };
}
