using System.Collections.Immutable;

namespace SoftDiff.Generator.IR;

/// <summary>One operation. Its results are values visible from here to the end of its block, and in blocks nested after it.</summary>
internal abstract record Op
{
    /// <summary>The line of the user's method it came from, counted from the method's first line; -1 for none.</summary>
    public int Line { get; init; } = -1;

    public abstract ImmutableArray<Value> Results { get; }
}

/// <summary>A list of operations and what it hands to its owner: branch results, next carried values, function results.</summary>
internal sealed record Block(ImmutableArray<Op> Ops, ImmutableArray<Operand> Yields)
{
    public static readonly Block Empty = new(ImmutableArray<Op>.Empty, ImmutableArray<Operand>.Empty);
}

/// <summary>
/// A pure scalar function. <paramref name="Symbol"/> names the method of <see cref="Opcode.Pure"/>; <paramref name="Checked"/> traps integer overflow.
/// </summary>
internal sealed record Compute(Value Result, Opcode Code, ImmutableArray<Operand> Args, string? Symbol = null, bool Checked = false) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

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
}

/// <summary>The number of elements (an int); never changes for a given array value.</summary>
internal sealed record Length(Value Result, Operand Array) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

internal sealed record Load(Value Result, Operand Array, Operand Index) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary><c>array[index] = value</c></summary>
internal sealed record Store(Operand Array, Operand Index, Operand Value) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary><c>array[index] += value</c></summary>
internal sealed record Accumulate(Operand Array, Operand Index, Operand Value) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>New storage local to the function, zero unless not <paramref name="Cleared"/>. Result is a span in the emitted code.</summary>
internal sealed record Allocate(Value Result, Operand Length, bool Cleared) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary>The elements from <paramref name="Start"/> on, <paramref name="Count"/> of them or all that follow; shares storage.</summary>
internal sealed record View(Value Result, Operand Array, Operand Start, Operand? Count) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary>
/// The elements of a tensor in row-major order; shares storage. (Where a parameter's elements lie in memory otherwise, the emitted code works on a copy until
/// the function returns, which is why a parameter is flattened no more than once.)
/// </summary>
internal sealed record Flatten(Value Result, Operand Tensor) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary>A tensor over all elements of an array; shares storage. The lengths are integers, or one span of <c>nint</c>; none for the empty tensor.</summary>
internal sealed record Arrange(Value Result, Operand Array, ImmutableArray<Operand> Lengths) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary>The length of a tensor along each axis, a read-only span of <c>nint</c>; never changes for a given tensor value.</summary>
internal sealed record Lengths(Value Result, Operand Tensor) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary>Sets every element.</summary>
internal sealed record Fill(Operand Array, Operand Value) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary><c>source.CopyTo(destination)</c>: the first elements of the destination, which may be longer.</summary>
internal sealed record Copy(Operand Source, Operand Destination) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>Throws the exception of a C# expression in which <c>{0}</c>, <c>{1}</c> … stand for the operands. Nothing after it runs.</summary>
internal sealed record Throw(string Expression, ImmutableArray<Operand> Args) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>ArgumentException unless both arrays have the same length, or both tensors the same lengths.</summary>
internal sealed record RequireLength(Operand Array, string Name, Operand Like, string LikeName) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>ArgumentException unless the tensor has that many axes.</summary>
internal sealed record RequireRank(Operand Tensor, string Name, int Rank) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>ArgumentException if the arrays share storage.</summary>
internal sealed record RequireDisjoint(Operand First, string FirstName, Operand Second, string SecondName) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>Runs one of two blocks; results take the yields of the block that ran. A block that ends in <see cref="Throw"/> yields nothing.</summary>
internal sealed record If(Operand Condition, Block Then, Block Else, ImmutableArray<Value> Values) : Op
{
    public override ImmutableArray<Value> Results => Values;
}

/// <summary>A variable of a loop: <paramref name="Param"/> is its value in the body, <paramref name="Result"/> its value after the loop.</summary>
internal sealed record Carried(Value Param, Operand Init, Value Result);

