namespace SoftDiff.Generator.Emit;

/// <summary>The static fields that keep the patterns of sparse Jacobians between calls: one for each function that finds one.</summary>
internal static class PatternCaches
{
    public static string NameOf(string callee) => callee + "Cache";

    /// <summary>Writes the fields of a method.</summary>
    public static void Write(IEnumerable<CallSite> calls, CodeWriter code)
    {
        foreach (var call in calls.Where(call => call.Node.Op is FindPattern))
        {
            code.Line("");
            code.Line("private static readonly global::SoftDiff.PatternCache " + NameOf(call.Callee) + " = new();");
        }
    }
}
