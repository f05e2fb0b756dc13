using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The declaration to write where a method to differentiate calls a generated companion. The companion does not exist yet when the
/// generator reads the method; a declared derivative does.
/// </summary>
internal static class CompanionDeclarations
{
    private static readonly (string Suffix, string Attribute, string Name)[] Kinds =
    [
        ("Grad", "Gradient", "Gradient"), ("Vjp", "Vjp", "Pullback"), ("Jvp", "Jvp", "Pushforward"),
    ];

    private static readonly SymbolDisplayFormat Short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>What to do instead of the call.</summary>
    public static string Instead(IMethodSymbol companion, INamedTypeSymbol caller) => Of(companion, caller, qualified: false) is { } declaration
        ? "declare '" + declaration + "' and call that"
        : "call the method itself, or declare the derivative with an attribute";

    /// <summary>The declaration, with the signature of the companion; null if the method is none.</summary>
    public static string? Of(IMethodSymbol companion, INamedTypeSymbol caller, bool qualified)
    {
        foreach (var (suffix, attribute, name) in Kinds)
        {
            if (!companion.Name.EndsWith(suffix, StringComparison.Ordinal)) continue;
            var target = companion.Name.Substring(0, companion.Name.Length - suffix.Length);
            if (companion.ContainingType.GetMembers(target).IsEmpty) continue;
            var format = qualified ? SymbolDisplayFormat.FullyQualifiedFormat : Short;
            var owner = companion.ContainingType.ToDisplayString(format);
            var mark = SymbolEqualityComparer.Default.Equals(companion.ContainingType, caller)
                ? "nameof(" + target + ")"
                : "typeof(" + owner + "), nameof(" + owner + "." + target + ")";
            var parameters = companion.Parameters.Select(parameter => Mode(parameter) + parameter.Type.ToDisplayString(format) + " " + Identifiers.Escape(parameter.Name));
            var constraints = Declarations.Constraints(companion);
            return "[" + (qualified ? "global::SoftDiff." : "") + attribute + "(" + mark + ")] private static partial " + companion.ReturnType.ToDisplayString(format)
                + " " + target + name + Declarations.TypeParameters(companion.TypeParameters) + "(" + string.Join(", ", parameters) + ")"
                + (constraints.Length > 0 ? " " + constraints : "") + ";";
        }

        return null;
    }

    private static string Mode(IParameterSymbol parameter) =>
        parameter.RefKind switch { RefKind.Ref => "ref ", RefKind.Out => "out ", RefKind.In => "in ", _ => "" };
}
