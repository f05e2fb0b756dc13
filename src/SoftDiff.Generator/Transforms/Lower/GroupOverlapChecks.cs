namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Checks at the entry that no array which is written overlaps another become one operation. Without the pass there is a line for each pair.
/// </summary>
internal static class GroupOverlapChecks
{
    /// <summary>That many checks stay as they are: they are no more text than one check of all the arrays, and they are faster.</summary>
    private const int FewChecks = 3;

    public static Function Run(Function function)
    {
        if (function.Body.Ops.Count(op => op is RequireDisjoint) <= FewChecks) return function;
        var ops = ImmutableArray.CreateBuilder<Op>();
        var run = new List<RequireDisjoint>();
        foreach (var op in function.Body.Ops)
        {
            if (op is RequireDisjoint check)
            {
                run.Add(check);
                continue;
            }

            ops.AddRange(Grouped(run));
            run.Clear();
            ops.Add(op);
        }

        return function with { Body = function.Body with { Ops = ops.ToImmutable() } };
    }

    /// <summary>The checks of arrays with the same elements together.</summary>
    private static IEnumerable<Op> Grouped(IEnumerable<RequireDisjoint> run) =>
        run.GroupBy(Elements).SelectMany(checks => Group(checks.ToList()) is { } all ? new Op[] { all } : checks.AsEnumerable<Op>());

    /// <summary>The runtime compares arrays of rows with each other, and other arrays with each other. Mixed pairs stay as they are.</summary>
    private static (ScalarType Element, bool? HasRows) Elements(RequireDisjoint check)
    {
        var (first, second) = ((ArrayType)check.First.Type, (ArrayType)check.Second.Type);
        return (first.Element, first.IsJagged == second.IsJagged ? first.IsJagged : null);
    }

    /// <summary>One check in place of these; null if there are few, or a pair with an array that is written is missing.</summary>
    private static RequireAllDisjoint? Group(IReadOnlyList<RequireDisjoint> checks)
    {
        if (checks.Count <= FewChecks || Elements(checks[0]).HasRows is null) return null;
        var names = new Dictionary<Operand, string>();
        var others = new Dictionary<Operand, HashSet<Operand>>();
        void Note(Operand array, string name, Operand other)
        {
            names[array] = name;
            if (!others.TryGetValue(array, out var known)) others[array] = known = new HashSet<Operand>();
            known.Add(other);
        }

        foreach (var check in checks)
        {
            Note(check.First, check.FirstName, check.Second);
            Note(check.Second, check.SecondName, check.First);
        }

        // An array that is written is compared with all others; one that is only read, with those that are written.
        var written = others.Keys.Where(array => others[array].Count == others.Count - 1).ToList();
        var read = others.Keys.Except(written).ToList();
        if (others.Count > RequireAllDisjoint.Most || read.Any(array => others[array].Count != written.Count)) return null;
        if (names.Values.Any(name => name.Contains(' '))) return null;
        var arrays = written.Concat(read).ToImmutableArray();
        return new RequireAllDisjoint(arrays, arrays.Select(array => names[array]).ToImmutableArray(), written.Count) { Line = checks[0].Line };
    }
}
