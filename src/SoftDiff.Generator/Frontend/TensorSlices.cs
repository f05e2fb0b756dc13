using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Parts of tensor spans along the first axis, and methods on all elements. Such a part is a tensor laid over a part of the elements.
internal sealed partial class FunctionLowering
{
    /// <summary>The ranges of a part, as in <c>t[1..3, ..]</c> or <c>t.Slice(1..3, ..)</c>; default if the expression is none.</summary>
    private ImmutableArray<IOperation> RangesOf(IOperation operation)
    {
        var arguments = operation switch
        {
            IPropertyReferenceOperation { Instance: { } whole } part when IsTensor(part) && IsTensor(whole) => part.Arguments,
            IInvocationOperation { TargetMethod.Name: "Slice", Instance: { } whole } call when IsTensor(whole) => call.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        return arguments.Length == 1 ? Items(Unconverted(arguments[0].Value)) : default;
    }

    /// <summary>The rows of a tensor from one to another. Rows lie side by side, other parts do not.</summary>
    private Operand LowerTensorPart(IOperation part, IOperation whole, ImmutableArray<IOperation> items)
    {
        const string Instead = "take rows, as in t[1..3, ..], and loop over the elements of other parts";
        var ranges = items.Select(item => Bare(item) as IRangeOperation).ToList();
        var isOfRows = ranges.Count > 0 && ranges.All(r => r is not null) && ranges.Skip(1).All(r => r is { LeftOperand: null, RightOperand: null });
        if (!isOfRows) return Unsupported(part, Instead);
        if (LowerTensor(whole) is not { } tensor) return Placeholder(part.Type);
        if (Axes(tensor.Shape, ranges.Count) is not { } axes) return Unsupported(part, "use a tensor with one number of indices throughout the method");
        Operand Bound(IOperation? bound, Operand otherwise) => bound is null ? otherwise : LowerIndex(Bare(bound), () => axes[0]);
        var start = Bound(ranges[0]!.LeftOperand, Constants.Int(0));
        var end = Bound(ranges[0]!.RightOperand, axes[0]);
        var count = start is IntegerConstant { Number: 0 } ? end : _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, end, start);
        Operand Numbers(Operand rows) => axes.Skip(1).Aggregate(rows, (product, axis) => _point.Block.Compute(ScalarType.Int32, Opcode.Multiply, product, axis));
        var elements = _arrays.View(tensor.Elements, Numbers(start), Numbers(count));
        return _arrays.Arranged(_point.Block, elements, new TensorShape { Axes = axes.SetItem(0, count) });
    }

    /// <summary>A method of all elements of a tensor; false if it is another.</summary>
    private bool LowerTensorMethod(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Fill" or "Clear" or "CopyTo" or "FlattenTo") || call.Arguments.Length > 1) return false;
        if (LowerTensor(call.Instance!) is not { } tensor) return true;
        var isFill = call.TargetMethod.Name is "Fill" or "Clear";
        if (isFill && !IsWritable(tensor.Elements, call.Instance!)) return true;
        switch (call.TargetMethod.Name)
        {
            case "Fill":
                _arrays.AddFill(tensor.Elements, ConvertTo(Lower(call.Arguments[0].Value), ((ArrayType)tensor.Elements.Type).Element));
                return true;
            case "Clear":
                _arrays.AddFill(tensor.Elements, ArrayVariables.Zero(tensor.Elements));
                return true;
            case "FlattenTo":
                if (LowerDestination(call.Arguments[0].Value) is { } span) _arrays.AddCopy(tensor.Elements, span);
                return true;
            default:
                if (LowerTensor(call.Arguments[0].Value) is not { } into || !IsWritable(into.Elements, call.Arguments[0].Value)) return true;
                _point.Block.Add(new RequireLength(into.Tensor, "destination", tensor.Tensor, "source"));
                _arrays.AddCopy(tensor.Elements, into.Elements);
                return true;
        }
    }

    /// <summary>An index or a range without the conversions to the types of the tensor's parameters.</summary>
    private static IOperation Bare(IOperation operation)
    {
        while (operation is IConversionOperation { Type.Name: "NIndex" or "NRange" or "Index" or "Range" } conversion) operation = conversion.Operand;
        return operation;
    }
}
