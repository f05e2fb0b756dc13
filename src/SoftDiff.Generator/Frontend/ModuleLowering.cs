using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>Lowers a marked method and each method that it calls, once. Collects the errors on the way.</summary>
internal sealed class ModuleLowering
{
    private readonly Dictionary<string, (string Name, Function? Function)> _callees = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> _read = new();
    private readonly int _order;

    /// <summary>The methods that are being lowered, the innermost last. A trial adds to those of the module that makes it.</summary>
    private readonly List<ISymbol> _open;

    /// <summary>For methods that were lowered on trial, whether that succeeded.</summary>
    private readonly Dictionary<string, bool> _trials;

    /// <param name="root">The marked method.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="order">How many derivatives are taken one after the other (see <see cref="RuleLookup"/>).</param>
    public ModuleLowering(IMethodSymbol root, Compilation compilation, CancellationToken cancellation, int order = 1)
        : this(root, compilation, cancellation, order, new List<ISymbol>(), new Dictionary<string, bool>(StringComparer.Ordinal))
    {
    }

    private ModuleLowering(
        IMethodSymbol root, Compilation compilation, CancellationToken cancellation, int order, List<ISymbol> open, Dictionary<string, bool> trials)
    {
        Root = root;
        Compilation = compilation;
        Cancellation = cancellation;
        Rules = new RuleLookup(this, order);
        Transformations = new TransformationLowering(this);
        (_order, _open, _trials) = (order, open, trials);
        Reports = new Reports(root);
    }

    public IMethodSymbol Root { get; }

    public Compilation Compilation { get; }

    public CancellationToken Cancellation { get; }

    public RuleLookup Rules { get; }

    public TransformationLowering Transformations { get; }

    public Reports Reports { get; }

    public PassedArguments Arguments { get; } = new();

    /// <summary>How calls of objects are lowered.</summary>
    public ObjectChoices Objects { get; set; } = ObjectChoices.None;

    /// <summary>Lowers methods that take objects of a parameter tree where they are called.</summary>
    public void AddTree(IEnumerable<string> classes) => Objects = Objects with { Sources = Objects.Sources.Union(classes) };

    /// <summary>The methods from which functions of the module come, by the functions' names.</summary>
    public Dictionary<string, IMethodSymbol> Methods { get; } = new(StringComparer.Ordinal);

    /// <summary>The code does not compile as it stands; the compiler says so, we say nothing.</summary>
    public bool IsInvalid { get; set; }

    /// <summary>The first construct that was taken for code that does not compile.</summary>
    public List<SyntaxNode> Suspects { get; } = new();

    public bool Failed => IsInvalid || Reports.Any;

    public IEnumerable<Function> Callees => _callees.Values.Where(c => c.Function is not null).Select(c => c.Function!)
        .OrderBy(f => f.Name, StringComparer.Ordinal);

    public void Report(DiagnosticDescriptor descriptor, Location location, params object[] args) => Reports.Add(descriptor, location, null, args);

    public void Report(DiagnosticDescriptor descriptor, Location location, ImmutableDictionary<string, string?>? properties, params object[] args) =>
        Reports.Add(descriptor, location, properties, args);

    /// <summary>
    /// Whether one of the bodies read so far does not compile. The compiler has to analyse them again for that, so this is called only
    /// after a failure.
    /// </summary>
    public bool HasCompilerErrors() => _read.Any(syntax => HasErrors(syntax, syntax));

    private bool HasErrors(SyntaxNode inside, SyntaxNode member) => SemanticModels.Of(Compilation, inside.SyntaxTree)
        .GetDiagnostics(member.Span, Cancellation).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>
    /// Reports a construct that was taken for code that does not compile, although the code does compile. Without this report the method
    /// would have neither derivatives nor a message.
    /// </summary>
    public void ReportSuspects()
    {
        if (Reports.Any) return;
        foreach (var suspect in Suspects)
        {
            var member = (SyntaxNode?)suspect.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? suspect;
            if (HasErrors(suspect, member)) return;
            Report(Descriptors.UnsupportedExpression, suspect.GetLocation(), SourceLines.Short(suspect), "write it in another way");
        }
    }

