namespace SoftDiff.Generator.IR;

internal enum ParameterMode
{
    /// <summary>By value.</summary>
    Value,

    /// <summary>By <c>in</c>.</summary>
    In,

    /// <summary>In and out: a parameter value and a result.</summary>
    Ref,

    /// <summary>A result only.</summary>
    Out,
}

/// <summary>
/// A parameter. <paramref name="Value"/> is what the body reads (for <see cref="ParameterMode.Out"/> only its type and name count).
/// <paramref name="Wrt"/>: the user asked for the derivative with respect to it. <paramref name="Scratch"/>: marked
/// [NonDifferentiable], so that what a buffer holds on entry and exit carries no derivative.
/// </summary>
internal sealed record Parameter(Value Value, ParameterMode Mode, bool Wrt, bool Scratch = false)
{
    private readonly bool _isReturned;

    public string Name => Value.Name;

    /// <summary>The value of which it is a part; null if it is a C# parameter itself.</summary>
    public ParameterPart? Part { get; init; }

    /// <summary>What it is if a derivative has added it; null for a parameter of the method itself.</summary>
    public AddedRole? Added { get; init; }

    /// <summary>The value type of the elements of the C# array or span whose scalars this array is; null if it is that array itself.</summary>
    public ProductType? ElementsOf { get; init; }

    /// <summary>Whether it is what the C# method returns, or a part of that.</summary>
    public bool IsReturned
    {
        get => _isReturned || Part is { IsReturned: true };
        init => _isReturned = value;
    }

    /// <summary>The name of the C# parameter.</summary>
    public string DeclaredName => Part?.Whole ?? Name;

    /// <summary>Whether it is a leaf of a parameter tree: a member of an object or a struct with arrays, or of its gradient or tangent.</summary>
    public bool IsLeaf => Part is { Type.IsTree: true };

    /// <summary>How the C# parameter to which it belongs is passed.</summary>
    public ParameterMode PassedAs => !IsLeaf ? Mode
        : Part is { GradientOf: not null, Type: var tree } ? tree.GradientPassedAs
        : Part is { IsTangent: true } ? ParameterMode.Value : Mode;

    /// <summary>Whether the method asks if this array is null: its companions may be called with null as well.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>
    /// Whether callers pass an array that nobody reads after the call, so that what the function leaves in it does not matter.
    /// </summary>
    public bool IsConsumed { get; init; }

    public bool IsResult => Mode is ParameterMode.Ref or ParameterMode.Out;
}

/// <summary>
/// Callers of the function keep only what they pass to it; reverse mode runs it again. (Griewank and Walther 2008, chapter 12.)
/// </summary>
/// <param name="Slots">How many states a loop of such calls may keep at a time; 0 for a number that grows with the root of the trip count.</param>
internal sealed record Checkpoint(int Slots)
{
    /// <summary>Whether the function is a loop over one call, which keeps its state in slots.</summary>
    public bool IsLoop { get; init; }
}

/// <summary>
/// A function. The body yields the return value (if <see cref="Returns"/> is not null) and then the final value of each
/// <see cref="ParameterMode.Ref"/> and <see cref="ParameterMode.Out"/> parameter in order.
/// </summary>
internal sealed record Function(
    string Name,
    ImmutableArray<Parameter> Parameters,
    IrType? Returns,
    Block Body)
{
    private readonly int? _primalResults;

    /// <summary>Whether C# parameters of it, or its result, are value types or arrays of them.</summary>
    public bool HasValueTypes => Parameters.Any(p => p.Part is not null || p.ElementsOf is not null);

    /// <summary>Whether it makes arrays that it gives back, so that their lengths are known only when it has run.</summary>
    public bool GivesArrays => Parameters.Any(p => p.IsResult && p.Value.Type is ArrayType);

    /// <summary>The parameters for which a call passes something, in the order of its arguments.</summary>
    public List<Parameter> Inputs => Parameters.Where(p => p.Mode != ParameterMode.Out).ToList();

    /// <summary>
    /// How many of the results, the first ones, are the primal's own. Their last bits are the user's; those of derivatives are ours, so passes may
    /// reassociate what only derivatives depend on.
    /// </summary>
    public int PrimalResults
    {
        get => _primalResults ?? Body.Yields.Length;
        init => _primalResults = value;
    }

    /// <summary>Whether neither it nor its derivatives, of whatever order, call other functions of the module.</summary>
    public bool IsLeaf => !Body.AllOps().Any(op => op is Call or LaneCall or RuleCall { Rule.NeedsFunctions: true });

    /// <summary>The lane type that is a type parameter of the function; null if none of its values has lanes.</summary>
    public ScalarType? Lane => Body.AllOps().OfType<LaneCount>().FirstOrDefault()?.Lane;

    /// <summary>Whether its name ends in a hash of what it does and calls, so that equal names mean equal functions.</summary>
    public bool IsNamedByContent { get; init; }

    /// <summary>
    /// Whether calls of it stay calls. The last bits of a derivative's results may depend on which function the passes see them in.
    /// </summary>
    public bool StaysCall { get; init; }

    /// <summary>Set if callers keep its arguments, and no residuals.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>The user's lines, from the method's first, for comments in the emitted code.</summary>
    public ImmutableArray<string> Source { get; init; } = ImmutableArray<string>.Empty;
}

/// <summary>A function to differentiate and the functions it may call, by name; those are in ordinal order.</summary>
internal sealed record Module(Function Root, ImmutableArray<Function> Callees)
{
    /// <summary>Whether the root is no method to differentiate but the body of a declaration, ready to print.</summary>
    public bool IsBody { get; init; }

    /// <summary>Whether the method has type parameters, so that no other method can call what is derived from its callees.</summary>
    public bool IsGeneric { get; init; }
}
