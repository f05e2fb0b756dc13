using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>Compiles and loads; a file that does not compile costs its own program only.</summary>
internal static class Assemblies
{
    /// <summary>
    /// Emits and loads a compilation. <paramref name="owner"/> tells whose program a file is, null if it cannot be left out. For each
    /// owner of an error, or of a warning in a file of
    /// which <paramref name="mustBeClean"/> holds, <paramref name="blame"/> is called; its files are left out and the rest is compiled
    /// again.
    /// </summary>
    public static Assembly Load(
        AssemblyLoadContext context, CSharpCompilation compilation, Func<SyntaxTree, int?> owner, Func<SyntaxTree, bool> mustBeClean,
            Action<int, Diagnostic[]> blame)
    {
        while (true)
        {
            using MemoryStream image = new();
            EmitResult emitted = compilation.Emit(image);
            ILookup<int?, Diagnostic> faults = emitted.Diagnostics
                .Where(d => d.Location.SourceTree is { } tree
                    && (d.Severity == DiagnosticSeverity.Error || (d.Severity == DiagnosticSeverity.Warning && mustBeClean(tree))))
                .ToLookup(d => owner(d.Location.SourceTree!));
            if (emitted.Success && faults.Count == 0)
            {
                image.Position = 0;
                return context.LoadFromStream(image);
            }

            SyntaxTree[] kept = [.. compilation.SyntaxTrees.Where(tree => owner(tree) is not { } number || !faults.Contains(number))];
            if (kept.Length == compilation.SyntaxTrees.Length) throw new InvalidOperationException(
                "Errors that no program has:\n" + GeneratorRun.Describe(emitted.Diagnostics.Take(10)));
            foreach (IGrouping<int?, Diagnostic> group in faults.Where(group => group.Key is not null)) blame(group.Key!.Value, [.. group]);
            compilation = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(kept);
        }
    }

    public static SyntaxTree Parse(string path, string text, CSharpCompilation like) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), (CSharpParseOptions)like.SyntaxTrees[0].Options, path);
}
