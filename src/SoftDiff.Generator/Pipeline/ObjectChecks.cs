using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The conditions on objects that need a whole module: none gets a number that is differentiated, and no constant changes.</summary>
internal static class ObjectChecks
{
    /// <summary>The choices with which the module has to be lowered again; the same ones if it need not.</summary>
    public static ObjectChoices Next(Module module, PassedArguments arguments, ObjectChoices choices)
    {
        var sources = VariedEvaluations.Of(module).Select(op => arguments.Objects[op.Site].Source).Where(source => source.Length > 0);
        var next = choices with { Sources = choices.Sources.Union(sources) };
        return next.MembersChange || !MayChangeMembers(module) ? next : next with { MembersChange = true };
    }

    /// <summary>Whether no object gets a number that is differentiated.</summary>
    public static bool Hold(Module module) => VariedEvaluations.Of(module).IsEmpty;

    /// <summary>Reports the expressions that give an object a number which is differentiated.</summary>
    public static void Report(Module module, PassedArguments arguments, Reports reports)
    {
        foreach (var op in VariedEvaluations.Of(module))
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
