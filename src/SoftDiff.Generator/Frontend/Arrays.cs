using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Arrays and spans: elements, slices, new storage. Array variables are values too; two names for one array are one value.
internal sealed partial class FunctionLowering
{
    private Operand? LowerArray(IOperation operation)
    {
        var array = Lower(operation);
        if (IsArray(array)) return array;
        if (array is SymbolConstant { Expression: Merged }) Fail(Descriptors.ArrayMerge, operation, SourceLines.Short(operation.Syntax), OneArray(operation));
        else if (!_module.Failed) Unsupported(operation, "use arrays and spans of float, double, integers or bool");
        return null;
    }

    /// <summary>What to write instead of an expression that may be one array or another.</summary>
    private string OneArray(IOperation operation) => IsTensor(operation)
        ? "let a span hold the elements of the one or the other, and lay the tensor over that"
        : "make the arrays before the branch or loop, or use one variable per array, or an offset into one array";

    /// <summary>What each view shows of which array.</summary>
    private readonly Dictionary<Value, View> _views = new();

    /// <summary>The arrays whose storage an array may share.</summary>
    private IEnumerable<Operand> Locations(Operand array)
    {
        while (true)
        {
            if (_tensors.TryGetValue(array, out var tensor)) array = tensor.Elements;
            else if (array is Value value && _views.TryGetValue(value, out var view)) array = view.Array;
            else break;
        }

        return array is ArrayChoice choice ? choice.Roots.Select(root => root.Array) : new[] { array };
    }

    /// <summary>The array in an operand that the code around it writes.</summary>
    private Operand? LowerDestination(IOperation operation) => LowerArray(operation) is { } array && IsWritable(array, operation) ? array : null;

    private bool IsElement(IOperation operation) => operation switch
    {
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => SliceOf(operation) is null,
        IPropertyReferenceOperation { Arguments.Length: 1 } => SliceOf(operation) is null,
        ILocalReferenceOperation local => _references.ContainsKey(local.Local),
        IParameterReferenceOperation parameter => _references.ContainsKey(parameter.Parameter),
        _ => false,
    };

    private Operand LowerElement(IOperation operation)
    {
        if (SliceOf(operation) is { } range) return LowerRange(operation, range.Array, range.Range);
        return LowerPlace(operation) is { } place ? With(place.Array, array => _block.Load(array, place.Index)) : Placeholder(operation.Type);
    }

    private (Operand Array, Operand Index)? LowerPlace(IOperation operation)
    {
        if (operation is IPropertyReferenceOperation tensor && IsTensor(tensor.Instance)) return LowerTensorPlace(tensor);
        var (instance, index) = operation switch
        {
            IArrayElementReferenceOperation { Indices.Length: 1 } element => (element.ArrayReference, element.Indices[0]),
            IImplicitIndexerReferenceOperation element => (element.Instance, element.Argument),
            IPropertyReferenceOperation { Instance: { } span, Arguments.Length: 1 } element => (span, element.Arguments[0].Value),
            _ => (null, null),
        };
        if (instance is null || instance.Type is null || _types.Array(instance.Type) is null)
        {
            if (instance?.Type?.TypeKind == TypeKind.Error) Invalid(operation);
            else Unsupported(operation, "use one-dimensional arrays and spans of numbers, with row * columns + column as the index");
            return null;
        }

        if (LowerArray(instance) is not { } array) return null;
        return (array, LowerIndex(index!, array));
    }

    /// <summary>An int position; ^i counts from the end.</summary>
    private Operand LowerIndex(IOperation operation, Operand array)
    {
        while (operation is IConversionOperation conversion && _types.Scalar(conversion.Type) is null) operation = conversion.Operand;
        if (operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat)
        {
            var back = Lower(hat.Operand);
            return _block.Compute(ScalarType.Int32, Opcode.Subtract, LengthOf(array), back);
        }

        // Arrays take wider integers too, spans do not. An index that is no int is out of range, and must not wrap around into it.
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
        var start = range.LeftOperand is null ? Int(0) : LowerIndex(range.LeftOperand, array);
        Operand? count = null;
        if (range.RightOperand is not null)
        {
            var end = LowerIndex(range.RightOperand, array);
            count = start is IntegerConstant { Number: 0 } ? end : _block.Compute(ScalarType.Int32, Opcode.Subtract, end, start);
        }

        var view = View(array, start, count);
        // A range of a C# array is a new array.
        return instance.Type is IArrayTypeSymbol ? CopyOf(view) : view;
    }

    private Operand LengthOf(Operand array)
    {
        if (array is ArrayChoice choice) return choice.Count;
        var length = _block.Length(array);
        _counts.Add(length);
        return length;
    }

    /// <summary>The length of each array made here, as it was given.</summary>
    private readonly Dictionary<Operand, Operand> _lengths = new();

