using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Tensor spans: a span of elements in row-major order with a shape. Elements are read and written in the span; the tensor itself is only passed on.
internal sealed partial class FunctionLowering
{
    /// <summary>Splits a parameter into elements and lengths. Dead-code elimination drops those that nothing reads.</summary>
    private Operand Enter(Value parameter)
    {
        var shape = new TensorShape { Parameter = parameter, Whole = _point.Entry.Lengths(parameter) };
        return _arrays.Arranged(_point.Entry, _point.Entry.Elements(parameter), shape);
    }

    /// <summary>The elements and the shape of an expression's tensor; null if there is none, which was reported.</summary>
    private TensorParts? LowerTensor(IOperation operation)
    {
        if (LowerArray(operation) is not { } tensor) return null;
        if (_arrays.Tensor(tensor) is { } parts) return parts;
        if (!_module.Failed) Unsupported(operation, "use a parameter or a tensor laid over a span");
        return null;
    }

    private Operand LowerNewTensor(IObjectCreationOperation creation)
    {
        var arguments = InOrder(creation.Arguments).ToList();
        if (creation.Constructor is not { Parameters: { Length: 1 or 2 } parameters } || Types.Array(parameters[0].Type) is null)
        {
            return Unsupported(creation, "lay it over a whole array or span without strides, as in new TensorSpan<double>(span, [rows, columns])");
        }

        if (LowerArray(arguments[0].Value) is not { } array) return Placeholder(creation.Type);
        return parameters.Length == 1 ? Row(array) : LowerShape(arguments[1].Value) is { } shape ? Over(array, shape) : Placeholder(creation.Type);
    }

    /// <summary>A tensor of one axis.</summary>
    private Operand Row(Operand array)
    {
        var elements = _arrays.View(array, Constants.Int(0), null);
        return _arrays.Arranged(_point.Block, elements, new TensorShape { Axes = ImmutableArray.Create(_arrays.LengthOf(elements)) });
    }

    private Operand EmptyTensor(ArrayType type) =>
        _arrays.Arranged(_point.Block, _arrays.Allocate(type.Element, Constants.Int(0)), new TensorShape { Axes = ImmutableArray<Operand>.Empty });

    private Operand Over(Operand array, (TensorShape Shape, Operand Count) lengths) =>
        _arrays.Arranged(_point.Block, _arrays.View(array, Constants.Int(0), lengths.Count), lengths.Shape);

    /// <summary>
    /// The lengths and their product. The lengths are written out, as in <c>[rows, columns]</c>, or are those of another tensor.
    /// </summary>
    private (TensorShape Shape, Operand Count)? LowerShape(IOperation operation)
    {
        operation = Unconverted(operation);
        if (operation is IPropertyReferenceOperation { Property.Name: "Lengths", Instance: { } other } && IsTensor(other))
        {
            return LowerTensor(other) is { } parts ? (parts.Shape, _arrays.LengthOf(parts.Elements)) : null;
        }

        if (Items(operation) is not { IsEmpty: false } items)
        {
            Unsupported(operation, "write the lengths out, as in [rows, columns], or take those of another tensor, x.Lengths");
            return null;
        }

        var axes = items.Select(item => ConvertTo(Lower(Unconverted(item)), ScalarType.Int32)).ToImmutableArray();
        var count = axes.Skip(1).Aggregate(axes[0], (product, axis) => _point.Block.Compute(ScalarType.Int32, Opcode.Multiply, product, axis));
        return (new TensorShape { Axes = axes }, count);
    }

