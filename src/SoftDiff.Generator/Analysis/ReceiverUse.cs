namespace SoftDiff.Generator.Analysis;

/// <summary>Finds the functions that need a receiver: they name its members, or call a function that does.</summary>
internal static class ReceiverUse
{
    /// <summary>The names of those functions. All functions that they call must be among the given ones.</summary>
    public static HashSet<string> Of(ImmutableArray<Function> functions)
    {
        var byName = functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return new HashSet<string>(
            functions.Where(f => CallGraph.Reachable(f, byName).Prepend(f).Any(NamesMembers)).Select(f => f.Name), StringComparer.Ordinal);
    }

    private static bool NamesMembers(Function function) => function.Body.AllReads().Any(operand => operand is SymbolConstant { IsOfReceiver: true });
}
