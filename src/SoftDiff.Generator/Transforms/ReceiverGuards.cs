using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>Guards at the start of a finished method: what it writes may not overlap an array of the receiver, since those are constants.</summary>
internal static class ReceiverGuards
{
    /// <param name="root">The method.</param>
    /// <param name="helpers">The functions that it may call.</param>
    public static Function Add(Function root, ImmutableArray<Function> helpers)
    {
        var functions = helpers.Insert(0, root);
        var members = functions.SelectMany(f => f.Body.AllReads()).OfType<SymbolConstant>().Where(c => c is { IsOfReceiver: true, Of: ArrayType })
            .Distinct().OrderBy(c => c.Expression, StringComparer.Ordinal).ToList();
        if (members.Count == 0) return root;
        var written = new WrittenInputs(functions);
        var outputs = root.Inputs.Select(p => p.Value).Where((value, i) => value.Type is ArrayType && written.Contains(root.Name, i)).ToList();
        var guards = outputs.SelectMany(value => members.Where(member => ((ArrayType)member.Of).Element == ((ArrayType)value.Type).Element)
            .Select(member => (Op)new RequireDisjoint(value, value.Name, member, member.Expression.Replace("!", ""))));
        return root with { Body = root.Body with { Ops = root.Body.Ops.InsertRange(0, guards) } };
    }
}
