using System.Collections.Immutable;
using SoftDiff.Generator.Emit;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Pipeline;

/// <summary>Puts a method's companions and their helpers into one file, with a documentation line for each companion.</summary>
internal static class CompanionFiles
{
    public static CompanionFile Assemble(Declaration declaration, ImmutableArray<Companion> companions)
    {
        var methods = ImmutableArray.CreateBuilder<EmittedMethod>();
        var helpers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var companion in companions)
        {
            methods.Add(new EmittedMethod(companion.Function, Summary(companion.Kind, declaration), declaration.Accessibility));
        }

        foreach (var helper in companions.SelectMany(companion => companion.Helpers))
        {
            // Companions may share a helper, for example a callee that carries no derivative.
            var text = IrText.Print(helper);
            if (!helpers.TryGetValue(helper.Name, out var known))
            {
                helpers.Add(helper.Name, text);
                methods.Add(new EmittedMethod(helper, "", "private"));
            }
            else if (known != text)
            {
                throw new InvalidOperationException("Two different helpers are named " + helper.Name);
            }
        }

        return new CompanionFile(declaration, methods.ToImmutable());
    }

    private static string Summary(CompanionKind kind, Declaration declaration)
    {
        var method = "<see cref=\"" + Escape(declaration.Cref) + "\"/>";
        return kind switch
        {
            CompanionKind.Gradient => "Value and gradient of " + method + ".",
            CompanionKind.Vjp => "Value and vector-Jacobian product of " + method + ": gradients for given cotangents of its results.",
            CompanionKind.Jvp => "Value and Jacobian-vector product of " + method + ": tangents of its results for given tangents of its inputs.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
