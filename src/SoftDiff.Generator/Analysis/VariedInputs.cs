namespace SoftDiff.Generator.Analysis;

/// <summary>
/// By which of its parameters a root or a target of declared transformations is differentiated somewhere in a module. A transformation
/// that a body calls, and not only declares another one of, may be differentiated by all of its arguments.
/// </summary>
internal sealed class VariedInputs
{
    private readonly Function _root;
    private readonly ILookup<string, Function> _declared;
    private readonly HashSet<string> _called;

    public VariedInputs(Module module)
    {
        _root = module.Root;
        var functions = module.Callees.Add(module.Root);
        _declared = functions.Where(f => Transform.Of(f) is not null).ToLookup(f => Transform.Of(f)!.Target, StringComparer.Ordinal);
        _called = new HashSet<string>(functions.SelectMany(f => f.Body.AllOps()).OfType<Call>().Select(call => call.Callee), StringComparer.Ordinal);
    }

    public IEnumerable<Parameter> Of(Function function)
    {
        if (ReferenceEquals(function, _root)) return function.Parameters.Where(p => p is { Wrt: true, Scratch: false });
        var names = new HashSet<string>(Names(function), StringComparer.Ordinal);
        return function.Parameters.Where(p => p.Value.Type.CarriesDerivative && !p.Scratch && names.Contains(p.DeclaredName));
    }

    /// <summary>
    /// The names of the parameters that vary. A declaration's first parameters are those of its target, whatever they are called.
    /// </summary>
    private IEnumerable<string> Names(Function function)
    {
        foreach (var declared in _declared[function.Name])
        {
            var wrt = Transform.Of(declared)!.What.Wrt;
            var own = wrt.IsEmpty ? function.Parameters.Where(p => p.Wrt).Select(p => p.DeclaredName) : wrt;
            var isCalled = !ReferenceEquals(declared, _root) && _called.Contains(declared.Name);
            var outer = isCalled ? declared.Parameters.Select(p => p.DeclaredName) : ReferenceEquals(declared, _root) ? [] : Names(declared);
            var positions = new HashSet<string>(outer, StringComparer.Ordinal);
            foreach (var name in own) yield return name;
            for (var i = 0; i < function.Parameters.Length; i++)
            {
                if (positions.Contains(declared.Parameters[i].DeclaredName)) yield return function.Parameters[i].DeclaredName;
            }
        }
    }
}
