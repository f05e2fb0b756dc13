using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Arrays and spans: elements, slices, new storage. Array variables are values too; two names for one array are one value.
internal sealed partial class FunctionLowering
{
    /// <summary>The array of an expression, or the elements of its matrix; null if there is none, which was reported.</summary>
    private Operand? LowerArray(IOperation operation)
    {
        if (IsMatrix(operation)) return LowerMatrix(operation)?.Elements;
        var array = Lower(operation);
        if (ArrayVariables.IsArray(array)) return array;
        var isMerged = array is SymbolConstant { Expression: ArrayVariables.Merged };
        if (isMerged) Fail(Descriptors.ArrayMerge, operation, SourceLines.Short(operation.Syntax), OneArray(operation));
        else if (!_module.Failed) Unsupported(operation, "use arrays and spans of float, double, integers or bool");
        return null;
    }

    /// <summary>The advice for an expression that may be one of several arrays.</summary>
    private string OneArray(IOperation operation) => IsTensor(operation)
        ? "let a span hold the elements of the one or the other, and lay the tensor over that"
        : "make the arrays before the branch or loop, or use one variable per array, or an offset into one array";

    /// <summary>The array in an operand, for code that writes it.</summary>
    private Operand? LowerDestination(IOperation operation) => LowerArray(operation) is { } array && IsWritable(array, operation) ? array : null;

    private bool IsElement(IOperation operation) => operation switch
    {
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => SliceOf(operation) is null,
        IPropertyReferenceOperation { Arguments.Length: 1 } => SliceOf(operation) is null,
        ILocalReferenceOperation local => _references.ContainsKey(local.Local) || _elements.ContainsKey(local.Local),
        IParameterReferenceOperation parameter => _references.ContainsKey(parameter.Parameter) || _elements.ContainsKey(parameter.Parameter),
        _ => false,
    };

    private Operand LowerElement(IOperation operation)
    {
        if (RangesOf(operation) is { IsDefault: false } ranges) return LowerTensorPart(operation, ((IPropertyReferenceOperation)operation).Instance!, ranges);
        if (IsStructElement(operation) || SliceOf(operation) is { Array: { } sliced } && StructArrays.Map(sliced.Type, Types) is not null)
        {
            return LowerStructElement(operation);
        }

        if (RowOf(operation) is not null) return Row(operation)?.Read(this) ?? Placeholder(operation.Type);
        if (SliceOf(operation) is { } rows && IsJagged(rows.Array)) return LowerRows(operation, rows.Array, rows.Range);
        if (SliceOf(operation) is { } range) return LowerRange(operation, range.Array, range.Range);
        return LowerPlace(operation) is { } place ? _arrays.With(place.Array, array => _point.Block.Load(array, place.Index)) : Placeholder(operation.Type);
    }

    private (Operand Array, Operand Index)? LowerPlace(IOperation operation)
    {
        if (operation is IPropertyReferenceOperation tensor && IsTensor(tensor.Instance)) return LowerTensorPlace(tensor);
        if (operation is IArrayElementReferenceOperation { ArrayReference: var matrix } entry && IsMatrix(matrix)) return LowerMatrixPlace(entry);
        var (instance, index) = Indexed(operation) is { } element ? element : (null, null);
        if (instance is null || instance.Type is null || Types.Array(instance.Type) is null)
        {
            if (instance?.Type?.TypeKind == TypeKind.Error) Invalid(operation);
            else Unsupported(operation, "use arrays and spans of numbers, with up to three indices");
            return null;
        }

        if (LowerArray(instance) is not { } array) return null;
        return (array, LowerIndex(index!, array));
    }

    /// <summary>An int position; ^i counts from the end.</summary>
    private Operand LowerIndex(IOperation operation, Operand array) => LowerIndex(operation, () => _arrays.LengthOf(array));

