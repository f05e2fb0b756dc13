using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>
/// Joins two objects that the method has made, where a variable holds one after one path and the other after another: the fields of the joined
/// object hold what those of the two hold. Two names for one object must stay two names for one object, unless it never changes.
/// </summary>
internal sealed class ObjectMerges(Environment joined, Environment then, Environment @else)
{
    private readonly Dictionary<(MadeFields, MadeFields), MadeObject> _pairs = new();

    /// <summary>The joined object; null if it is not known which of the two other variables hold.</summary>
    public MadeObject? Join(MadeObject a, MadeObject b, Func<Operand, Operand, string, Operand> merge)
    {
        if (_pairs.TryGetValue((a.Fields, b.Fields), out var known)) return known;
        if (!SymbolEqualityComparer.Default.Equals(a.Of, b.Of)) return null;
        if (!ObjectLifetimes.IsUnchanging(a) && !AreAlone(a, b)) return null;
        if (a.IsTree != b.IsTree && !ObjectLifetimes.IsUnchanging(a.IsTree ? b : a)) return null;
        var both = a with { Fields = new MadeFields { IsJoined = true }, IsTree = a.IsTree || b.IsTree };
        _pairs[(a.Fields, b.Fields)] = both;
        foreach (var symbol in a.Fields.Symbols.Where(b.Fields.Has).ToList())
        {
            if (then.Get(a.Fields[symbol]) is not { } left || @else.Get(b.Fields[symbol]) is not { } right) continue;
            joined.Set(both.Fields[symbol], merge(left, right, both.Fields[symbol].Name));
        }

        return both;
    }

    /// <summary>Whether the same variables hold the one object after the one path and the other after the other.</summary>
    private bool AreAlone(MadeObject a, MadeObject b) =>
        !_pairs.Keys.Any(pair => pair.Item1 == a.Fields || pair.Item2 == b.Fields)
        && joined.Variables.All(variable => a.Equals(then.Held(variable)) == b.Equals(@else.Held(variable)));
}
