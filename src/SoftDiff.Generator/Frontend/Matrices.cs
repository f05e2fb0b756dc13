using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Rectangular arrays, T[,] and T[,,]. An element is an element of the span of all elements, so what holds of spans holds of matrices too.
internal sealed partial class FunctionLowering
{
    private bool IsMatrix(IOperation? operation) => Types.Matrix(operation?.Type) is not null;

    /// <summary>The matrix of an expression; null if there is none, which was reported.</summary>
    private Matrix? LowerMatrix(IOperation operation) => LowerParted(operation) as Matrix;

    /// <summary>The place of <c>a[i, j]</c> among the elements. All indices are evaluated before any is checked.</summary>
    private (Operand Array, Operand Index)? LowerMatrixPlace(IArrayElementReferenceOperation element)
    {
        if (LowerMatrix(element.ArrayReference) is not { } matrix) return null;
        var indices = element.Indices.Select(index => ConvertTo(Lower(index), ScalarType.Int32, isChecked: true)).ToList();
        var place = InRange(indices[0], matrix.Lengths[0]);
        for (var axis = 1; axis < indices.Count; axis++)
        {
            var start = _point.Block.Compute(ScalarType.Int32, Opcode.Multiply, place, matrix.Lengths[axis]);
            place = _point.Block.Compute(ScalarType.Int32, Opcode.Add, start, InRange(indices[axis], matrix.Lengths[axis]));
        }

        return (matrix.Elements, place);
    }

    private Operand InRange(Operand index, Operand length)
    {
        if (index is not IntegerConstant { Number: >= 0 } known)
        {
            return _point.Block.Compute(ScalarType.Int32, Opcode.CheckIndex, index, length);
        }

        var isInRange = length is IntegerConstant axis && known.Number < axis.Number;
        if (!isInRange) _point.Block.Add(new RequireIndices(index, index, Inclusive: true, length));
        return index;
    }

    private Operand LowerNewMatrix(IArrayCreationOperation creation, MatrixType type)
    {
        var lengths = creation.DimensionSizes.Select(size => ConvertTo(Lower(size), ScalarType.Int32, isChecked: true)).ToImmutableArray();
        var values = creation.Initializer is { } initializer
            ? Items(initializer).Select(item => ConvertTo(Lower(item), type.Element)).ToList()
            : new();
        var elements = _arrays.Allocate(type.Element, Count(lengths));
        for (var i = 0; i < values.Count; i++) _point.Block.Add(new Store(elements, Constants.Int(i), values[i]));
        return new Matrix(type, elements, lengths);

        static IEnumerable<IOperation> Items(IArrayInitializerOperation rows) =>
            rows.ElementValues.SelectMany(value => value is IArrayInitializerOperation row ? Items(row) : new IOperation[] { value });
    }

    /// <summary>The number of elements of a matrix; negative if it is too large. Negative lengths throw as in C#.</summary>
    private Operand Count(ImmutableArray<Operand> lengths)
    {
        foreach (var length in lengths.Where(length => !_arrays.IsCount(length)))
        {
            Operand isNegative = length is IntegerConstant
                ? BoolConstant.True
                : _point.Block.Compute(ScalarType.Bool, Opcode.Less, length, Constants.Int(0));
            void Throw() => _branches.Throw("new global::System.OverflowException()", ImmutableArray<Operand>.Empty);
            _branches.Branch(isNegative, Throw, () => { });
        }

        return lengths.Aggregate((a, b) =>
            a is IntegerConstant x && b is IntegerConstant y && x.Number * y.Number is >= 0 and <= int.MaxValue
                ? Constants.Int(x.Number * y.Number)
                : _point.Block.Compute(ScalarType.Int32, Opcode.Count, a, b))!;
    }

    /// <summary>A property of a matrix; null for one that has no place here.</summary>
    private Operand? LowerMatrixProperty(IPropertyReferenceOperation reference)
    {
        if (LowerMatrix(reference.Instance!) is not { } matrix) return Placeholder(reference.Type);
        return reference.Property.Name switch
        {
            "Length" => _arrays.LengthOf(matrix.Elements),
            "LongLength" => _point.Block.Compute(ScalarType.Int64, Opcode.Convert, _arrays.LengthOf(matrix.Elements)),
            "Rank" => Constants.Int(matrix.Of.Rank),
            _ => null,
        };
    }

    /// <summary>A method of a matrix; null for one that has no place here.</summary>
    private Operand? LowerMatrixMethod(IInvocationOperation call)
    {
        if (LowerMatrix(call.Instance!) is not { } matrix) return Placeholder(call.Type);
        switch (call.TargetMethod.Name)
        {
            case "GetLength":
                return LengthAlong(matrix.Lengths, Lower(call.Arguments[0].Value));
            case "GetUpperBound":
                var length = LengthAlong(matrix.Lengths, Lower(call.Arguments[0].Value));
                return _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, length, Constants.Int(1));
            case "Clone":
                return matrix with { Elements = _arrays.CopyOf(matrix.Elements) };
            default:
                return null;
        }
    }

    /// <summary>The length of an axis, which may be known only when the method runs.</summary>
    private Operand LengthAlong(ImmutableArray<Operand> lengths, Operand axis)
    {
        if (axis is IntegerConstant { Number: var number } && number >= 0 && number < lengths.Length) return lengths[(int)number];
        var at = _point.Block.Compute(ScalarType.Int32, Opcode.CheckIndex, axis, Constants.Int(lengths.Length));
        return Enumerable.Range(0, lengths.Length - 1).Reverse().Aggregate(lengths[lengths.Length - 1], (other, i) => _point.Block.Compute(
            ScalarType.Int32, Opcode.Select, _point.Block.Compute(ScalarType.Bool, Opcode.Equal, at, Constants.Int(i)), lengths[i], other));
    }

    /// <summary>Whether the method reads nothing but a length of an array.</summary>
    public static bool IsMeasure(IMethodSymbol method) =>
        method is { Name: "GetLength" or "GetUpperBound" or "GetLowerBound", ContainingType.SpecialType: SpecialType.System_Array };
}
