using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Arrays and matrices that the marked method makes and gives back: what it returns, and its out parameters.
internal sealed partial class FunctionLowering
{
    private const string OnlyNew = "give back an array that the method makes: a copy, as in (double[])a.Clone(), or an empty array for null";
    private const string OnceGiven = "give back a copy in one of the places, as in (double[])a.Clone()";

    /// <summary>What the method returns, and where.</summary>
    private readonly List<(Operand Held, IOperation At)> _returns = new();

    /// <summary>The arrays that the method gives back already.</summary>
    private readonly HashSet<Operand> _given = new();

    /// <summary>What the function yields for a variable that it gives back.</summary>
    private IEnumerable<Operand> GivenBy(object variable, ImmutableArray<Parameter> parameters)
    {
        var held = _point.Env.Get(variable)!;
        return variable is IParameterSymbol symbol && parameters.FirstOrDefault(p => p.Mode == ParameterMode.Out && p.DeclaredName == symbol.Name) is { Value.Type: ArrayType } array
            ? new[] { Give(held, array, symbol.Locations[0]) }
            : Composite.Leaves(held);
    }

    /// <summary>The new array that callers get.</summary>
    /// <param name="held">What the method returns, or what the parameter holds in the end.</param>
    /// <param name="parameter">The parameter of the IR.</param>
    /// <param name="at">The place for a message.</param>
    private Operand Give(Operand held, Parameter parameter, Location at)
    {
        var (elements, lengths) = held switch
        {
            Matrix matrix => (matrix.Elements, matrix.Lengths),
            StructArray structs => (structs.Numbers, default),
            _ => (held, default),
        };
        if (elements is SymbolConstant { Expression: ArrayVariables.Merged })
        {
            _module.Report(Descriptors.ArrayMerge, at, parameter.Name, "make it before the branch or loop");
            return Constants.Default(parameter.Value.Type);
        }

        if (!ArrayVariables.IsArray(elements)) return Constants.Default(parameter.Value.Type);
        var roots = _arrays.Locate(elements)!.Roots.Select(root => root.Array).ToList();
        if (!roots.All(_arrays.IsOwn) || roots.Any(_given.Contains))
        {
            var (name, place) = parameter.IsReturned ? Returned(at) : (parameter.Name, at);
            _module.Report(Descriptors.UnsupportedExpression, place, name, roots.Any(_given.Contains) ? OnceGiven : OnlyNew);
            return Constants.Default(parameter.Value.Type);
        }

        _given.UnionWith(roots);
        if (elements is ArrayChoice) elements = _arrays.CopyOf(elements);
        if (lengths.IsDefault) lengths = ImmutableArray.Create(Count(elements, parameter.ElementsOf));
        var result = _point.Values.Fresh(parameter.Value.Type, parameter.Name);
        _point.Block.Add(new MakeArray(result, elements, lengths) { ElementsOf = parameter.ElementsOf });
        return result;
    }

    /// <summary>The expression of a return statement that is no array of the method's own.</summary>
    private (string Name, Location At) Returned(Location otherwise)
    {
        foreach (var (held, operation) in _returns)
        {
            var elements = PartedArray.Storage(held);
            var isOwn = ArrayVariables.IsArray(elements) && _arrays.Locate(elements)!.Roots.All(root => _arrays.IsOwn(root.Array) && !_given.Contains(root.Array));
            if (!isOwn) return (SourceLines.Short(operation.Syntax), operation.Syntax.GetLocation());
        }

        return ("result", otherwise);
    }

    private Operand Count(Operand numbers, ProductType? of)
    {
        var count = _arrays.LengthOf(numbers);
        return of is null ? count : _point.Block.Compute(ScalarType.Int32, Opcode.Divide, count, Constants.Int(ProductType.Count(of)));
    }
}
