using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// The target of a declared transformation as the transformation sees it: by which parameters it is differentiated, which arrays it
/// writes, and what are the columns and rows of its Jacobian.
/// </summary>
internal sealed class TargetShape
{
    private readonly ISet<Operand> _written;
    private readonly ImmutableArray<string> _named;

    private TargetShape(Function function, ISet<Operand> written, ImmutableArray<string> named)
    {
        Function = function;
        _written = written;
        _named = named;
    }

    /// <summary>The target, whose parameters say by which of them it is differentiated.</summary>
    public Function Function { get; }

    /// <summary>The parameters that have a tangent or a cotangent, in order.</summary>
    public IEnumerable<Parameter> TakingPart => Function.Parameters.Where(p => IsInOut(p) || Signatures.IsOut(p) || Signatures.IsInput(p, _written));

    /// <summary>
    /// The parameters that a Jacobian has columns for. A buffer counts only if it was named: mostly it is there for what is written
    /// to it.
    /// </summary>
    public IEnumerable<Parameter> Columns => Function.Parameters.Where(p => Signatures.IsInput(p, _written) || (IsInOut(p) && _named.Contains(p.DeclaredName)));

    /// <summary>The parameters that a Jacobian has rows for; those of the result come after them.</summary>
    public IEnumerable<Parameter> Rows => Function.Parameters.Where(p => IsInOut(p) || Signatures.IsOut(p));

    /// <summary>The type of a matrix of derivatives: that of all numbers concerned, or double.</summary>
    public ScalarType Element
    {
        get
        {
            var types = Columns.Concat(Rows).Select(p => p.Value.Type is ArrayType array ? array.Element : (ScalarType)p.Value.Type).ToList();
            if (Function.Returns is ScalarType { Kind: ScalarKind.Float } returns) types.Add(returns);
            return types.Distinct().Count() == 1 ? types[0] : ScalarType.Double;
        }
    }

    public bool IsInOut(Parameter parameter) => Signatures.IsInOut(parameter, _written);

    /// <summary>Whether the parameter is an array that the target writes, or may.</summary>
    public bool IsWritten(Parameter parameter) => _written.Contains(parameter.Value);

    /// <param name="target">The target. Its own body may still be a <see cref="Transform"/>.</param>
    /// <param name="what">The transformation.</param>
    /// <param name="functions">The functions of the module.</param>
    public static TargetShape Of(Function target, Transformation what, IReadOnlyDictionary<string, Function> functions)
    {
        var (function, written) = Described(target, functions);
        if (!what.Wrt.IsEmpty)
        {
            function = function with { Parameters = function.Parameters.Select(p => p with { Wrt = what.Wrt.Contains(p.DeclaredName) }).ToImmutableArray() };
        }

        return new TargetShape(function, written, what.Wrt);
    }

    /// <summary>
    /// The target with what is known of its parameters. Of a declared transformation that is what is known of its target's.
    /// </summary>
    private static (Function Function, ISet<Operand> Written) Described(Function target, IReadOnlyDictionary<string, Function> functions)
    {
        if (Transform.Of(target) is not { } transform) return (target, Signatures.Written(target));
        var inner = Of(functions[transform.Target], transform.What, functions);
        if (transform.What.Kind == TransformationKind.Vmap) return Batched(target, inner);
        var parameters = WithFlags(target.Parameters, inner.Function);
        var known = Own(target.Parameters, inner.Function);
        var written = parameters.Where((p, i) => i < known.Length ? inner.IsWritten(known[i]) : p.Value.Type is ArrayType { IsReadOnly: false });
        return (target with { Parameters = parameters }, new HashSet<Operand>(written.Select(p => p.Value)));
    }

    /// <summary>The parameters of a batch, of which the target's are all but the first, and the last if it returns a value.</summary>
    private static (Function Function, ISet<Operand> Written) Batched(Function batch, TargetShape example)
    {
        var known = example.Function.Parameters;
        var parameters = batch.Parameters.Select((p, i) =>
            i == 0 ? p with { Wrt = false }
            : i <= known.Length ? p with { Wrt = known[i - 1].Wrt, Scratch = known[i - 1].Scratch }
            : p).ToImmutableArray();
        var written = parameters.Where((_, i) => i > known.Length || (i > 0 && (example.IsWritten(known[i - 1]) || known[i - 1].IsResult)));
        return (batch with { Parameters = parameters }, new HashSet<Operand>(written.Select(p => p.Value)));
    }

    /// <summary>
    /// The parameters of a declaration: the first ones are those of the target, and by the others nothing is differentiated unless
    /// somebody says so.
    /// </summary>
    public static ImmutableArray<Parameter> WithFlags(ImmutableArray<Parameter> declared, Function target)
    {
        var own = Own(declared, target);
        return declared.Select((p, i) =>
            i < own.Length ? p with { Wrt = own[i].Wrt, Scratch = own[i].Scratch, MayBeNull = own[i].MayBeNull } : p with { Wrt = false }).ToImmutableArray();
    }

    /// <summary>The parameters of the target with which a declaration starts: without those of the result if it returns nothing.</summary>
    private static ImmutableArray<Parameter> Own(ImmutableArray<Parameter> declared, Function target) =>
        declared.Any(p => p.IsReturned) ? target.Parameters : target.Parameters.RemoveAll(p => p.IsReturned);
}
