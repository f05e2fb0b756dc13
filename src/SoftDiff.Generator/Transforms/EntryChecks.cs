namespace SoftDiff.Generator.Transforms;

/// <summary>What a derivative checks before anything else.</summary>
internal static class EntryChecks
{
    /// <summary>Nothing that is written may overlap anything else that the function touches.</summary>
    /// <param name="primal">The function.</param>
    /// <param name="written">The arrays among its parameters that it may write.</param>
    /// <param name="tangents">Arrays that the derivative takes besides, and whether it writes them.</param>
    /// <param name="entry">Takes the checks.</param>
    public static void Disjoint(Function primal, ICollection<Operand> written, IReadOnlyDictionary<Value, bool> tangents, BlockBuilder entry)
    {
        var arrays = primal.Inputs.Select(p => p.Value).Where(v => v.Type is ArrayType).Concat(tangents.Keys).ToList();
        bool IsWritten(Value v) => written.Contains(v) || (tangents.TryGetValue(v, out var isWritten) && isWritten);
        for (var i = 0; i < arrays.Count; i++)
        {
            for (var j = i + 1; j < arrays.Count; j++)
            {
                if ((IsWritten(arrays[i]) || IsWritten(arrays[j])) && ((ArrayType)arrays[i].Type).Element == ((ArrayType)arrays[j].Type).Element)
                {
                    entry.Add(new RequireDisjoint(arrays[i], arrays[i].Name, arrays[j], arrays[j].Name));
                }
            }
        }
    }
}
