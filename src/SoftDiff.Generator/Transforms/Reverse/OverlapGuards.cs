namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>Guards at the start of a derivative, which throw if arrays of the caller overlap.</summary>
internal static class OverlapGuards
{
    /// <summary>Nothing that is written may overlap anything else that the function touches.</summary>
    /// <remarks>
    /// The emitter compares the arrays of parameter trees with each other, all at once. It does not look at rows: arrays of arrays among the leaves are
    /// compared here.
    /// </remarks>
    /// <param name="parameters">The parameters of the primal.</param>
    /// <param name="written">The arrays among them that it may write.</param>
    /// <param name="gradients">The arrays for gradients, which are written.</param>
    /// <param name="cotangents">The arrays of cotangents, which are read.</param>
    /// <param name="entry">Takes the guards.</param>
    public static void Add(
        ImmutableArray<Parameter> parameters, ISet<Operand> written, IReadOnlyList<Parameter> gradients, IReadOnlyList<Value> cotangents, BlockBuilder entry)
    {
        var leaves = new HashSet<Value>(parameters.Concat(gradients).Where(p => p.IsLeaf).Select(p => p.Value));
        var shadows = gradients.Where(IsOfCaller).Select(p => p.Value).ToList();
        var arrays = parameters.Where(p => p.Value.Type is ArrayType && p.Mode != ParameterMode.Out && IsOfCaller(p)).Select(p => p.Value).Concat(cotangents).ToList();
        for (var i = 0; i < arrays.Count; i++)
        {
            foreach (var other in arrays.Skip(i + 1).Where(other => written.Contains(arrays[i]) || written.Contains(other) || HaveRows(arrays[i], other)))
            {
                Require(arrays[i], other, entry);
            }
        }

        for (var i = 0; i < shadows.Count; i++)
        {
            foreach (var other in arrays.Concat(shadows.Skip(i + 1)).Where(other => HaveRows(shadows[i], other) || !AreLeaves(shadows[i], other)))
            {
                Require(shadows[i], other, entry);
            }
        }

        bool AreLeaves(Value array, Value other) => leaves.Contains(array) && leaves.Contains(other);
        bool HaveRows(Value array, Value other) => AreLeaves(array, other) && (IsJagged(array) || IsJagged(other));
    }

    /// <summary>Whether the caller has the array, and it is no copy of numbers that the objects in a list hold.</summary>
    private static bool IsOfCaller(Parameter parameter) => parameter is not { IsLeaf: true, Part.IsListed: true, Value.Type: not ArrayType { Form: ArrayForm.Listed } };

    private static bool IsJagged(Value array) => array.Type is ArrayType { Form: ArrayForm.Jagged };

    /// <summary>Arrays of different elements do not overlap.</summary>
    private static void Require(Value array, Value other, BlockBuilder entry)
    {
        if (((ArrayType)array.Type).Element != ((ArrayType)other.Type).Element) return;
        entry.Add(new RequireDisjoint(array, array.Name, other, other.Name));
    }
}
