namespace SoftDiff.Generator.Frontend;

/// <summary>How many derivatives are taken one after the other in a module: rules are looked up to that depth.</summary>
internal sealed class NestingDepth
{
    private readonly Dictionary<string, Function> _functions;
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    private NestingDepth(Module module) => _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Of the root: those of its own, and one that its companions are, unless it is a declared transformation.</summary>
    public static int Of(Module module) => new NestingDepth(module).OfBody(module.Root) + (Transform.Of(module.Root) is null ? 1 : 0);

    /// <summary>The declared transformations that are, through what they call, derivatives of themselves.</summary>
    public static IEnumerable<Function> Cycles(Module module)
    {
        var functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return module.Callees.Where(f => Transform.Of(f) is { } transform && Reaches(transform.Target, f.Name, functions, new HashSet<string>(StringComparer.Ordinal)));
    }

    private static bool Reaches(string from, string to, IReadOnlyDictionary<string, Function> functions, HashSet<string> seen) =>
        from == to || (seen.Add(from) && functions.TryGetValue(from, out var function) && Called(function).Any(name => Reaches(name, to, functions, seen)));

    private static IEnumerable<string> Called(Function function) => function.Body.AllOps()
        .Select(op => op switch { Call call => call.Callee, Transform transform => transform.Target, _ => null }).OfType<string>();

    private int OfBody(Function function)
    {
        var below = Called(function).Select(Of).DefaultIfEmpty(0).Max();
        return Transform.Of(function) is { } transform ? transform.What.Order + below : below;
    }

    private int Of(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        _known[name] = 0;
        return _functions.TryGetValue(name, out var function) ? _known[name] = OfBody(function) : 0;
    }
}