/// <summary>
/// What both loops share. The body yields the next value of each carried variable; if <see cref="Exit"/> (a bool of the
/// body) is then true the loop ends. <see cref="Trips"/>, when wanted, is the number of times the body ran.
/// </summary>
internal abstract record Loop(ImmutableArray<Carried> Carried, Block Body, Operand? Exit, Value? Trips) : Op
{
    public override ImmutableArray<Value> Results
    {
        get
        {
            var results = ImmutableArray.CreateBuilder<Value>(Carried.Length + 1);
            foreach (var carried in Carried) results.Add(carried.Result);
            if (Trips is not null) results.Add(Trips);
            return results.ToImmutable();
        }
    }
}

/// <summary>
/// Counted: index = start, start + step, … while it is before <paramref name="End"/> (in the direction of the step; also at it if
/// <paramref name="Inclusive"/>). The bounds are read once, the body cannot change the index.
/// </summary>
internal sealed record For(
    Value Index, Operand Start, Operand End, int Step, bool Inclusive,
    ImmutableArray<Carried> Carried, Block Body, Operand? Exit = null, Value? Trips = null) : Loop(Carried, Body, Exit, Trips)
{
    /// <summary>Whether it counts by ones from 0 to its end, as indices of an array do.</summary>
    public bool IsPlain => this is { Step: 1, Inclusive: false, Exit: null, Start: IntegerConstant { Number: 0 } } && Index.Type == ScalarType.Int32;
}

/// <summary>Runs the body as long as the condition block, evaluated before each run, yields true.</summary>
internal sealed record While(
    ImmutableArray<Carried> Carried, Block Condition, Block Body, Operand? Exit = null, Value? Trips = null) : Loop(Carried, Body, Exit, Trips);

/// <summary>A call of another function of the module.</summary>
internal sealed record Call(ImmutableArray<Value> Values, string Callee, ImmutableArray<Operand> Args) : Op
{
    /// <summary>Positions of the arrays that the callee leaves as they are; of the others it is taken to write those it can.</summary>
    public ImmutableArray<int> ReadOnly { get; init; } = ImmutableArray<int>.Empty;

    public override ImmutableArray<Value> Results => Values;
}

/// <summary>
/// A call of a method that has a derivative rule of its own. <paramref name="Values"/>: what it returns, then its out parameters; none for a
/// method that writes destinations only.
/// </summary>
internal sealed record RuleCall(ImmutableArray<Value> Values, CustomRule Rule, ImmutableArray<Operand> Args) : Op
{
    public override ImmutableArray<Value> Results => Values;

    /// <summary>The call of the method itself.</summary>
    public Invoke Plain()
    {
        var args = Args.Select(a => (Operand?)a).ToList();
        foreach (var at in Rule.Outs) args.Insert(at, null);
        var returned = Values.Length - Rule.Outs.Length;
        var (returns, outs) = (Values.RemoveRange(returned, Rule.Outs.Length), Values.RemoveRange(0, returned));
        return new Invoke(returns, Rule.Primal, args.ToImmutableArray(), outs) { Line = Line };
    }
}

/// <summary>
/// A call by C# name: a rule's method, a companion in another assembly, a guard of the framework.
/// <paramref name="Returns"/>: none for void, one value, or the items of a tuple. A null argument stands for the next out value.
/// Arrays passed as anything but a read-only span may be written.
/// </summary>
internal sealed record Invoke(ImmutableArray<Value> Returns, string Method, ImmutableArray<Operand?> Args, ImmutableArray<Value> Outs) : Op
{
    /// <summary>A call without out arguments.</summary>
    public Invoke(ImmutableArray<Value> returns, string method, IEnumerable<Operand> args)
        : this(returns, method, args.ToImmutableArray<Operand?>(), ImmutableArray<Value>.Empty)
    {
    }

    /// <summary>The rule's method that is called, which says how the call is differentiated again; null for what has no derivative.</summary>
    public RuleMethod? Derivative { get; init; }

    public override ImmutableArray<Value> Results => Returns.AddRange(Outs);
}

internal sealed record Push(Operand Tape, Operand Value) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>Takes back the value pushed last and not yet popped. Its type is the result's.</summary>
internal sealed record Pop(Value Result, Operand Tape) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}

/// <summary>Pushes a copy of all elements.</summary>
internal sealed record PushArray(Operand Tape, Operand Array) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>Takes a pushed copy back into an array of the same length.</summary>
internal sealed record PopArray(Operand Tape, Operand Array) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;
}

/// <summary>Opens the function's tape, disposed when the function returns.</summary>
internal sealed record OpenTape(Value Result) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);
}
