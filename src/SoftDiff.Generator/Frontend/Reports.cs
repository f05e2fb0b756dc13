using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The diagnostics of a marked method and of the methods it calls, each finding once.</summary>
internal sealed class Reports
{
    private readonly IMethodSymbol _root;
    private readonly List<Diagnostic> _diagnostics = new();
    private readonly HashSet<(string Id, Location Location)> _reported = new();

    public Reports(IMethodSymbol root) => _root = root;

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutableArray();

    public bool Any => _diagnostics.Count > 0;

    /// <summary>Whether the code or something inside it was reported.</summary>
    public bool AnyWithin(SyntaxNode code) => _diagnostics.Any(found =>
        found.Location.SourceTree == code.SyntaxTree && code.Span.Contains(found.Location.SourceSpan));

    public void Add(DiagnosticDescriptor descriptor, Location location, ImmutableDictionary<string, string?>? properties, params object[] args)
    {
        if (!_reported.Add((descriptor.Id, location))) return;
        var root = _root.Locations.FirstOrDefault();
        var inside = _root.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == location.SourceTree && r.Span.Contains(location.SourceSpan));
        _diagnostics.Add(Diagnostic.Create(descriptor, location, root is null || inside ? null : new[] { root }, properties, args));
    }
}
