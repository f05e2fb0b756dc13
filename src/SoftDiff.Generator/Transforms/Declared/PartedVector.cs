namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>One vector that holds the tangents or cotangents of several parameters, one after the other.</summary>
/// <param name="Parts">The parameters, and where their numbers are.</param>
/// <param name="Vector">The vector.</param>
/// <param name="Code">The declaration whose body is written.</param>
internal sealed record PartedVector(ImmutableArray<MatrixPart> Parts, Operand Vector, DeclaredCode Code)
{
    private ScalarType Element => ((ArrayType)Vector.Type).Element;

    /// <summary>The part of a parameter; null if it has none.</summary>
    public MatrixPart? Of(Slot slot) => Parts.FirstOrDefault(part => Equals(part.Of?.Value, slot.Of));

    /// <summary>The number of a parameter that is a scalar.</summary>
    public Operand Number(MatrixPart part, ScalarType type, BlockBuilder into) => Fitted(into.Load(Vector, part.First), type, into);

    /// <summary>The numbers of an array, in its own type and shape.</summary>
    public Operand Filled(MatrixPart part, BlockBuilder into)
    {
        var array = Empty(part, into);
        if (IsDirect(part)) return array;
        var elements = into.Elements(array);
        MatrixCode.Count(part.Count, "i", into, (body, i) =>
        {
            var number = body.Load(Vector, MatrixCode.Add(part.First, i, body));
            body.Add(new Store(elements, i, Fitted(number, ((ArrayType)elements.Type).Element, body)));
        });
        return array;
    }

    /// <summary>Where the numbers of an array go: its part of the vector, or an array beside it if the types differ.</summary>
    public Operand Empty(MatrixPart part, BlockBuilder into)
    {
        var like = Code.Point(part.Of!.Value);
        if (!IsDirect(part)) return ArrayCode.Like(like, into);
        var view = into.Values.Fresh(Vector.Type, part.Of.Name + "Part");
        into.Add(new View(view, Vector, part.First, part.Count));
        return like.Type is ArrayType { IsTensor: true } ? into.Arrange(view, into.Lengths(like)) : view;
    }

    /// <summary>Puts the numbers of a parameter into the vector, unless they are there.</summary>
    public void Take(MatrixPart part, Operand numbers, BlockBuilder into)
    {
        if (!part.IsArray)
        {
            into.Add(new Store(Vector, part.First, MatrixCode.Fitted(numbers, Vector, into)));
        }
        else if (!IsDirect(part))
        {
            var elements = into.Elements(numbers);
            MatrixCode.Count(part.Count, "i", into, (body, i) =>
                body.Add(new Store(Vector, MatrixCode.Add(part.First, i, body), MatrixCode.Fitted(body.Load(elements, i), Vector, body))));
        }
    }

    private bool IsDirect(MatrixPart part) => ((ArrayType)part.Of!.Value.Type).Element == Element;

    private static Operand Fitted(Operand number, ScalarType type, BlockBuilder into) =>
        number.Type.Equals(type) ? number : into.Compute(type, Opcode.Convert, number);
}
