using System.Globalization;
using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>Reads [Checkpoint].</summary>
internal static class CheckpointAttributes
{
    /// <summary>What the method's callers keep; null if it is not marked.</summary>
    public static Checkpoint? Of(IMethodSymbol method) => Mark(method) is { } mark ? new Checkpoint(Slots(mark) ?? 0) : null;

    /// <summary>Reports a mark that does nothing.</summary>
    public static Reports Check(IMethodSymbol method)
    {
        var reports = new Reports(method);
        if (Mark(method) is not { ApplicationSyntaxReference: { } syntax } mark) return reports;
        var reason = RuleLookup.Attribute(method, "DifferentiableAttribute") is null ? "it is not [Differentiable]; mark it, or remove the attribute"
            : RuleLookup.HasRule(method) ? "callers use its rule and keep what the rule says; remove the attribute"
            : Slots(mark) is < 1 and var slots
                ? "Slots is " + slots.ToString(CultureInfo.InvariantCulture) + ", and the state before a loop takes one; write 1 or more, or leave it out"
            : null;
        if (reason is null) return reports;
        reports.Add(Descriptors.UnusableCheckpoint, syntax.SyntaxTree.GetLocation(syntax.Span), null, method.Name, reason);
        return reports;
    }

    private static AttributeData? Mark(IMethodSymbol method) => RuleLookup.Attribute(method, "CheckpointAttribute");

    /// <summary>The number of slots; null if the attribute does not say.</summary>
    private static int? Slots(AttributeData mark) =>
        mark.NamedArguments.Where(a => a.Key == "Slots").Select(a => a.Value.Value as int?).FirstOrDefault();
}