    /// <summary>
    /// The name by which the IR calls a method with source; null if the method has no source. Lowers the method at the first request.
    /// </summary>
    /// <param name="byElement">Positions of the <c>ref</c> parameters that are elements of arrays here (see <see cref="FunctionLowering"/>).</param>
    /// <param name="receiver">The object that <c>this</c> is in its body; null for a static method.</param>
    /// <param name="dynamicType">The class of the object on which it is called, where it is known to be no derived one.</param>
    /// <param name="known">The delegates that it is called with; null if there are none.</param>
    public string? Callee(
        IMethodSymbol method, TypeMapping outer, ImmutableArray<int> byElement, ConstantObject? receiver = null, INamedTypeSymbol? dynamicType = null,
        Specialization? known = null)
    {
        if (TransformationAttributes.IsMarked(method) && HasSource(method)) return Transformations.Callee(method, outer, receiver);
        if ((known?.Code?.Body ?? Body(method)) is not { } body) return null;
        var types = known?.Code?.TypesInside ?? TypeMapping.Of(method, outer);
        var key = Declarations.Key(method.OriginalDefinition) + "<" + types.Arguments + ">"
            + (byElement.IsEmpty ? "" : "&" + string.Join(",", byElement)) + receiver?.Expression
            + (dynamicType is null ? "" : "@" + TypeMapping.Global(dynamicType)) + known?.Key;
        return Callee(key, NameOf(method), name =>
        {
            _open.Add(method.OriginalDefinition);
            var function = Lower(name, key, types, body, byElement, receiver, dynamicType, known);
            _open.RemoveAt(_open.Count - 1);
            return function;
        });
    }

    /// <summary>
    /// Whether the body of a method has a place in the IR. A trial in a module of its own tells, once for each method and receiver.
    /// </summary>
    public bool HasFunction(IMethodSymbol method, TypeMapping outer, ConstantObject receiver)
    {
        var key = Declarations.Key(method.OriginalDefinition) + "<" + TypeMapping.Of(method, outer).Arguments + ">" + receiver.Expression;
        if (_trials.TryGetValue(key, out var known)) return known;
        var trial = new ModuleLowering(Root, Compilation, Cancellation, order: 1, _open, _trials) { Objects = Objects };
        return _trials[key] = trial.Callee(method, outer, ImmutableArray<int>.Empty, receiver) is not null && !trial.Failed;
    }

    /// <summary>How often a method is being lowered, each time for other delegates or another receiver, because its body calls itself.</summary>
    public int Depth(IMethodSymbol method) => _open.Count(open => SymbolEqualityComparer.Default.Equals(open, method.OriginalDefinition));

    /// <summary>The name of a method; for a lambda that of the method around it.</summary>
    private static string NameOf(IMethodSymbol method) => method.MethodKind != MethodKind.AnonymousFunction ? method.Name
        : method.ContainingSymbol is IMethodSymbol around ? NameOf(around) + "Lambda" : method.ContainingSymbol.Name + "Lambda";

    /// <summary>The name of the function with that key, which is made at the first request and has the proposed name if that is free.</summary>
    public string Callee(string key, string proposed, Func<string, Function?> make)
    {
        if (_callees.TryGetValue(key, out var known)) return known.Name;
        var name = FreeName(proposed);
        // The name is registered before the body is lowered, because the method may call itself.
        _callees[key] = (name, null);
        _callees[key] = (name, make(name));
        return name;
    }

    /// <summary>A name that no function of the module has, and no other will get.</summary>
    public string FreeName(string proposed)
    {
        var name = proposed;
        for (var i = 2; !_names.Add(name); i++) name = proposed + i;
        return name;
    }

