using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Which arrays and numbers are of one length: what arrays were made with, and what the function's entry requires of its parameters. Relies on
/// these requirements to come before whatever asks, as they do in derivative functions.
/// </summary>
internal sealed class KnownLengths
{
    private readonly Definitions _definitions;
    private readonly Dictionary<Operand, Operand> _like = new();

    public KnownLengths(Function function, Definitions definitions)
    {
        _definitions = definitions;
        foreach (var require in function.Body.Ops.OfType<RequireLength>())
        {
            // A parameter that is required to be as long as another stands for it from then on.
            if (!_like.ContainsKey(require.Array)) _like[require.Array] = require.Like;
        }
    }

    public bool AreEqual(Operand array, Operand length) => OfArray(array).Equals(OfNumber(length));

    /// <summary>The number an array was made with, or an array that is as long.</summary>
    private Operand OfArray(Operand array)
    {
        for (var steps = _like.Count; steps > 0 && _like.TryGetValue(array, out var like); steps--) array = like;
        return array is Value value && _definitions.TryGet(value, out var definition)
            ? definition.Op switch
            {
                Allocate allocate => OfNumber(allocate.Length),
                View { Count: { } count } => OfNumber(count),
                _ => array,
            }
            : array;
    }

    private Operand OfNumber(Operand number) =>
        number is Value value && _definitions.TryGet(value, out var definition) && definition.Op is Length length ? OfArray(length.Array) : number;
}