    private Operand View(Operand array, Operand start, Operand? count)
    {
        var type = (ArrayType)array.Type;
        var given = count;
        count ??= start is IntegerConstant { Number: 0 } ? LengthOf(array) : _block.Compute(ScalarType.Int32, Opcode.Subtract, LengthOf(array), start);
        if (array is ArrayChoice whole) RequirePart(whole, start, count, given is null);

        // Of a choice among several arrays a part is a choice as well.
        if (array is ArrayChoice { Roots.Length: > 1 } choice) return choice with { Start = Sum(choice.Start, start), Count = count };
        return With(array, one =>
        {
            var result = _values.Fresh(type.AsSpan());
            var view = new View(result, one, start, count);
            _views[result] = view;
            if (array is ArrayChoice) _within.Add(result);
            _block.Add(view);
            return result;
        });
    }

    private Value CopyOf(Operand array)
    {
        var copy = Allocate(((ArrayType)array.Type).Element, LengthOf(array));
        AddCopy(array, copy);
        return copy;
    }

    private void AddCopy(Operand source, Operand destination) => Do(source, from => Do(destination, to => _block.Add(new Copy(from, to))));

    private void AddFill(Operand array, Operand value) => Do(array, one => _block.Add(new Fill(one, value)));

    private Value Allocate(ScalarType element, Operand length)
    {
        var array = _values.Fresh(new ArrayType(element, ArrayForm.Span));
        _block.Add(new Allocate(array, length, Cleared: true));
        _lengths[array] = length;
        return array;
    }

    private Operand LowerNewArray(IOperation operation)
    {
        if (operation.Type is null || _types.Array(operation.Type) is not { } type)
        {
            return Unsupported(operation, "use one-dimensional arrays of float, double, integers or bool");
        }

        switch (operation)
        {
            case IArrayCreationOperation { DimensionSizes.Length: 1 } creation:
                if (creation.Initializer is { } initializer) return Filled(type.Element, initializer.ElementValues);
                return Allocate(type.Element, ConvertTo(Lower(creation.DimensionSizes[0]), ScalarType.Int32));
            case ICollectionExpressionOperation collection when !collection.Elements.Any(e => e is ISpreadOperation):
                return Filled(type.Element, collection.Elements);
            case ICollectionExpressionOperation collection:
                return Spread(type.Element, collection.Elements);
            default:
                return Unsupported(operation, "list the elements one by one");
        }
    }

