using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>Every [DerivativeOf] rule of a compilation, by the method it is for. Found once per compilation, and only if a call asks.</summary>
internal sealed class DerivativeOfIndex
{
    private readonly Dictionary<(string Type, string Method), List<IMethodSymbol>> _rules = new();

    public static DerivativeOfIndex For(Compilation compilation, CancellationToken cancellation)
    {
        var cache = CompilationCache.Of(compilation);
        return cache.Rules ??= new DerivativeOfIndex(compilation, cancellation);
    }

    private DerivativeOfIndex(Compilation compilation, CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            var candidates = tree.GetRoot(cancellation).DescendantNodes(n => n is not BlockSyntax).OfType<MethodDeclarationSyntax>()
                .Where(m => m.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString().Contains("DerivativeOf"))).ToList();
            if (candidates.Count == 0) continue;
            var model = compilation.GetSemanticModel(tree);
            foreach (var candidate in candidates)
            {
                if (model.GetDeclaredSymbol(candidate, cancellation) is IMethodSymbol method) Add(method);
            }
        }

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (assembly.Name != "SoftDiff.Runtime" && !assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == "SoftDiff.Runtime"))) continue;
            Visit(assembly.GlobalNamespace);
        }
    }

    public List<IMethodSymbol>? Find(IMethodSymbol method) =>
        _rules.TryGetValue((TypeMapping.Global(method.ContainingType), method.Name), out var rules) ? rules : null;

    private void Visit(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner) Visit(inner);
            else if (member is IMethodSymbol { IsStatic: true, DeclaredAccessibility: Accessibility.Public } method) Add(method);
        }
    }

    private void Add(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "DerivativeOfAttribute", ContainingNamespace.Name: "SoftDiff" }) continue;
            var arguments = attribute.ConstructorArguments;
            if (arguments.Length != 2 || arguments[0].Value is not ITypeSymbol type || arguments[1].Value is not string name) continue;
            var key = (TypeMapping.Global(type), name);
            if (!_rules.TryGetValue(key, out var rules)) _rules[key] = rules = new List<IMethodSymbol>();
            rules.Add(method);
        }
    }
}
