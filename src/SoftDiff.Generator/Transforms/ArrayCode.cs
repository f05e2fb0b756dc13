namespace SoftDiff.Generator.Transforms;

/// <summary>Code that works on all elements of an array.</summary>
internal static class ArrayCode
{
    public static NumberConstant Zero(Operand array) => new(((ArrayType)array.Type).Element, 0);

    public static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>A zeroed array as long as another, or a tensor of the same shape. For a matrix it is an array of its elements.</summary>
    public static Value Like(Operand array, BlockBuilder into, string name = "")
    {
        var type = (ArrayType)Signatures.Companion(array.Type, writable: true);
        var copy = into.Values.Fresh(type.AsSpan(), name);
        into.Add(new Allocate(copy, into.Length(array), Cleared: true));
        return type.IsTensor ? into.Arrange(copy, into.Lengths(array)) : copy;
    }

    /// <summary>An array with the same elements.</summary>
    public static Value CopyOf(Operand array, BlockBuilder into)
    {
        var copy = Like(array, into);
        into.Add(new Copy(array, copy));
        return copy;
    }

    /// <summary>A basis vector: an array like another with 1 at an index and 0 elsewhere.</summary>
    public static Value Basis(Operand array, Operand index, BlockBuilder into, string name)
    {
        var basis = Like(array, into, name);
        var elements = into.Elements(basis);
        into.Add(new Store(elements, index, new NumberConstant(((ArrayType)elements.Type).Element, 1)));
        return basis;
    }

    /// <summary>for (i …) body(i) over an array.</summary>
    public static void ForEach(Operand array, BlockBuilder into, Action<BlockBuilder, Value> write)
    {
        var index = into.Values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(into.Values);
        write(body, index);
        into.Add(new For(index, Int(0), into.Length(array), 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }

    /// <summary>Inner product of two arrays of one length.</summary>
    public static Value Inner(Operand a, Operand b, BlockBuilder into)
    {
        (a, b) = (into.Elements(a), into.Elements(b));
        var element = ((ArrayType)a.Type).Element;
        var (index, total, result) = (into.Values.Fresh(ScalarType.Int32, "i"), into.Values.Fresh(element, "inner"), into.Values.Fresh(element, "inner"));
        var body = new BlockBuilder(into.Values);
        var next = body.Compute(element, Opcode.Add, total, body.Compute(element, Opcode.Multiply, body.Load(a, index), body.Load(b, index)));
        var sum = new Carried(total, new NumberConstant(element, 0), result);
        into.Add(new For(index, Int(0), into.Length(a), 1, false, ImmutableArray.Create(sum), body.Build(next)));
        return result;
    }
}
