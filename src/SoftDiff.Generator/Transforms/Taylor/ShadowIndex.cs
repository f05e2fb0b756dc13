namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>Positions in a shadow, which has as many elements for each of the array's as there are coefficients.</summary>
internal static class ShadowIndex
{
    /// <summary>The length of a shadow. Throws an OverflowException when it runs, where a span cannot be so long.</summary>
    public static Operand Length(Operand length, int order, BlockBuilder into)
    {
        if (order == 1) return length;
        length = Wide(length, into);
        var type = (ScalarType)length.Type;
        var product = into.Values.Fresh(type);
        into.Add(new Compute(product, Opcode.Multiply, ImmutableArray.Create(length, new IntegerConstant(type, order)), Checked: true));
        return product;
    }

    /// <summary>Where the coefficients of an element start.</summary>
    public static Operand First(Operand index, int order, BlockBuilder into)
    {
        if (order == 1) return index;
        if (index is IntegerConstant { Number: var number and >= 0 } && number <= int.MaxValue / order)
        {
            return new IntegerConstant(ScalarType.Int32, number * order);
        }

        index = Wide(index, into);
        return into.Compute(index.Type, Opcode.Multiply, index, new IntegerConstant((ScalarType)index.Type, order));
    }

    // Types narrower than an int would wrap around.
    private static Operand Wide(Operand number, BlockBuilder into) =>
        number.Type == ScalarType.Int32 || number.Type == ScalarType.Int64
            ? number
            : into.Compute(ScalarType.Int64, Opcode.Convert, number);

    /// <summary>A part of an array.</summary>
    public static Value Part(Operand array, Operand first, Operand? count, BlockBuilder into)
    {
        var part = into.Values.Fresh(((ArrayType)array.Type).AsSpan());
        into.Add(new View(part, array, first, count));
        return part;
    }
}
