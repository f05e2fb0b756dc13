namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the lengths of arrays from the operations that make them and from the requirements on parameters at the function's entry. Relies
/// on these requirements to run before the operation in question, as they do in derivative functions.
/// </summary>
internal sealed class ArrayLengths
{
    private readonly Definitions _definitions;
    private readonly Dictionary<Operand, Operand> _like = new();

    public ArrayLengths(Function function, Definitions definitions)
    {
        _definitions = definitions;
        foreach (var require in function.Body.Ops.OfType<RequireLength>())
        {
            // If one parameter must be as long as another, both get the same length.
            if (!_like.ContainsKey(require.Array)) _like[require.Array] = require.Like;
        }
    }

    /// <summary>The number of elements that an operation gives the array that it makes; null if it makes none or does not say.</summary>
    public static Operand? Made(Op? by) => by switch
    {
        Allocate allocate => allocate.Length,
        View view => view.Count,
        Row row => row.Count,
        MakeArray { Lengths: { Length: 1 } lengths, ElementsOf: null } => lengths[0],
        _ => null,
    };

    /// <summary>Whether a number is known not to be negative: such a constant, the length of an array, or the larger of a number and 0.</summary>
    /// <param name="number">The number.</param>
    /// <param name="definition">The operation that defines it, if any.</param>
    public static bool IsCount(Operand number, Op? definition) =>
        number is IntegerConstant { Number: >= 0 } || definition is Length or AxisLength or Compute { IsAtLeastZero: true };

    /// <inheritdoc cref="IsCount(Operand, Op?)"/>
    public bool IsCount(Operand number) => IsCount(number, _definitions.OpOf(number));

    /// <summary>Whether the array is known to have that number of elements.</summary>
    public bool AreEqual(Operand array, Operand number) => OfArray(array).Equals(OfNumber(number));

    /// <summary>The number an array was made with, or an array that is as long.</summary>
    private Operand OfArray(Operand array)
    {
        for (var steps = _like.Count; steps > 0 && _like.TryGetValue(array, out var like); steps--) array = like;
        return Made(_definitions.OpOf(array)) is { } count ? OfNumber(count) : array;
    }

    private Operand OfNumber(Operand number) => _definitions.OpOf(number) is Length length ? OfArray(length.Array) : number;
}
