namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>Guards at the start of a derivative, which throw if arrays of the caller overlap.</summary>
internal static class OverlapGuards
{
    /// <summary>Nothing that is written may overlap anything else that the function touches.</summary>
    /// <param name="parameters">The parameters of the primal.</param>
    /// <param name="written">The arrays among them that it may write.</param>
    /// <param name="shadows">The arrays for gradients, which are written.</param>
    /// <param name="cotangents">The arrays of cotangents, which are read.</param>
    /// <param name="entry">Takes the guards.</param>
    public static void Add(
        ImmutableArray<Parameter> parameters, ISet<Operand> written, IReadOnlyList<Value> shadows, IReadOnlyList<Value> cotangents, BlockBuilder entry)
    {
        var arrays = parameters.Where(p => p.Value.Type is ArrayType && p.Mode != ParameterMode.Out).Select(p => p.Value).Concat(cotangents).ToList();
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
