namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>Which part a parameter has in a declared transformation.</summary>
internal enum DeclaredRole
{
    /// <summary>A parameter of the target.</summary>
    Primal,

    /// <summary>The cotangent of the target's result, or of an <c>out</c> parameter.</summary>
    Cotangent,

    /// <summary>The gradient by a parameter; in-out for a buffer.</summary>
    Gradient,

    /// <summary>The tangent of a parameter; it comes out of what the target writes.</summary>
    Tangent,

    /// <summary>The tangent of the target's result.</summary>
    ResultTangent,

    /// <summary>The product of the Hessian and the tangents, as far as it belongs to a parameter.</summary>
    Product,

    /// <summary>A matrix in row-major order.</summary>
    Matrix,

    /// <summary>The number of examples of a batch.</summary>
    Batch,

    /// <summary>What the target returns for each example.</summary>
    Values,
}

/// <summary>A parameter of a declared transformation.</summary>
/// <param name="Role">Its part.</param>
/// <param name="Of">The parameter of the target that it belongs to; null where it belongs to the result or to all.</param>
/// <param name="Name">What it is called if nobody says otherwise.</param>
/// <param name="Type">Its type.</param>
/// <param name="Mode">How it is passed.</param>
/// <param name="IsShared">Whether it is the same for all examples of a batch.</param>
internal sealed record DeclaredParameter(DeclaredRole Role, Parameter? Of, string Name, IrType Type, ParameterMode Mode, bool IsShared = false)
{
    /// <summary>The value type that the C# parameter has, of which it is a scalar; null if it is a C# parameter itself.</summary>
    public ProductType? Whole => Of?.Part?.Type;

    /// <summary>How the C# parameter is passed.</summary>
    public ParameterMode PassedAs => Of is not { IsLeaf: true } || Role == DeclaredRole.Primal ? Mode
        : Role == DeclaredRole.Gradient ? Whole!.GradientPassedAs
        : ParameterMode.Value;

    /// <summary>What the C# parameter is called if nobody says otherwise.</summary>
    public string WholeName => Of?.Part is not { } part ? Name
        : Role == DeclaredRole.Primal ? part.Whole
        : Name.Substring(0, 1) + char.ToUpperInvariant(part.Whole[0]) + part.Whole.Substring(1);

    /// <summary>Whether another scalar is one of the same C# parameter.</summary>
    public bool IsPartWith(DeclaredParameter other) =>
        Role == other.Role && Of?.Part is { } part && other.Of?.Part is { } second && part.IsSameWhole(second);

    /// <summary>The parameter of a derivative that it stands for.</summary>
    public Slot Slot => new(
        Role switch
        {
            DeclaredRole.Primal => SlotKind.Primal,
            DeclaredRole.Cotangent or DeclaredRole.Gradient => SlotKind.Bar,
            DeclaredRole.Tangent or DeclaredRole.ResultTangent => SlotKind.Dot,
            DeclaredRole.Product => SlotKind.BarDot,
            _ => throw new InvalidOperationException(Role.ToString()),
        },
        Of?.Value);
}
