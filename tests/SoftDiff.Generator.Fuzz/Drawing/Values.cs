namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Expressions of composite types.</summary>
internal static class Values
{
    public static string Draw(Scope s, Composite type, int depth)
    {
        string[] there = [.. Variables(s, type)];
        if (depth <= 0) return there.Length > 0 && s.Dice.Chance(0.8) ? s.Dice.Pick(there) : Made(s, type, 0);
        depth--;
        return s.Dice.Below(9) switch
        {
            0 => $"({Draw(s, type, depth)} + {Draw(s, type, depth)})",
            1 => $"({Terms.Bounded(s, depth)} * {Draw(s, type, depth)})",
            2 => $"{Draw(s, type, depth)}.Moved({Terms.Draw(s, depth)})",
            3 when type.IsMutable || type.IsRecord => $"({Draw(s, type, depth)} with {{ {Changes(s, type, depth)} }})",
            4 => $"({Conditions.Draw(s)} ? {Draw(s, type, depth)} : {Draw(s, type, depth)})",
            5 when type.IsMutable => $"{Made(s, type, depth)} {{ {Changes(s, type, depth)} }}",
            6 when s.MayCall => $"{s.Sketch.HelperLike("turn " + type.Name, () => ValueHelpers.Turn(s.Sketch, type)).Name}"
                + $"({Draw(s, type, depth)}, {Terms.Bounded(s, depth)})",
            7 when there.Length > 0 => s.Dice.Pick(there),
            _ => Made(s, type, depth),
        };
    }

    /// <summary>Values of the type that have names here.</summary>
    public static IEnumerable<string> Variables(Scope s, Composite type) =>
        s.Values.Where(value => value.Type == type).Select(value => value.Name).Concat(Elements(s, type, written: false));

    /// <summary>Elements that are in range here.</summary>
    public static IEnumerable<string> Elements(Scope s, Composite type, bool written) =>
        from buffer in s.ValueBuffers
        where buffer.Type == type && (buffer.IsWritable || !written)
        from text in Subscripts(s, buffer)
        select $"{buffer.Name}[{text}]";

    /// <summary>Numbers inside elements that are in range here.</summary>
    public static IEnumerable<string> Places(Scope s, bool written) =>
        from buffer in s.ValueBuffers
        where buffer.IsWritable || !written
        from text in Subscripts(s, buffer)
        from leaf in buffer.Type.Leaves($"{buffer.Name}[{text}]", isVariable: buffer.IsWritable)
        where leaf.IsVariable || !written
        select leaf.Name;

    private static IEnumerable<string> Subscripts(Scope s, ValueBuffer buffer) =>
        buffer.Length.Constant is { } count ? Enumerable.Range(0, count).Select(i => i.ToString())
        : s.Indices.Where(index => ReferenceEquals(index.Length, buffer.Length)).Select(index => index.Text);

    private static string Made(Scope s, Composite type, int depth) => $"new {type.Name}({string.Join(", ", type.Members.Select(
        member => member.Type is null ? Terms.Bounded(s, depth) : Draw(s, member.Type, depth)))})";

    private static string Changes(Scope s, Composite type, int depth)
    {
        Member member = s.Dice.Pick(type.Members);
        return $"{member.Name} = {(member.Type is null ? Terms.Bounded(s, depth) : Draw(s, member.Type, depth))}";
    }
}
