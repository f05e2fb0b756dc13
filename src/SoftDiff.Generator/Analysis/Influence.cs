namespace SoftDiff.Generator.Analysis;

/// <summary>How inputs influence a value or the elements of an array. Each bit is one input.</summary>
/// <param name="Smooth">The inputs on which it depends differentiably.</param>
/// <param name="Any">The inputs on which it depends in any way: these, and those that only choose, round or index.</param>
internal readonly record struct Influence(ulong Smooth, ulong Any)
{
    /// <summary>How many inputs can be told apart.</summary>
    public const int MostInputs = 64;

    /// <summary>The influence of one input on itself.</summary>
    public static Influence Of(int input) => new(1UL << input, 1UL << input);

    /// <summary>Of all inputs from which the derivative is cut off, that is, for which only a choice is left.</summary>
    public Influence WithoutDerivative => new(0, Any);

    public static Influence operator |(Influence left, Influence right) => new(left.Smooth | right.Smooth, left.Any | right.Any);
}

/// <summary>What stands between an input and a value that depends on it without a derivative.</summary>
internal enum Cutoff
{
    /// <summary>The condition of a branch outside of loops.</summary>
    Condition,

    /// <summary>The condition of a branch in a loop.</summary>
    ConditionInLoop,

    /// <summary>The number of iterations of a loop.</summary>
    IterationCount,

    /// <summary>A function of derivative zero: rounding, a sign.</summary>
    Rounding,

    /// <summary>A conversion to an integer, which chooses an element or counts.</summary>
    Conversion,
}
