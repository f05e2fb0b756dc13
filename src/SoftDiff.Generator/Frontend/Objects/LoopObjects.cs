using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>
/// Handles variables that a loop gives other objects. Such a variable has one object of its own for all iterations: what the object of an
/// iteration holds is copied to it when the iteration ends. That is right where no other variable holds the one or the other, and for objects
/// that never change.
/// </summary>
/// <param name="before">What the variables hold before the loop.</param>
internal sealed class LoopObjects(Environment before)
{
    private readonly Dictionary<object, MadeObject> _own = new(Environment.Keys);

    /// <summary>Copies the objects that an iteration leaves in variables to the objects of these variables.</summary>
    public void Store(Environment after)
    {
        if (after.IsDead) return;
        var moved = _own.Where(v => after.Held(v.Key) is MadeObject last && !last.Equals(v.Value) && IsReplaceable(v.Key, last, after))
            .Select(v => (v.Key, Own: v.Value, Last: (MadeObject)after.Held(v.Key)!)).ToList();
        var copied = moved.SelectMany(v => Contents(v.Last, v.Own, after)).ToList();
        foreach (var (variable, own, _) in moved) after.Set(variable, own);
        foreach (var (field, value) in copied) after.Set(field, value);
    }

    /// <summary>
    /// Gives a variable an object of its own, in the place of the one before the loop. False where that would be noticed.
    /// </summary>
    public bool Give(object variable, Operand first, Operand next, Environment after)
    {
        if (first is not MadeObject entry || next is not MadeObject last || _own.ContainsKey(variable)) return false;
        if (!SymbolEqualityComparer.Default.Equals(entry.Of, last.Of)) return false;
        if (!IsReplaceable(variable, entry, before) || !IsReplaceable(variable, last, after)) return false;
        var own = _own[variable] = entry with { Fields = new MadeFields { IsJoined = true }, IsTree = entry.IsTree || last.IsTree };
        foreach (var (field, value) in Contents(entry, own, before).ToList()) before.Set(field, value);
        before.Set(variable, own);
        Store(after);
        return true;
    }

    /// <summary>Whether a copy may take the place of the object, since nothing else that lives on holds it or it never changes.</summary>
    private bool IsReplaceable(object variable, MadeObject held, Environment at) =>
        ObjectLifetimes.IsUnchanging(held)
        || !before.Variables.Any(other => !Environment.Keys.Equals(other, variable) && held.Equals(at.Held(other)));

    /// <summary>The fields of one object, each with what the same field of another holds.</summary>
    private static IEnumerable<(MadeField Field, Operand Value)> Contents(MadeObject source, MadeObject target, Environment at) =>
        from symbol in source.Fields.Symbols.ToList()
        let value = at.Get(source.Fields[symbol])
        where value is not null
        select (target.Fields[symbol], value);
}
