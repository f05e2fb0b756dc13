using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The arguments in a method's body that must not depend on what is differentiated, since the rule that is called has no derivative by them (a
/// quantile, a tolerance), or a method to which they are passed calls such a rule with them. Which those are is known when all methods are lowered.
/// </summary>
internal sealed class ConstantArguments
{
    private readonly List<Site> _sites = new();

    /// <param name="Value">The argument.</param>
    /// <param name="Syntax">Its expression.</param>
    /// <param name="Parameter">The parameter as a message names it.</param>
    /// <param name="Callee">The method with source that is called, or null for a rule.</param>
    /// <param name="Position">The parameter's position among that method's inputs.</param>
    private sealed record Site(Operand Value, SyntaxNode Syntax, string Parameter, string? Callee, int Position);

    /// <summary>An argument of a rule that must be constant.</summary>
    public void Add(Operand value, SyntaxNode syntax, string parameter) => _sites.Add(new Site(value, syntax, parameter, null, 0));

    /// <summary>An argument of a method that may pass it on to such a rule.</summary>
    public void Add(Operand value, SyntaxNode syntax, string parameter, string callee, int position) =>
        _sites.Add(new Site(value, syntax, parameter, callee, position));

    /// <summary>Those that depend on the method's differentiated parameters, and what to write instead.</summary>
    public IEnumerable<(Location Location, string Parameter, string Instead)> Varied(
        Function function, IReadOnlyDictionary<string, Function> callees)
    {
        if (!callees.Values.Append(function).Any(ConstantInputs.Exist)) yield break;
        var constants = new ConstantInputs(callees);
        var activity = ConstantInputs.Varying(function, function.Parameters.Where(p => p is { Wrt: true, Scratch: false }));
        foreach (var site in _sites)
        {
            if (!activity.IsVaried(site.Value) || (site.Callee is { } callee && !constants.Contains(callee, site.Position))) continue;
            yield return (site.Syntax.GetLocation(), site.Parameter, Instead(site, callees));
        }
    }

    private static string Instead(Site site, IReadOnlyDictionary<string, Function> callees)
    {
        if (site.Value.Type is not ArrayType) return $"if it is to count as constant, write Diff.StopGradient({SourceLines.Short(site.Syntax)})";
        return site.Callee is { } callee && ConstantInputs.IsMarked(callees[callee].Inputs[site.Position])
            ? "[NonDifferentiable] on a span stops no derivative in a call: leave it out there, or pass what does not depend on the differentiated parameters"
            : "mark it [NonDifferentiable], or leave it out of Wrt";
    }
}
