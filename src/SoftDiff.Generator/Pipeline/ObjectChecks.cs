using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// The conditions on objects that need a whole module: no object gets a number that is differentiated, and no constant changes.
/// </summary>
internal static class ObjectChecks
{
    /// <summary>The choices with which the module has to be lowered again; the same ones if it need not.</summary>
    /// <param name="module">The module.</param>
    /// <param name="varied">Its expressions about objects that get numbers which are differentiated.</param>
    /// <param name="arguments">The sites of the module.</param>
    /// <param name="choices">The choices with which it was lowered.</param>
    public static ObjectChoices Next(Module module, ImmutableArray<Evaluate> varied, PassedArguments arguments, ObjectChoices choices)
    {
        var sources = varied.Select(op => arguments.Objects[op.Site].Source).Where(source => source.Length > 0);
        var next = choices with { Sources = choices.Sources.Union(sources) };
        return next.MembersChange || !MayChangeMembers(module) ? next : next with { MembersChange = true };
    }

    /// <summary>Reports the expressions that give an object a number which is differentiated.</summary>
    public static void Report(ImmutableArray<Evaluate> varied, PassedArguments arguments, Reports reports)
    {
        foreach (var op in varied)
        {
            var site = arguments.Objects[op.Site];
            reports.Add(site.Descriptor, site.Syntax.GetLocation(), null, SourceLines.Short(site.Syntax), site.Instead);
        }
    }

    private static bool MayChangeMembers(Module module)
    {
        var functions = module.Callees.Add(module.Root);
        return functions.Any(f => f.Body.AllOps().Any(op => op is Evaluate { Effect: ObjectEffect.Call, IsDisplay: false }))
            && functions.Any(f => f.Body.AllReads().Any(operand => operand is SymbolConstant { IsOfReceiver: true, IsAssignable: true }));
    }
}
