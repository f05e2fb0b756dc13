using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Arrays that are several values: matrices and arrays of arrays, as parameters and static fields.
internal sealed partial class FunctionLowering
{
    /// <summary>The parameters and static fields that the function has entered.</summary>
    private readonly Dictionary<Operand, PartedArray> _entered = new();

    /// <summary>The array of an expression; null if there is none, which was reported.</summary>
    private PartedArray? LowerParted(IOperation operation)
    {
        if (Lower(operation) is PartedArray { Elements: var elements } array && ArrayVariables.IsArray(elements)) return array;
        if (!_module.Failed) Fail(Descriptors.ArrayMerge, operation, SourceLines.Short(operation.Syntax), OneArray(operation));
        return null;
    }

    /// <summary>
    /// The parts of a parameter or a static field; any other operand itself. Dead-code elimination drops the parts that nothing reads.
    /// </summary>
    private Operand Entered(Operand container)
    {
        if (container.Type is not ArrayType { IsContainer: true, IsTensor: false } type) return container;
        if (_entered.TryGetValue(container, out var known)) return known;
        var elements = _point.Entry.Elements(container);
        if (container is SymbolConstant) _arrays.AddStatic(elements);
        return _entered[container] = type.IsJagged ? EnteredRows(container, elements) : EnteredMatrix(container, elements);
    }

    /// <summary>The parameters of a callee for such an array: one for each part.</summary>
    private IEnumerable<Parameter> Parameters(IParameterSymbol symbol, PartedType type)
    {
        var isPassive = ParameterLowering.IsPassive(symbol);
        var unassigned = type.Unassigned;
        for (var i = 0; i < unassigned.Parts.Length; i++)
        {
            // A callee does not write where rows start and end.
            var part = unassigned.Parts[i].Type is ArrayType places && i > 0 ? places.ReadOnly() : unassigned.Parts[i].Type;
            var value = _point.Values.Fresh(part, unassigned.NameOf(i, symbol.Name)) with { IsUserNamed = i == 0 };
            var isFloat = i == 0 && type.Element.IsFloat;
            yield return new Parameter(value, ParameterMode.Value, Wrt: isFloat && !isPassive, Scratch: isFloat && isPassive);
        }
    }

    /// <summary>The array whose parts are a parameter and those after it.</summary>
    private PartedArray Entered(PartedType type, Operand elements, Queue<Parameter> rest)
    {
        if (type is JaggedType jagged) return new Jagged(jagged, elements, rest.Dequeue().Value, rest.Dequeue().Value);
        var matrix = (MatrixType)type;
        var lengths = Enumerable.Range(0, matrix.Rank).Select(_ => rest.Dequeue().Value).ToList();
        lengths.ForEach(_arrays.AddCount);
        return new Matrix(matrix, elements, lengths.ToImmutableArray<Operand>());
    }

    private Matrix EnteredMatrix(Operand container, Operand elements)
    {
        var type = (ArrayType)container.Type;
        var lengths = Enumerable.Range(0, type.Rank).Select(axis => _point.Entry.AxisLength(container, axis)).ToList();
        lengths.ForEach(_arrays.AddCount);
        return new Matrix(new MatrixType(type.Element, type.Rank), elements, lengths.ToImmutableArray<Operand>());
    }
}
