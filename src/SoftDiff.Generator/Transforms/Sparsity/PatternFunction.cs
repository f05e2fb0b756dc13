using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Transforms.Sparsity;

/// <summary>
/// Writes the function that finds the pattern of a Jacobian. Input: the target of a declared sparse Jacobian, simplified. Output: a
/// function of its arrays, integers and bools that returns the pattern. It writes none of its arguments.
/// </summary>
internal sealed class PatternFunction
{
    private readonly TargetShape _target;
    private readonly BlockBuilder _code;
    private readonly SetCode _sets;
    private readonly DependencyWalk _walk;

    private PatternFunction(TargetShape target, DerivedCallees callees, CancellationToken cancellation)
    {
        _target = target;
        var function = target.Function;
        _code = new BlockBuilder(new ValueSource(function.MaxId() + 1));
        _sets = SetCode.Create(_code);
        var data = function.Inputs.Where(p => DataDependence.HoldsNumbers(p.Value.Type)).Select(p => (Operand)p.Value).ToList();
        _walk = new DependencyWalk(function, data, target.Columns.Select(p => p.Value), isUnsure: false, _sets, callees, cancellation);
    }

    /// <param name="target">The target, with its rows and columns.</param>
    /// <param name="members">The <see cref="Members"/> that it depends on.</param>
    /// <param name="mode">Whether the Jacobian is computed by columns or by rows.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="callees">The functions that the target calls.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Function Write(
        TargetShape target, ImmutableArray<Operand> members, JacobianMode mode, string name, DerivedCallees callees, CancellationToken cancellation) =>
        new PatternFunction(target, callees, cancellation).Write(members, mode, name);

    /// <summary>The parameters that the pattern depends on, in order.</summary>
    public static IEnumerable<Parameter> Parameters(Function target) => target.Inputs.Where(p => Decides(p.Value.Type));

    /// <summary>
    /// The members of the receiver, and the static arrays, that the pattern depends on. They are arguments too, so that a pattern is kept as
    /// long as they are the same. A static array of floats decides nothing: its elements count as data.
    /// </summary>
    /// <param name="target">The target and what it calls.</param>
    public static ImmutableArray<Operand> Members(Module target)
    {
        var functions = target.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return CallGraph.Reachable(target.Root, functions).Prepend(target.Root).SelectMany(f => f.Body.AllReads())
            .Where(o => o is SymbolConstant symbol && IsMember(symbol)).Distinct().ToImmutableArray();
    }

    private static bool IsMember(SymbolConstant symbol) => symbol.IsOfReceiver
        ? Decides(symbol.Type)
        : symbol is { Of: ArrayType { Element.Kind: not ScalarKind.Float }, Expression: not "default" };

    private static bool Decides(IrType type) => type is ArrayType or ScalarType { Kind: ScalarKind.Int or ScalarKind.Bool };

    private Function Write(ImmutableArray<Operand> members, JacobianMode mode, string name)
    {
        var function = _target.Function;
        var width = Bind();
        _walk.Visit(function.Body, _code, isUnsure: false);
        _code.Line = -1;
        if (!function.Body.Throws()) AddRows();
        var pattern = _sets.Pattern(width, mode, _code);
        var parameters = Parameters(function)
            .Select(p => new Parameter(p.Value with { Type = Passed(p) }, ParameterMode.Value, Wrt: false) { MayBeNull = p.MayBeNull });
        var body = _code.Build(pattern);
        return new Function(name, parameters.Concat(Extra(members)).ToImmutableArray(), SparseTypes.Pattern, body) { PrimalResults = 0 };
    }

    /// <summary>Parameters for the members. The function reads the members themselves.</summary>
    private IEnumerable<Parameter> Extra(ImmutableArray<Operand> members)
    {
        var taken = new HashSet<string>(_target.Function.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        return members.Select(member =>
            new Parameter(_code.Values.Fresh(member.Type, Signatures.Name("its", "Member", taken)), ParameterMode.Value, Wrt: false));
    }

    /// <summary>An array that the target writes is only read, and copied.</summary>
    private IrType Passed(Parameter parameter) =>
        parameter.Value.Type is ArrayType { IsMemory: false } array && _target.IsWritten(parameter) && !parameter.MayBeNull
            ? array.ReadOnly()
            : parameter.Value.Type;

    /// <summary>Gives each parameter its sets; the numbers of those with columns have their own. Gives the number of columns.</summary>
    private Operand Bind()
    {
        Operand first = SetCode.Empty;
        foreach (var parameter in _target.Function.Inputs)
        {
            var value = parameter.Value with { Type = Passed(parameter) };
            var hasColumns = _target.Columns.Any(column => column.Value.Equals(value));
            if (value.Type.IsFloatArray)
            {
                var elements = _code.Elements(value);
                var count = _code.Length(elements);
                var sets = Copied(value, elements, ScalarType.Int32, isCopy: false, value.Name + "Sets");
                if (hasColumns) _sets.Number(_code.Elements(sets), first, _code);
                _walk.Bind(parameter.Value, sets);
                if (hasColumns) first = MatrixCode.Add(first, count, _code);
            }
            else if (value.Type is ArrayType array && _target.IsWritten(parameter))
            {
                _walk.Replace(parameter.Value, Copied(value, _code.Elements(value), array.Element, isCopy: true, value.Name));
            }
            else if (hasColumns)
            {
                _walk.Bind(parameter.Value, _sets.One(first, _code));
                first = MatrixCode.Add(first, new IntegerConstant(ScalarType.Int32, 1), _code);
            }
        }

        return first;
    }

    /// <summary>Storage of the shape of an array.</summary>
    private Value Copied(Value array, Operand elements, ScalarType element, bool isCopy, string name)
    {
        var copy = _code.Values.Fresh(new ArrayType(element, ArrayForm.Span), name);
        _code.Add(new Allocate(copy, _code.Length(elements), Cleared: !isCopy));
        if (isCopy) _code.Add(new Copy(elements, copy));
        return array.Type is ArrayType { IsTensor: true } ? _code.Arrange(copy, _code.Lengths(array)) : copy;
    }

    private void AddRows()
    {
        var function = _target.Function;
        foreach (var row in _target.Rows)
        {
            if (row.Value.Type is ArrayType) _sets.AddRows(_code.Elements(_walk.SetsOf(row.Value)), _code);
            else _sets.AddRow(_walk.SetOf(Signatures.ResultOf(function, row)), _code);
        }

        if (function.Returns is { IsFloat: true }) _sets.AddRow(_walk.SetOf(function.Body.Yields[0]), _code);
    }
}
