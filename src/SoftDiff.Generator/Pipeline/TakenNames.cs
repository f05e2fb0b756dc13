using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// Members of the user's type that stand in the place of a companion: anything but a method with its name, or a method that C# cannot tell from it.
/// </summary>
internal static class TakenNames
{
    /// <summary>Reports each of them; gives the names of the companions that cannot be generated.</summary>
    public static ImmutableArray<string> Report(IMethodSymbol method, Function signature, Reports reports)
    {
        var own = new[] { "Grad", "Vjp", "Jvp" }.SelectMany(suffix => method.ContainingType.GetMembers(method.Name + suffix))
            .Where(member => !MarkerAttributes.IsGenerated(member)).ToList();
        if (own.Count == 0) return ImmutableArray<string>.Empty;

        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var companion in Companions.Stubs(signature, ""))
        {
            if (own.FirstOrDefault(member => Clashes(member, companion.Function, method.Arity)) is not { } taken) continue;
            names.Add(companion.Function.Name);
            reports.Add(Descriptors.TakenName, taken.Locations[0], null, taken.Name, method.Name);
        }

        return names.ToImmutable();
    }

    private static bool Clashes(ISymbol member, Function companion, int arity)
    {
        if (member.Name != companion.Name) return false;
        if (member is not IMethodSymbol method) return true;
        var declared = companion.Parameters.Where(p => p.Part is not ({ IsReturned: true } or { IsReceiver: true })).GroupBy(p => p.DeclaredName, StringComparer.Ordinal).Select(parts => parts.First()).ToList();
        return method.Arity == arity && method.Parameters.Length == declared.Count && method.Parameters.Zip(declared, IsAlike).All(alike => alike);
    }

    /// <summary>Whether C# takes two parameters for the same. Which of <c>ref</c>, <c>out</c> and <c>in</c> it is makes no difference.</summary>
    private static bool IsAlike(IParameterSymbol own, Parameter generated)
    {
        if (own.RefKind == RefKind.None != (generated.PassedAs == ParameterMode.Value)) return false;
        if (generated.Part is { } part) return TypeMapping.Global(own.Type) == part.Type.Name;
        if (generated.ElementsOf is not null) return StructArrays.Map(own.Type, TypeMapping.Plain)?.Element.Name == generated.ElementsOf.Name;
        return (TypeMapping.Plain.Map(own.Type) ?? TypeMapping.Plain.Passive(own.Type)) is { } type && type.Equals(generated.Value.Type);
    }
}
