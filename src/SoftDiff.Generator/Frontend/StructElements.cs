using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Arrays and spans of structs, as arrays of numbers: the number k of element i stands at i * stride + k.
internal sealed partial class FunctionLowering
{
    /// <summary>An element, or a member of one that is a struct itself.</summary>
    /// <param name="Of">Its type.</param>
    /// <param name="Array">The numbers.</param>
    /// <param name="First">The place of the element's first number.</param>
    /// <param name="Offset">The member's first number in the element.</param>
    private sealed record StructElementPlace(ProductType Of, Operand Array, Operand First, int Offset) : AssignablePlace(Of)
    {
        public override Operand Read(FunctionLowering lowering) => Product.Build(Of, new Queue<Operand>(
            Numbers(lowering).Select(number => number.Read(lowering))));

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            foreach (var (number, leaf) in Numbers(lowering).Zip(Composite.Leaves(value), (number, leaf) => (number, leaf)).ToList()) number.Write(lowering, leaf);
            return value;
        }

        public AssignablePlace Member(FunctionLowering lowering, string name)
        {
            var position = Of.Position(name);
            var offset = Offset + Of.Members.Take(position).Sum(member => ProductType.Count(member.Type));
            return Of.Members[position].Type is ProductType inner ? new StructElementPlace(inner, Array, First, offset) : Number(lowering, offset);
        }

        private List<AssignablePlace> Numbers(FunctionLowering lowering) =>
            Enumerable.Range(Offset, ProductType.Count(Of)).Select(at => Number(lowering, at)).ToList();

        private AssignablePlace Number(FunctionLowering lowering, int at) => new ElementPlace(Array, lowering._arrays.Sum(First, Constants.Int(at)));
    }

    /// <summary>The array of structs that an expression is; null if it is none, or was reported.</summary>
    private StructArray? LowerStructArray(IOperation operation)
    {
        if (StructArrays.Map(operation.Type, Types) is null) return null;
        var array = Lower(operation);
        if (array is SymbolConstant { Expression: ArrayVariables.Merged }) Fail(Descriptors.ArrayMerge, operation, SourceLines.Short(operation.Syntax), OneArray(operation));
        return array as StructArray;
    }

    private Operand CountOf(StructArray array) => Divide(_arrays.LengthOf(array.Numbers), array.Of.Stride);

    private Operand Divide(Operand count, int by) => by == 1 ? count : _point.Block.Compute(ScalarType.Int32, Opcode.Divide, count, Constants.Int(by));

    private Operand Times(Operand index, int stride) => index is IntegerConstant constant ? Constants.Int(constant.Number * stride)
        : stride == 1 ? index
        : _point.Block.Compute(ScalarType.Int32, Opcode.Multiply, index, Constants.Int(stride));

    /// <summary>The place of an element; null if the expression is none, or was reported.</summary>
    private StructElementPlace? StructElement(IOperation operation)
    {
        if (Variable(operation) is { } variable && _elements.TryGetValue(variable, out var referred)) return referred;
        if (Indexed(operation) is not var (instance, index) || LowerStructArray(instance) is not { } array) return null;
        return Element(array, LowerIndex(index, () => CountOf(array)));
    }

    private StructElementPlace Element(StructArray array, Operand index) => new(array.Of.Element, array.Numbers, Times(index, array.Of.Stride), 0);

    /// <summary>The elements to which <c>ref</c> variables refer.</summary>
    private readonly Dictionary<ISymbol, StructElementPlace> _elements = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the expression is an element of an array of structs.</summary>
    private bool IsStructElement(IOperation operation) =>
        (Variable(operation) is { } variable && _elements.ContainsKey(variable))
        || (SliceOf(operation) is null && Indexed(operation) is var (instance, _) && !IsTable(instance) && StructArrays.Map(instance.Type, Types) is not null);

    private static (IOperation Instance, IOperation Index)? Indexed(IOperation operation) => operation switch
    {
        IArrayElementReferenceOperation { Indices.Length: 1 } element => (element.ArrayReference, element.Indices[0]),
        IImplicitIndexerReferenceOperation element => (element.Instance, element.Argument),
        IPropertyReferenceOperation { Instance: { } span, Arguments.Length: 1 } element => (span, element.Arguments[0].Value),
        _ => null,
    };

    private Operand LowerStructElement(IOperation operation)
    {
        if (SliceOf(operation) is not var (instance, range)) return StructElement(operation)?.Read(this) ?? Placeholder(operation.Type);
        if (LowerStructArray(instance) is not { } array) return Placeholder(operation.Type);
        Operand Count() => CountOf(array);
        var start = range.LeftOperand is null ? Constants.Int(0) : LowerIndex(range.LeftOperand, Count);
        var end = range.RightOperand is null ? Count() : LowerIndex(range.RightOperand, Count);
        var part = Part(array, start, start is IntegerConstant { Number: 0 } ? end : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, end, start));
        return instance.Type is IArrayTypeSymbol ? part with { Numbers = _arrays.CopyOf(part.Numbers) } : part;
    }

    private StructArray Part(StructArray array, Operand start, Operand? count) => array with
    {
        Numbers = _arrays.View(array.Numbers, Times(start, array.Of.Stride), count is null ? null : Times(count, array.Of.Stride)),
    };

    /// <summary>A new array of structs: of a length, or with its elements listed.</summary>
    private Operand LowerNewStructs(IOperation operation, StructArrayType type)
    {
        if (operation is ICollectionExpressionOperation { Elements: var items } && items.Any(e => e is ISpreadOperation)) return Spread(items, type);
        var elements = operation switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            ICollectionExpressionOperation collection => collection.Elements,
            IArrayCreationOperation { DimensionSizes.Length: 1 } => ImmutableArray<IOperation>.Empty,
            _ => default,
        };
        if (elements.IsDefault) return Unsupported(operation, "list the elements one by one");
        var values = elements.Select(Lower).ToList();
        var count = operation is IArrayCreationOperation { Initializer: null } sized
            ? ConvertTo(Lower(sized.DimensionSizes[0]), ScalarType.Int32)
            : Constants.Int(values.Count);
        return Structs(type, count, values);
    }

    /// <summary>A new array of structs, of which the first are given.</summary>
    private StructArray Structs(StructArrayType type, Operand count, IReadOnlyList<Operand> first)
    {
        var array = new StructArray(type, _arrays.Allocate(type.Numbers.Element, Times(count, type.Stride)));
        for (var i = 0; i < first.Count; i++) Element(array, Constants.Int(i)).Write(this, first[i]);
        return array;
    }

    /// <summary>Structs some of which are those of other arrays, as in <c>[p, .. ps]</c>.</summary>
    private Operand Spread(ImmutableArray<IOperation> items, StructArrayType type)
    {
        var parts = items.Select(item => item is ISpreadOperation spread ? LowerStructArray(spread.Operand) : Lower(item)).ToList();
        if (parts.Any(part => part is not (StructArray or Product))) return Unsupported(items[0], "list the elements one by one");
        var ends = new List<Operand> { Constants.Int(0) };
        foreach (var part in parts) ends.Add(_arrays.Sum(ends[ends.Count - 1], part is StructArray others ? CountOf(others) : Constants.Int(1)));
        var array = Structs(type, ends[ends.Count - 1], Array.Empty<Operand>());
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is StructArray others) _arrays.AddCopy(others.Numbers, Part(array, ends[i], CountOf(others)).Numbers);
            else Element(array, ends[i]).Write(this, parts[i]!);
        }

        return array;
    }
}