    private Operand LowerIndex(IOperation operation, Func<Operand> length)
    {
        while (operation is IConversionOperation conversion && Types.Scalar(conversion.Type) is null) operation = conversion.Operand;
        if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat)
        {
            var back = Lower(hat.Operand);
            return _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, length(), back);
        }

        // Arrays take wider integers too, spans do not. An index that does not fit an int is out of range; the conversion must not wrap it
        // into the range.
        var index = Lower(operation);
        return index.Type is ScalarType { Kind: ScalarKind.Int } ? ConvertTo(index, ScalarType.Int32, isChecked: true) : index;
    }

    private static (IOperation Array, IRangeOperation Range)? SliceOf(IOperation operation)
    {
        var (instance, argument) = operation switch
        {
            IImplicitIndexerReferenceOperation element => (element.Instance, element.Argument),
            IArrayElementReferenceOperation { Indices.Length: 1 } element => (element.ArrayReference, element.Indices[0]),
            _ => (null, null),
        };
        while (argument is IConversionOperation conversion) argument = conversion.Operand;
        return instance is not null && argument is IRangeOperation range ? (instance, range) : null;
    }

    private Operand LowerRange(IOperation operation, IOperation instance, IRangeOperation range)
    {
        if (LowerArray(instance) is not { } array) return Placeholder(operation.Type);
        var start = range.LeftOperand is null ? Constants.Int(0) : LowerIndex(range.LeftOperand, array);
        Operand? count = null;
        if (range.RightOperand is not null)
        {
            var end = LowerIndex(range.RightOperand, array);
            count = start is IntegerConstant { Number: 0 } ? end : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, end, start);
        }

        var view = _arrays.View(array, start, count);
        // A range of a C# array is a new array.
        return instance.Type is IArrayTypeSymbol ? _arrays.CopyOf(view) : view;
    }

    private Operand LowerNewArray(IOperation operation)
    {
        if (Types.Matrix(operation.Type) is { } matrix && operation is IArrayCreationOperation rectangle) return LowerNewMatrix(rectangle, matrix);
        if (Types.Jagged(operation.Type) is { } jagged) return LowerNewRows(operation, jagged);
        if (StructArrays.Map(operation.Type, Types) is { } structs) return LowerNewStructs(operation, structs);
        if (operation.Type is null || Types.Array(operation.Type) is not { } type)
        {
            return Unsupported(operation, "use arrays of float, double, integers or bool");
        }

        switch (operation)
        {
            case IArrayCreationOperation { DimensionSizes.Length: 1 } creation:
                if (creation.Initializer is { } initializer) return Filled(type.Element, initializer.ElementValues);
                return _arrays.Allocate(type.Element, ConvertTo(Lower(creation.DimensionSizes[0]), ScalarType.Int32));
            case ICollectionExpressionOperation collection:
                return ArrayOf(collection, type.Element);
            default:
                return Unsupported(operation, "list the elements one by one");
        }
    }

    /// <summary>The array that a collection expression lists; a placeholder if something in it was reported.</summary>
    private Operand ArrayOf(ICollectionExpressionOperation list, ScalarType element) =>
        list.Elements.Any(item => item is ISpreadOperation) ? Spread(element, list.Elements) : Filled(element, list.Elements);

    /// <summary>Elements some of which are those of other arrays, as in <c>[x, .. xs]</c>.</summary>
    private Operand Spread(ScalarType element, ImmutableArray<IOperation> items)
    {
        var parts = new List<Operand>();
        foreach (var item in items)
        {
            var part = item is ISpreadOperation spread ? LowerPresent(spread.Operand) : ConvertTo(Lower(item), element);
            if (part is null) return Placeholder(item.Type);
            if (part.Type is ArrayType other && other.Element != element)
            {
                return Unsupported(item, "spread arrays and spans of the same type, or list the elements one by one");
            }

            parts.Add(part);
        }

        var ends = new List<Operand> { Constants.Int(0) };
        foreach (var part in parts) ends.Add(_arrays.Sum(ends[ends.Count - 1], part.Type is ArrayType ? _arrays.LengthOf(part) : Constants.Int(1)));
        var array = _arrays.Allocate(element, ends[ends.Count - 1]);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Type is ArrayType) _arrays.AddCopy(parts[i], _arrays.View(array, ends[i], _arrays.LengthOf(parts[i])));
            else _point.Block.Add(new Store(array, ends[i], parts[i]));
        }

        return array;
    }

    private Operand Filled(ScalarType element, ImmutableArray<IOperation> elements)
    {
        // The elements are lowered first, because one of them may read the old contents of the variable.
        return Listed(element, elements.Select(e => ConvertTo(Lower(e), element)).ToList());
    }

    private Operand Listed(ScalarType element, IReadOnlyList<Operand> values)
    {
        var array = _arrays.Allocate(element, Constants.Int(values.Count));
        for (var i = 0; i < values.Count; i++) _point.Block.Add(new Store(array, Constants.Int(i), ConvertTo(values[i], element)));
        return array;
    }

    private Operand LowerStackAlloc(IOperation operation)
    {
        var model = SemanticModels.Of(_module.Compilation, operation.Syntax.SyntaxTree);
        var initializer = operation.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax creation => creation.Initializer,
            ImplicitStackAllocArrayCreationExpressionSyntax creation => creation.Initializer,
            _ => null,
        };
        // C# converts all elements to their best common type.
        var elementType = operation.Syntax is StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax array }
            ? model.GetTypeInfo(array.ElementType, _module.Cancellation).Type
            : (model.GetTypeInfo(operation.Syntax, _module.Cancellation).ConvertedType as INamedTypeSymbol)?.TypeArguments.SingleOrDefault();
        var structs = elementType is null ? null : StructArrays.Map(_module.Compilation.CreateArrayTypeSymbol(elementType), Types);
        var values = initializer?.Expressions.Select(e => SemanticModels.Operation(model, e, _module.Cancellation)).ToList();
        if (structs is not null && values?.Contains(null) != true)
        {
            var given = values?.Select(v => Lower(v!)).ToList();
            return given is not null ? Structs(structs, Constants.Int(given.Count), given)
                : SizeOf(operation) is { } length ? Structs(structs, Lower(length), Array.Empty<Operand>()) : Invalid(operation);
        }

        if (Types.Scalar(elementType) is not { } element) return Unsupported(operation, "allocate float, double, integers, bool, or structs of one floating-point type");
        if (values is not null)
        {
            return values.Any(v => v is null) ? Invalid(operation) : Filled(element, values.Select(v => v!).ToImmutableArray());
        }

        return SizeOf(operation) is { } size ? _arrays.Allocate(element, Lower(size)) : Invalid(operation);
    }

    /// <summary>The length of an array that is made without initial values, on the heap or the stack.</summary>
    private IOperation? SizeOf(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation) operation = operation.ChildOperations.Single();
        if (operation is IArrayCreationOperation { Initializer: null, DimensionSizes.Length: 1 } creation) return creation.DimensionSizes[0];
        if (operation.Syntax is not StackAllocArrayCreationExpressionSyntax { Initializer: null, Type: ArrayTypeSyntax type }) return null;
        return type.RankSpecifiers.Count == 1 && type.RankSpecifiers[0].Sizes.Count == 1
            ? SemanticModels.Operation(
                SemanticModels.Of(_module.Compilation, operation.Syntax.SyntaxTree), type.RankSpecifiers[0].Sizes[0], _module.Cancellation)
            : null;
    }

    private ScalarType? ElementOf(IOperation array) => array.Type is null ? null : Types.Array(array.Type)?.Element;

    private Operand LowerArrayConversion(IConversionOperation conversion)
    {
        var operand = conversion.Operand;
        var tensor = Types.Tensor(conversion.Type!);
        if (IsNullLiteral(operand)) return tensor is not null ? EmptyTensor(tensor) : _arrays.Null(Types.Array(conversion.Type!)!);
        if (operand is IThrowOperation) return Lower(operand);
        if (tensor is not null && !IsTensor(operand)) return LowerArray(operand) is { } row ? Row(row) : Placeholder(conversion.Type);
        if (operand.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax) return LowerStackAlloc(operand);
        return LowerArray(operand) ?? Placeholder(conversion.Type);
    }
}
