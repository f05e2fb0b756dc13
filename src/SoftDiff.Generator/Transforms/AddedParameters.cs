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

    /// <summary>A parameter of the derivative that belongs to one of the function's.</summary>
    /// <param name="prefix"><c>d</c> for gradients, <c>c</c> for cotangents, <c>t</c> for tangents.</param>
    /// <param name="of">The function's parameter.</param>
    /// <param name="type">Its type.</param>
    /// <param name="mode">How it is passed.</param>
    /// <param name="values">The source of value numbers.</param>
    public Parameter Add(string prefix, Parameter of, IrType type, ParameterMode mode, ValueSource values)
    {
        var value = values.Fresh(type, Name(prefix, of.Name));
        return new Parameter(value, mode, Wrt: false)
        {
            ElementsOf = of.ElementsOf,
            Part = of.Part is not { } part ? null : part with
            {
                Whole = Whole(prefix, part),
                IsReturned = false,
                IsReceiver = false,
                Primal = part.Type.HasOptional ? part.Primal ?? part : null,
                GradientOf = prefix == "d" && of.IsLeaf ? part.Whole : null,
                IsTangent = prefix == "t" && of.IsLeaf,
            },
        };
    }

    private string Whole(string prefix, ParameterPart part)
    {
        var key = (prefix, part with { Leaf = 0, Primal = part.Primal is { } primal ? primal with { Leaf = 0 } : null });
        return _wholes.TryGetValue(key, out var known) ? known : _wholes[key] = Name(prefix, part.Whole);
    }
}
