namespace SoftDiff.Runtime.Build;

/// <summary>The kind of an operator's inputs and outputs: numbers, rows, or arrays of any rank.</summary>
internal enum OperatorForm
{
    Scalar,
    Span,
    Tensor,
}

/// <summary>The role of a parameter in the operator's derivative.</summary>
internal enum Role
{
    /// <summary>No derivative: an integer, an option, or marked [NonDifferentiable].</summary>
    Passive,

    /// <summary>A number with a derivative.</summary>
    Number,

    /// <summary>An array that is read, with a derivative.</summary>
    Array,

    /// <summary>An array that is written.</summary>
    Destination,
}

/// <summary>A parameter as it is written.</summary>
/// <param name="Attributes">With brackets and the blank after them; may be empty.</param>
/// <param name="Modifiers">As "in" or "out"; may be empty.</param>
/// <param name="Type">The type.</param>
/// <param name="Name">The name.</param>
/// <param name="Default">The default value, or null.</param>
/// <param name="Role">Its role in the derivative.</param>
internal sealed record ParameterSpec(string Attributes, string Modifiers, string Type, string Name, string? Default, Role Role)
{
    public bool HasDerivative => Role is Role.Number or Role.Array;

    /// <summary>Whether it holds several numbers, with or without a derivative.</summary>
    public bool IsArray => Type.EndsWith("Span<double>", StringComparison.Ordinal);

    public bool IsTensor => Type.Contains("TensorSpan<");

    public string Cotangent => "c" + Capital;

    public string Gradient => "d" + Capital;

    public string Tangent => "t" + Capital;

    /// <summary>The role of a parameter that is not marked [NonDifferentiable].</summary>
    public static Role RoleOf(string type) => type switch
    {
        "double" => Role.Number,
        "ReadOnlySpan<double>" or "ReadOnlyTensorSpan<double>" => Role.Array,
        "Span<double>" or "TensorSpan<double>" => Role.Destination,
        _ => Role.Passive,
    };

    private string Capital => char.ToUpperInvariant(Name[0]) + Name.Substring(1);
}

/// <summary>A method as it is written.</summary>
/// <param name="Name">The name.</param>
/// <param name="Returns">The type of the result; "void" for none.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Text">The declaration with the attributes that a twin also has, up to the end of the body.</param>
/// <param name="Comment">The documentation comment.</param>
internal sealed record MethodSpec(string Name, string Returns, EquatableArray<ParameterSpec> Parameters, string Text, Comment Comment)
{
    public bool IsVoid => Returns == "void";

    public IEnumerable<ParameterSpec> Destinations => Parameters.Where(p => p.Role == Role.Destination);

    public IEnumerable<ParameterSpec> Inputs => Parameters.Where(p => p.HasDerivative);

    public IEnumerable<ParameterSpec> Numbers => Parameters.Where(p => p.Role == Role.Number);

    /// <summary>The softness, if it has a derivative.</summary>
    public ParameterSpec? Softness => Numbers.FirstOrDefault(p => p.Name == Expected.Softness);

    public ParameterSpec? Mode => Parameters.FirstOrDefault(p => p.Type == "SoftMode");
}
