using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Inline arrays: products whose members are the elements. An element at an index that is not constant is one of an array made of all elements.
internal sealed partial class FunctionLowering
{
    private const string OnlyNumbers = "write the index as a constant, or let the elements be numbers";

    private const string OnlyElements = "use the elements, b[i], and foreach, or let the helper take a ReadOnlySpan";

    /// <summary>The parameters of the function that are scalars of a product. They are there from the start.</summary>
    private readonly HashSet<Operand> _scalarsOfParameters = new();

    /// <summary>The arrays of the parameters that are inline arrays.</summary>
    private readonly Dictionary<Operand, Operand> _arraysOfParameters = new();

    private static ProductType? InlineArray(Operand operand) => operand is Product { Of: { Form: ProductForm.InlineArray } type } ? type : null;

    private bool IsInlineArray(ITypeSymbol? type) => type is not null && Products.Map(type, Types) is { Form: ProductForm.InlineArray };

    private Operand LowerInlineElement(IInlineArrayAccessOperation access)
    {
        if (Lower(access.Instance) is not Product whole || InlineArray(whole) is not { } type) return Placeholder(access.Type);
        if (InlineIndex(access, type) is not { } index) return Placeholder(access.Type);
        if (index is IntegerConstant at) return whole.Members[(int)at.Number];
        return ArrayOf(whole, access) is { } array ? _point.Block.Load(array, index) : Placeholder(access.Type);
    }

    /// <summary>The place of an element; null if it has none, which was reported.</summary>
    private AssignablePlace? InlinePlace(IInlineArrayAccessOperation access)
    {
        if (PlaceOfMembers(access.Instance) is not { Type: ProductType { Form: ProductForm.InlineArray } type } whole) return null;
        if (InlineIndex(access, type) is not { } index) return null;
        if (index is IntegerConstant at) return new MemberPlace(type.Members[(int)at.Number].Type, whole, type.Members[(int)at.Number].Name);
        return type.Members[0].Type is ScalarType element ? new InlineElementPlace(element, whole, index, access) : Refused();

        AssignablePlace? Refused()
        {
            Unsupported(access, OnlyNumbers);
            return null;
        }
    }

    /// <summary>The index, which ^i counts from the end; null if it is no index, which was reported.</summary>
    private Operand? InlineIndex(IInlineArrayAccessOperation access, ProductType type)
    {
        var (argument, length) = (access.Argument, type.Members.Length);
        if (argument.ConstantValue.Value is int number) return Constants.Int(number);
        var back = Unconverted(argument) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue.Value: int count } ? count : 0;
        if (back > 0 && back <= length) return Constants.Int(length - back);

        if (Types.Scalar(access.Type) is not null || Products.IsStruct(access.Type!)) return LowerIndex(argument, () => Constants.Int(length));
        Unsupported(access, OnlyElements);
        return null;
    }

    /// <summary>The elements as an array of their own; null if they are no numbers, which was reported.</summary>
    private Operand? ArrayOf(Product whole, IOperation at)
    {
        if (whole.Of.Members[0].Type is not ScalarType element)
        {
            Unsupported(at, OnlyNumbers);
            return null;
        }

        if (!whole.Members.All(_scalarsOfParameters.Contains)) return Listed(element, whole.Members);
        if (_arraysOfParameters.TryGetValue(whole.Members[0], out var known)) return known;
        var block = _point.Block;
        _point.Block = _point.Entry;
        var array = _arraysOfParameters[whole.Members[0]] = Listed(element, whole.Members);
        _point.Block = block;
        return array;
    }

    /// <summary>What a span of such an array holds, where nothing changes the array while the span is there.</summary>
    private Operand LowerInlineSpan(IConversionOperation conversion)
    {
        var isReadOnly = conversion.Type is { Name: "ReadOnlySpan" };
        var isChanged = PathOf(conversion.Operand) is not { } path || _module.Body(_context.Method) is not { } body
            || Assignments.In(body.Block).Contains(path.Variable);
        if (!isReadOnly || isChanged)
        {
            return Unsupported(conversion, isReadOnly ? "copy the inline array to a variable that is assigned once" : OnlyElements);
        }

        return Lower(conversion.Operand) is Product whole && ArrayOf(whole, conversion) is { } array ? array : Placeholder(conversion.Type);
    }

    /// <summary>An element at an index that is not constant.</summary>
    private sealed record InlineElementPlace(ScalarType Element, AssignablePlace Whole, Operand Index, IOperation At) : AssignablePlace(Element)
    {
        public override Operand Read(FunctionLowering lowering) =>
            lowering._point.Block.Load(lowering.ArrayOf((Product)Whole.Read(lowering), At)!, Index);

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            var whole = (Product)Whole.Read(lowering);
            var array = lowering.Listed(Element, whole.Members);
            lowering._point.Block.Add(new Store(array, Index, value));
            var elements = whole.Members.Select((_, i) => (Operand)lowering._point.Block.Load(array, Constants.Int(i)));
            Whole.Write(lowering, whole with { Members = elements.ToImmutableArray() });
            return value;
        }
    }
}
