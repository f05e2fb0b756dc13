namespace SoftDiff.Generator.IR;

/// <summary>The type of a value: a scalar, a one-dimensional array of scalars, or a container of them.</summary>
internal abstract record IrType
{
    public bool IsFloat => this is ScalarType { Kind: ScalarKind.Float };

    public bool IsFloatArray => this is ArrayType { Element.Kind: ScalarKind.Float };

    /// <summary>Whether it holds numbers in memory. Its tangents and cotangents then live in a shadow: storage of the same kind.</summary>
    public bool IsStorage => this is ArrayType or TapeType;

    /// <summary>Whether values of this type have tangents and cotangents.</summary>
    public bool CarriesDerivative => IsFloat || IsFloatArray || this is TapeType;
}

internal enum ScalarKind
{
    /// <summary><c>double</c>, <c>float</c> or a type parameter constrained to floating point.</summary>
    Float,

    /// <summary>Any integer, character or enum.</summary>
    Int,

    Bool,

    /// <summary>A residual of a user's rule; only moved around, never computed with.</summary>
    Opaque,
}

/// <summary>A scalar named as C# names it: a keyword, a <c>global::</c> name, or a type parameter.</summary>
internal sealed record ScalarType(ScalarKind Kind, string Name) : IrType
{
    public static readonly ScalarType Double = new(ScalarKind.Float, "double");
    public static readonly ScalarType Single = new(ScalarKind.Float, "float");
    public static readonly ScalarType Int32 = new(ScalarKind.Int, "int");
    public static readonly ScalarType Int64 = new(ScalarKind.Int, "long");
    public static readonly ScalarType NativeInt = new(ScalarKind.Int, "nint");
    public static readonly ScalarType Bool = new(ScalarKind.Bool, "bool");

    /// <summary>A floating-point type parameter: arithmetic goes through generic math.</summary>
    public bool IsTypeParameter => Kind == ScalarKind.Float && Name is not ("double" or "float");

    /// <summary>The type of the numbers in its lanes, if this is a lane type: one number for each of several iterations that run at once.</summary>
    public ScalarType? LaneOf { get; init; }

    /// <summary>The lane type for numbers of a type. It is a type parameter of the function, which is called with one width or another.</summary>
    public static ScalarType Lane(ScalarType element) => new(ScalarKind.Float, "TLane") { LaneOf = element };

    public override string ToString() => LaneOf is null ? Name : "lane<" + LaneOf + ">";
}

internal enum ArrayForm
{
    Array,
    Span,
    ReadOnlySpan,

    /// <summary>A <c>TensorSpan</c>: elements with a shape. It is passed on as a whole; its elements are reached by <see cref="Flatten"/>.</summary>
    Tensor,

    /// <summary>A <c>ReadOnlyTensorSpan</c>.</summary>
    ReadOnlyTensor,

    /// <summary>
    /// A rectangular array, <c>T[,]</c> or <c>T[,,]</c>. Only parameters and static fields have this type; a matrix made inside is its elements.
    /// </summary>
    Matrix,

    /// <summary>An array of arrays, <c>T[][]</c>. As a matrix, it is its elements inside, and where its rows start among them.</summary>
    Jagged,

    /// <summary>
    /// The arrays or matrices that the objects in a list of a parameter tree hold, one for each object. It is its elements inside, as an array of arrays is.
    /// </summary>
    Listed,

    /// <summary>A <c>Memory</c>. Only parameters have this type.</summary>
    Memory,

    /// <summary>A <c>ReadOnlyMemory</c>.</summary>
    ReadOnlyMemory,

    /// <summary>Neighbouring columns of a matrix, one in each lane (see <see cref="LaneColumn"/>). An element is the lanes' numbers in a row.</summary>
    Column,
}

/// <summary>
/// A contiguous run of scalars, or a container of them. Two values of this type alias only if one is a view of the other.
/// </summary>
internal sealed record ArrayType(ScalarType Element, ArrayForm Form) : IrType
{
    /// <summary>The lengths of a tensor.</summary>
    public static readonly ArrayType Lengths = new(ScalarType.NativeInt, ArrayForm.ReadOnlySpan);

    /// <summary>The places at which the rows of an array of arrays start.</summary>
    public static readonly ArrayType Starts = new(ScalarType.Int32, ArrayForm.ReadOnlySpan);

    /// <summary>The number of axes of a matrix; 1 for other forms, of which a tensor may have any number.</summary>
    public int Rank { get; init; } = 1;

    public bool IsMatrix => Form is ArrayForm.Matrix;

    /// <summary>Whether it is arrays of any lengths, one after the other.</summary>
    public bool IsJagged => Form is ArrayForm.Jagged or ArrayForm.Listed;

    /// <summary>Whether its elements are reached by <see cref="Flatten"/>: a tensor, a matrix, a memory or an array of arrays.</summary>
    public bool IsContainer => IsTensor || IsMatrix || IsMemory || IsJagged;

    public bool IsMemory => Form is ArrayForm.Memory or ArrayForm.ReadOnlyMemory;

    public bool IsTensor => Form is ArrayForm.Tensor or ArrayForm.ReadOnlyTensor;

    public bool IsReadOnly => Form is ArrayForm.ReadOnlySpan or ArrayForm.ReadOnlyTensor or ArrayForm.ReadOnlyMemory;

    /// <summary>The span of the elements: what a view of the array is, and what an array is inside a function.</summary>
    public ArrayType AsSpan() => this with { Form = IsReadOnly ? ArrayForm.ReadOnlySpan : ArrayForm.Span, Rank = 1 };

    public ArrayType Writable() => IsMatrix || IsJagged ? this : this with { Form = IsTensor ? ArrayForm.Tensor : ArrayForm.Span };

    /// <summary>The form that is only read; C# has none of a matrix or an array of arrays.</summary>
    public ArrayType ReadOnly() =>
        IsMatrix || IsJagged ? this : this with { Form = IsTensor ? ArrayForm.ReadOnlyTensor : ArrayForm.ReadOnlySpan };

    /// <summary>The tensor over the elements.</summary>
    public ArrayType AsTensor() => this with { Form = IsReadOnly ? ArrayForm.ReadOnlyTensor : ArrayForm.Tensor };

    public override string ToString() => Form switch
    {
        ArrayForm.Array => Element + "[]",
        ArrayForm.Span => "span<" + Element + ">",
        ArrayForm.ReadOnlySpan => "rospan<" + Element + ">",
        ArrayForm.Tensor => "tensor<" + Element + ">",
        ArrayForm.Memory => "memory<" + Element + ">",
        ArrayForm.ReadOnlyMemory => "romemory<" + Element + ">",
        ArrayForm.Column => "column<" + Element + ">",
        ArrayForm.Jagged => Element + "[][]",
        ArrayForm.Listed => "listed<" + Element + ">",
        ArrayForm.Matrix => Element + "[" + new string(',', Rank - 1) + "]",
        _ => "rotensor<" + Element + ">",
    };
}

/// <summary>The growable store of residuals (see the runtime's <c>Tape</c>); one value of it per function.</summary>
internal sealed record TapeType : IrType
{
    public static readonly TapeType Instance = new();

    public override string ToString() => "tape";
}