    /// <summary>Elements some of which are those of other arrays, as in <c>[x, .. xs]</c>.</summary>
    private Operand Spread(ScalarType element, ImmutableArray<IOperation> items)
    {
        var parts = new List<Operand>();
        foreach (var item in items)
        {
            var part = item is ISpreadOperation spread ? LowerArray(spread.Operand) : ConvertTo(Lower(item), element);
            if (part is null) return Placeholder(item.Type);
            if (part.Type is ArrayType other && other.Element != element)
            {
                return Unsupported(item, "spread arrays and spans of the same type, or list the elements one by one");
            }

            parts.Add(part);
        }

        var ends = new List<Operand> { Int(0) };
        foreach (var part in parts) ends.Add(Sum(ends[ends.Count - 1], part.Type is ArrayType ? LengthOf(part) : Int(1)));
        var array = Allocate(element, ends[ends.Count - 1]);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Type is ArrayType) AddCopy(parts[i], View(array, ends[i], LengthOf(parts[i])));
            else _block.Add(new Store(array, ends[i], parts[i]));
        }

        return array;
    }

    private Operand Filled(ScalarType element, ImmutableArray<IOperation> elements)
    {
        // Elements first: one of them may read what the array's variable held before.
        return Listed(element, elements.Select(e => ConvertTo(Lower(e), element)).ToList());
    }

    private Operand Listed(ScalarType element, IReadOnlyList<Operand> values)
    {
        var array = Allocate(element, Int(values.Count));
        for (var i = 0; i < values.Count; i++) _block.Add(new Store(array, Int(i), ConvertTo(values[i], element)));
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
        // The best common type of the elements is what the whole is converted to.
        var elementType = operation.Syntax is StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax array }
            ? model.GetTypeInfo(array.ElementType, _module.Cancellation).Type
            : (model.GetTypeInfo(operation.Syntax, _module.Cancellation).ConvertedType as INamedTypeSymbol)?.TypeArguments.SingleOrDefault();
        if (_types.Scalar(elementType) is not { } element) return Unsupported(operation, "allocate float, double, integers or bool");
        if (initializer is not null)
        {
            var values = initializer.Expressions.Select(e => SemanticModels.Operation(model, e, _module.Cancellation)).ToList();
            return values.Any(v => v is null) ? Invalid(operation) : Filled(element, values.Select(v => v!).ToImmutableArray());
        }

        return SizeOf(operation) is { } size ? Allocate(element, Lower(size)) : Invalid(operation);
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

    private ScalarType? ElementOf(IOperation array) => array.Type is null ? null : _types.Array(array.Type)?.Element;

    private Operand LowerArrayConversion(IConversionOperation conversion)
    {
        var operand = conversion.Operand;
        var tensor = _types.Tensor(conversion.Type!);
        if (IsNullLiteral(operand)) return tensor is not null ? EmptyTensor(tensor) : Null(_types.Array(conversion.Type!)!);
        if (operand is IThrowOperation) return Lower(operand);
        if (tensor is not null && !IsTensor(operand)) return LowerArray(operand) is { } row ? Row(row) : Placeholder(conversion.Type);
        if (operand.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax) return LowerStackAlloc(operand);
        return LowerArray(operand) ?? Placeholder(conversion.Type);
    }

    /// <summary>Methods of arrays and spans; false if it is none of those.</summary>
    private bool LowerArrayMethod(IInvocationOperation call, out Operand? result)
    {
        result = null;
        var method = call.TargetMethod;
        var owner = method.ContainingType?.ToDisplayString() ?? "";
        var isSpan = call.Instance?.Type is { } type && _types.Array(type) is not null;
        var arguments = call.Arguments.Select(a => a.Value).ToList();
        if (call.Instance is not null && isSpan)
        {
            arguments.Insert(0, call.Instance);
        }
        else if (owner == "System.Linq.Enumerable" && method.Name == "ToArray" && Unconverted(arguments[0]).Type is IArrayTypeSymbol)
        {
            arguments[0] = Unconverted(arguments[0]);
        }
        else if (owner is not ("System.MemoryExtensions" or "System.Array"))
        {
            return false;
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            while (arguments[i] is IConversionOperation { Type.SpecialType: SpecialType.System_Array } toArray) arguments[i] = toArray.Operand;
        }

        var count = arguments.Count;
        switch (method.Name)
        {
            case "AsSpan" or "ToArray" or "Slice" or "CopyTo" or "Clear" or "Fill" or "Clone"
                when count >= 1 && arguments[0].Type is { } first && _types.Array(first) is not null:
            case "Clear" or "Fill" or "Copy" when owner == "System.Array":
                break;
            default:
                return false;
        }

        if ((method.Name is "Clear" or "Fill" ? LowerDestination(arguments[0]) : LowerArray(arguments[0])) is not { } array) return true;
        switch (method.Name, count)
        {
            case ("AsSpan", 1):
                result = array;
                return true;
            case ("ToArray" or "Clone", 1):
                result = CopyOf(array);
                return true;
            case ("AsSpan" or "Slice", 2 or 3) when arguments.Skip(1).All(a => a.Type?.SpecialType == SpecialType.System_Int32):
            {
                var start = Lower(arguments[1]);
                result = View(array, start, count == 3 ? Lower(arguments[2]) : null);
                return true;
            }

            case ("Fill", 4):
            {
                var value = ConvertTo(Lower(arguments[1]), ((ArrayType)array.Type).Element);
                var start = Lower(arguments[2]);
                AddFill(View(array, start, Lower(arguments[3])), value);
                return true;
            }

            case ("AsSpan", 2):
                var range = arguments[1];
                while (range is IConversionOperation conversion) range = conversion.Operand;
                if (range is not IRangeOperation bounds) return false;
                var from = bounds.LeftOperand is null ? Int(0) : LowerIndex(bounds.LeftOperand, array);
                var size = bounds.RightOperand is null
                    ? null
                    : _block.Compute(ScalarType.Int32, Opcode.Subtract, LowerIndex(bounds.RightOperand, array), from);
                result = View(array, from, size);
                return true;
            case ("Clear", 1):
                AddFill(array, Zero(array));
                return true;
            case ("Clear", 3):
            {
                var start = Lower(arguments[1]);
                AddFill(View(array, start, Lower(arguments[2])), Zero(array));
                return true;
            }

            case ("Fill", 2):
                AddFill(array, ConvertTo(Lower(arguments[1]), ((ArrayType)array.Type).Element));
                return true;
            case ("CopyTo", 2) when arguments[1].Type is { } target && _types.Array(target) is not null:
                if (LowerDestination(arguments[1]) is { } destination) AddCopy(array, destination);
                return true;
            case ("CopyTo", 3) when arguments[1].Type is { } target && _types.Array(target) is not null:
                if (LowerDestination(arguments[1]) is { } all) AddCopy(array, View(all, ConvertTo(Lower(arguments[2]), ScalarType.Int32), null));
                return true;
            case ("Copy", 3) when owner == "System.Array":
                if (LowerDestination(arguments[1]) is { } whole) AddCopy(View(array, Int(0), Lower(arguments[2])), whole);
                return true;
            case ("Copy", 5):
            {
                var start = Lower(arguments[1]);
                if (LowerDestination(arguments[2]) is not { } into) return true;
                var at = Lower(arguments[3]);
                var length = Lower(arguments[4]);
                AddCopy(View(array, start, length), View(into, at, length));
                return true;
            }

            default:
                return false;
        }
    }

    private static Operand Zero(Operand array) => Default(((ArrayType)array.Type).Element);
}
