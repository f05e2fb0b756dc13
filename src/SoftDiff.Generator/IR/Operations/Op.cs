namespace SoftDiff.Generator.IR;

/// <summary>
/// One operation. Its results are values visible from here to the end of its block, and in blocks nested after it. The members are the
/// facts that passes ask for; each operation states them once, in its own record. A pass that must know more switches over the kinds of
/// operations. It throws <see cref="UnknownOperationException"/> for a kind that it does not know.
/// </summary>
internal abstract record Op
{
    /// <summary>The line of the user's method it came from, counted from the method's first line; -1 for none.</summary>
    public int Line { get; init; } = -1;

    /// <summary>The values it defines.</summary>
    public abstract ImmutableArray<Value> Results { get; }

    /// <summary>When, how often and whether at all it must run.</summary>
    public abstract Freedom Freedom { get; }

    /// <summary>Its part in a derivative.</summary>
    public abstract DerivativeRole Role { get; }

    /// <summary>The operands it reads itself: not those read inside its blocks, nor its blocks' yields.</summary>
    public abstract IEnumerable<Operand> Reads();

    /// <summary>The same operation with other operands, results and blocks.</summary>
    public abstract Op Rebuild(Rebuilder by);

    /// <summary>
    /// All pairs (to, from) such that <c>to</c> depends differentiably on <c>from</c>. Arrays and tapes count as a whole.
    /// </summary>
    public abstract IEnumerable<(Operand To, Operand From)> Flows();

    /// <summary>The blocks it owns, in the order they run.</summary>
    public virtual ImmutableArray<Block> Blocks() => ImmutableArray<Block>.Empty;

    /// <summary>The same operation with each of its blocks replaced; what it reads and defines stays.</summary>
    public virtual Op MapBlocks(Func<Block, Block> map) => this;

    /// <summary>Values that it defines inside its blocks: a loop's index and carried parameters.</summary>
    public virtual IEnumerable<Value> BlockParameters() => Enumerable.Empty<Value>();

    /// <summary>Arrays and tapes whose contents it may read itself, outside its blocks.</summary>
    public virtual IEnumerable<Operand> ElementsRead() => Enumerable.Empty<Operand>();

    /// <summary>Arrays and tapes whose contents it may write itself, outside its blocks.</summary>
    public virtual IEnumerable<Operand> ElementsWritten() => Enumerable.Empty<Operand>();

    /// <summary>The array of which its one result is a view; null if it makes none.</summary>
    public virtual Operand? Viewed => null;

    /// <summary>
    /// Operands and results that may be the same array under several names, although none is a view. They arise where branches yield
    /// arrays, where loops carry them, and where a method takes arrays and returns one.
    /// </summary>
    public virtual IEnumerable<Operand> MayShareStorage() => Enumerable.Empty<Operand>();

    /// <summary>Whether control never gets past it.</summary>
    public virtual bool NeverReturns => false;

    /// <summary>Whether it runs exactly as often as in the primal, because objects outside the IR are read or changed.</summary>
    public virtual bool RunsOnce => false;

    /// <summary>Whether its result is new storage.</summary>
    public virtual bool Allocates => false;

    protected static IEnumerable<(Operand To, Operand From)> NoFlow => Enumerable.Empty<(Operand, Operand)>();
}

/// <summary>An operation that defines no value. It runs for what it writes or throws, so it stays where it is.</summary>
internal abstract record Statement : Op
{
    public sealed override ImmutableArray<Value> Results => ImmutableArray<Value>.Empty;

    public sealed override Freedom Freedom => Freedom.None;
}

/// <summary>A statement that throws, or checks something and throws if it does not hold.</summary>
internal abstract record Guard : Statement
{
    public sealed override DerivativeRole Role => DerivativeRole.Constant;

    public sealed override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;
}

/// <summary>An operation whose one result shares storage with an array or tensor.</summary>
internal abstract record StorageView(Value Result) : Op
{
    public sealed override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public sealed override Freedom Freedom => Freedom.Drop | Freedom.Repeat;

    public sealed override DerivativeRole Role => DerivativeRole.Storage;

    public sealed override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;
}

/// <summary>A property of an array or tensor that never changes for a given value of it.</summary>
internal abstract record Measure(Value Result) : Op
{
    public sealed override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public sealed override Freedom Freedom => Freedom.All;

    public sealed override DerivativeRole Role => DerivativeRole.Constant;

    public sealed override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;
}

/// <summary>A list of operations and what it hands to its owner: branch results, next carried values, function results.</summary>
internal sealed record Block(ImmutableArray<Op> Ops, ImmutableArray<Operand> Yields)
{
    public static readonly Block Empty = new(ImmutableArray<Op>.Empty, ImmutableArray<Operand>.Empty);
}

/// <summary>When, how often and whether at all an operation must run.</summary>
[Flags]
internal enum Freedom
{
    /// <summary>It runs where it stands, as often as the program comes there.</summary>
    None = 0,

    /// <summary>It may be left out if nothing reads its results, even if it would have thrown.</summary>
    Drop = 1,

    /// <summary>It may run again, and gives an equal result as long as nothing writes the elements it reads.</summary>
    Repeat = 2,

    /// <summary>It may run wherever its operands are defined, also where it would not have run: it cannot throw and reads no elements.</summary>
    Move = 4,

    /// <summary>A function of its operands alone.</summary>
    All = Drop | Repeat | Move,
}

/// <summary>The part of an operation in a derivative.</summary>
internal enum DerivativeRole
{
    /// <summary>None: no result of it carries a derivative, and it moves no numbers. Transforms copy it as it is.</summary>
    Constant,

    /// <summary>A scalar function, which has a row in the table of rules.</summary>
    Function,

    /// <summary>It moves numbers between values, arrays and tapes; its derivative moves tangents or cotangents likewise.</summary>
    Movement,

    /// <summary>It makes storage, or a view of some; tangents and cotangents need storage of the same shape.</summary>
    Storage,

    /// <summary>It owns blocks, which are differentiated.</summary>
    Structure,

    /// <summary>A call of a function of the module or of a method with a rule.</summary>
    Call,

    /// <summary>A call of which no derivative is known: an error if it meets a value that is differentiated.</summary>
    Unknown,
}

/// <summary>
/// Thrown when a pass meets an operation that it does not know. This is always a fault of SoftDiff. The exception stops the method, so the
/// operation never counts as "no derivative" or "no effect".
/// </summary>
internal sealed class UnknownOperationException : InvalidOperationException
{
    public UnknownOperationException(string pass, Op op)
        : base(pass + " does not know the operation " + op.GetType().Name)
    {
    }
}
