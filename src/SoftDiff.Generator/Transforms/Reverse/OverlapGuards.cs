namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>Guards at the start of a derivative, which throw if arrays of the caller overlap.</summary>
internal static class OverlapGuards
{
    /// <summary>Nothing that is written may overlap anything else that the function touches.</summary>
    public static void Add(ImmutableArray<Parameter> parameters, ISet<Operand> written, IReadOnlyList<Value> shadows, BlockBuilder entry)
    {
        var arrays = parameters.Where(p => p.Value.Type is ArrayType).Select(p => p.Value).ToList();
        for (var i = 0; i < arrays.Count; i++)
        {
            foreach (var other in arrays.Skip(i + 1).Where(other => written.Contains(arrays[i]) || written.Contains(other)))
            {
                Require(arrays[i], other, entry);
            }
        }

        for (var i = 0; i < shadows.Count; i++)
        {
            foreach (var other in arrays.Concat(shadows.Skip(i + 1))) Require(shadows[i], other, entry);
        }
    }

    /// <summary>Arrays of different elements do not overlap.</summary>
    private static void Require(Value array, Value other, BlockBuilder entry)
    {
        if (((ArrayType)array.Type).Element != ((ArrayType)other.Type).Element) return;
        entry.Add(new RequireDisjoint(array, array.Name, other, other.Name));
    }
}