    /// <summary>Adds a function that does not come from a method of the user, under a <see cref="FreeName">free name</see>.</summary>
    public void Add(Function function) => _callees[function.Name] = (function.Name, function);

    /// <summary>The function of that name; null if there is none, or not yet.</summary>
    public Function? Find(string name) => _callees.Values.FirstOrDefault(c => c.Name == name).Function;

    /// <summary>Whether a function, or one that it calls, asks objects what may change, and so must run once.</summary>
    public bool AsksObjects(Function function)
    {
        var (open, seen) = (new Queue<Function>(new[] { function }), new HashSet<string>(StringComparer.Ordinal));
        while (open.Count > 0)
        {
            foreach (var op in open.Dequeue().Body.AllOps())
            {
                if (op.RunsOnce) return true;
                if (op is Call call && seen.Add(call.Callee) && Find(call.Callee) is { } callee) open.Enqueue(callee);
            }
        }

        return false;
    }

    /// <summary>
    /// The name of a function that does not come from a method of the user; null if there is none. Makes the function at the first request.
    /// </summary>
    public string? Callee(string key, Func<string, Function?> make)
    {
        if (_callees.TryGetValue(key, out var known)) return known.Name;
        var name = "";
        for (var i = 1; name.Length == 0 || _names.Contains(name); i++) name = "Body" + i;
        if (make(name) is not { } function) return null;
        _names.Add(name);
        _callees[key] = (name, function);
        return name;
    }

    private Function? Lower(
        string name, string key, TypeMapping types, MethodBody body, ImmutableArray<int> byElement, ConstantObject? receiver, INamedTypeSymbol? dynamicType, Specialization? known)
    {
        Methods[name] = body.Method;
        // The names that are accessible in a body depend on the type that uses them. The rules that are known depend on the order. Whether a
        // member of the receiver is a constant depends on the choices about objects.
        var shared = _order.ToString(CultureInfo.InvariantCulture) + " " + name + " " + key + " " + Objects.Key + " "
            + Root.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (LoweredLeaves.Find(Compilation, shared) is { } lowered) return lowered;

        var failed = Failed;
        var function = new FunctionLowering(this, types, body, new ValueSource(), receiver) { DynamicReceiver = dynamicType, Known = known }.Lower(name, byElement);
        if (function is not null) function = function with { Checkpoint = CheckpointAttributes.Of(body.Method) };
        if (function?.Checkpoint is not null && AsksObjects(function))
        {
            Report(Descriptors.UnusableCheckpoint, body.Method.Locations[0], body.Method.Name, "it asks objects, which may answer otherwise when it runs again; remove the attribute");
        }

        if (function is not null && !failed && !Failed) LoweredLeaves.Add(Compilation, shared, function);
        return function;
    }

    /// <summary>
    /// The body of a method, a local function, an accessor or a constructor; null if it has no source here. A declared transformation has none, also where the
    /// generator has written one.
    /// </summary>
    public MethodBody? Body(IMethodSymbol method)
    {
        if (TransformationAttributes.IsMarked(method) || Bodies.Of(method, Compilation, Cancellation) is not { } body) return null;
        HasRead(body.Syntax);
        return body;
    }

    /// <summary>Remembers that a body is part of the module.</summary>
    public void HasRead(SyntaxNode syntax) => _read.Add(syntax);

    public bool HasSource(IMethodSymbol method) =>
        method.OriginalDefinition.DeclaringSyntaxReferences.Any(r => Compilation.ContainsSyntaxTree(r.SyntaxTree));

    /// <summary>Whether generated code beside the root method may name the symbol.</summary>
    public bool IsAccessible(ISymbol symbol) => Compilation.IsSymbolAccessibleWithin(symbol, Root.ContainingType);

    /// <summary>Whether generated code beside the root method may name a member of an expression of the given type.</summary>
    public bool IsAccessible(ISymbol symbol, ITypeSymbol through) => Compilation.IsSymbolAccessibleWithin(symbol, Root.ContainingType, through);
}
