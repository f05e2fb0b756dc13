namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Names the parameters that a derivative adds to those of the function. The parameters that are parts of one C# parameter stay parts of one: the
/// gradients of <c>p.X</c> and <c>p.Y</c> are <c>dP.X</c> and <c>dP.Y</c>.
/// </summary>
internal sealed class AddedParameters
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<(string Prefix, ParameterPart Whole), string> _wholes = new();

    public AddedParameters(Function function) => _taken = new HashSet<string>(function.Parameters.SelectMany(p => new[] { p.Name, p.DeclaredName }));

    /// <summary><c>x</c> with prefix <c>d</c> is <c>dX</c>; a name the method already uses gets a number.</summary>
    public string Name(string prefix, string name) => Signatures.Name(prefix, name, _taken);

    /// <summary>A parameter of the derivative that belongs to what the function returns.</summary>
    public Parameter OfResult(AddedKind kind, IrType type, ValueSource values) =>
        new(values.Fresh(type, Name(Prefix(kind), "result")), kind == AddedKind.Tangent ? ParameterMode.Out : ParameterMode.Value, Wrt: false)
        {
            Added = new AddedRole(kind, Of: null, IsInOut: false),
        };

    /// <summary>A parameter of the derivative that belongs to one of the function's.</summary>
    /// <param name="kind">Which derivative it is.</param>
    /// <param name="of">The function's parameter.</param>
    /// <param name="type">Its type.</param>
    /// <param name="mode">How it is passed.</param>
    /// <param name="isInOut">Whether it goes in and out.</param>
    /// <param name="values">The source of value numbers.</param>
    public Parameter Add(AddedKind kind, Parameter of, IrType type, ParameterMode mode, bool isInOut, ValueSource values)
    {
        var prefix = Prefix(kind);
        var value = values.Fresh(type, Name(prefix, of.Name));
        return new Parameter(value, mode, Wrt: false)
        {
            ElementsOf = of.ElementsOf,
            Added = new AddedRole(kind, of.IsReturned ? null : of.Part is { IsReceiver: true } ? "this" : of.DeclaredName, isInOut),
            Part = of.Part is not { } part ? null : part with
            {
                Whole = Whole(prefix, part),
                IsReturned = false,
                IsReceiver = false,
                Primal = part.Type.HasOptional ? part.Primal ?? part : null,
                GradientOf = kind == AddedKind.Gradient && of.IsLeaf ? part.Whole : null,
                IsTangent = kind == AddedKind.Tangent && of.IsLeaf,
            },
        };
    }

    private static string Prefix(AddedKind kind) => kind switch
    {
        AddedKind.Gradient => "d",
        AddedKind.Cotangent => "c",
        _ => "t",
    };

    private string Whole(string prefix, ParameterPart part)
    {
        var key = (prefix, part with { Leaf = 0, Primal = part.Primal is { } primal ? primal with { Leaf = 0 } : null });
        return _wholes.TryGetValue(key, out var known) ? known : _wholes[key] = Name(prefix, part.Whole);
    }
}