    /// <summary>The place of <c>t[i, j, …]</c> among the elements. The first index is checked by the span, the others against their axes.</summary>
    private (Operand Array, Operand Index)? LowerTensorPlace(IPropertyReferenceOperation element)
    {
        const string Instead = "give one int for each axis, as in t[i, j]; "
            + "for parts of columns pass the whole tensor with an axis, or lay a new tensor over a slice of the span";
        static bool IsFromEnd(IOperation item) => Bare(item) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        bool IsInt(IOperation item) => IsFromEnd(item) || Types.Scalar(Unconverted(item).Type) is { Kind: ScalarKind.Int };
        if (Items(Unconverted(element.Arguments[0].Value)) is not { IsEmpty: false } items || !items.All(IsInt))
        {
            Unsupported(element, Instead);
            return null;
        }

        if (LowerTensor(element.Instance!) is not { } tensor) return null;
        if (Axes(tensor.Shape, items.Length) is not { } axes)
        {
            Unsupported(element, "use a tensor with one number of indices throughout the method");
            return null;
        }

        var indices = items.Select((item, axis) => IsFromEnd(item)
            ? LowerIndex(Bare(item), () => axes[axis])
            : ConvertTo(Lower(Unconverted(item)), ScalarType.Int32, isChecked: true)).ToList();

        var place = indices[0];
        for (var axis = 1; axis < indices.Count; axis++)
        {
            var index = _point.Block.Compute(ScalarType.Int32, Opcode.CheckIndex, indices[axis], axes[axis]);
            place = _point.Block.Compute(ScalarType.Int32, Opcode.Add, _point.Block.Compute(ScalarType.Int32, Opcode.Multiply, place, axes[axis]), index);
        }

        return (tensor.Elements, place);
    }

    /// <summary>
    /// The axes of a tensor that is accessed with the given number of indices; null if the tensor has another number of axes.
    /// </summary>
    private ImmutableArray<Operand>? Axes(TensorShape shape, int rank)
    {
        if (shape.Axes.IsDefault) shape.Axes = LoadAxes(shape, rank);
        return shape.Axes.Length == rank ? shape.Axes : null;
    }

    private ImmutableArray<Operand> LoadAxes(TensorShape shape, int rank)
    {
        var parameter = shape.Parameter!;
        _point.Entry.Add(new RequireRank(parameter, parameter.Name, rank));
        var axes = ImmutableArray.CreateBuilder<Operand>(rank);
        for (var axis = 0; axis < rank; axis++)
        {
            var length = _point.Entry.Load(shape.Whole!, Constants.Int(axis));
            var whole = _point.Values.Fresh(ScalarType.Int32, parameter.Name + "Length" + axis);
            _point.Entry.Add(new Compute(whole, Opcode.Convert, ImmutableArray.Create<Operand>(length)));
            axes.Add(whole);
        }

        return axes.ToImmutable();
    }

    private Operand LowerTensorProperty(IPropertyReferenceOperation reference, IOperation instance)
    {
        if (LowerTensor(instance) is not { } parts) return Placeholder(reference.Type);
        switch (reference.Property.Name)
        {
            case "Lengths":
                return parts.Shape.Whole ?? (parts.Tensor is ArrayChoice ? Listed(ScalarType.NativeInt, parts.Shape.Axes) : _point.Block.Lengths(parts.Tensor));
            case "Rank":
                return parts.Shape.Whole is null ? Constants.Int(parts.Shape.Axes.Length) : _point.Block.Length(parts.Shape.Whole);
            case "FlattenedLength":
                return _point.Block.Compute(ScalarType.NativeInt, Opcode.Convert, _arrays.LengthOf(parts.Elements));
            case "IsEmpty":
                return _point.Block.Compute(ScalarType.Bool, Opcode.Equal, _arrays.LengthOf(parts.Elements), Constants.Int(0));
            default:
                return Unsupported(reference, "use Lengths, Rank, FlattenedLength, IsEmpty and elements, t[i, j]");
        }
    }

    /// <summary>Whether the expression is a length of a tensor that the loop does not assign.</summary>
    private bool IsTensorLength(IOperation operation, ILoopOperation loop)
    {
        var tensor = operation switch
        {
            IPropertyReferenceOperation { Property.Name: "FlattenedLength", Instance: var whole } => whole,
            IPropertyReferenceOperation
            {
                Instance: IPropertyReferenceOperation { Property.Name: "Lengths", Instance: var whole },
                Arguments: { Length: 1 } axis,
            } when axis[0].Value.ConstantValue.HasValue => whole,
            _ => null,
        };
        ISymbol? variable = tensor switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        return variable is not null && IsTensor(tensor) && !Assignments.In(loop).Contains(variable);
    }

    private bool IsTensor(IOperation? operation) => operation?.Type is { } type && Types.Tensor(type) is not null;

    /// <summary>The items of a list that becomes a span: brackets, or the arguments of an indexer.</summary>
    private static ImmutableArray<IOperation> Items(IOperation operation) =>
        operation is ICollectionExpressionOperation list && !list.Elements.Any(e => e is ISpreadOperation) ? list.Elements : ImmutableArray<IOperation>.Empty;

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion) operation = conversion.Operand;
        return operation;
    }
}
