namespace SoftDiff.Generator.IR;

internal enum RuleRole
{
    /// <summary>A floating-point scalar the rule differentiates.</summary>
    Scalar,

    /// <summary>A floating-point span the rule differentiates.</summary>
    Input,

    /// <summary>A span the method overwrites: its output.</summary>
    Destination,

    /// <summary>A floating-point span that the method may read and write. Only generated companions have it.</summary>
    Buffer,

    /// <summary>Anything without derivative.</summary>
    Passive,
}

/// <param name="Name">Its name.</param>
/// <param name="Role">Its role in the rule.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsZeroed">Whether a destination is zero when the method is called, so that the method may add to it instead of overwriting it.</param>
/// <param name="IsConstant">
/// Whether its argument must not depend on differentiated values, because the derivative is not zero and the rule does not give it.
/// </param>
internal sealed record RuleParameter(string Name, RuleRole Role, IrType Type, bool IsZeroed = false, bool IsConstant = false)
{
    /// <summary>Whether the method reads what a destination holds, as a start that its result does not depend on.</summary>
    public bool IsStart { get; init; }

    public bool IsRead => Role != RuleRole.Destination || IsZeroed || IsStart;

    public bool IsWritten => Role is RuleRole.Destination or RuleRole.Buffer;

    public bool IsDifferentiable => Role is RuleRole.Scalar or RuleRole.Input or RuleRole.Buffer;
}

internal enum RuleForm
{
    /// <summary>Methods written by a person and named by <c>[CustomVjp]</c>, <c>[CustomJvp]</c> or <c>[DerivativeOf]</c>.</summary>
    Written,

    /// <summary>The generated <c>FVjp</c> and <c>FJvp</c> of a method whose source is not at hand.</summary>
    Companion,
}

/// <summary>
/// The derivative rule of a method: methods compute the derivative, and the body is not differentiated. <paramref name="Primal"/> is the
/// method's C# name, ready to call. Written rules: <c>forward(args) → (value, residual)</c> (residual alone when the output is a
/// destination), <c>backward([residual,] [args,] cotangents, dSpan…) → gradient of each scalar</c>,
/// <c>tangent(args, tangents) → (values, tangents)</c>. <paramref name="Results"/>: what the method returns, item by item if it is a tuple,
/// then its out parameters, whose places among all parameters are <paramref name="Outs"/>; <paramref name="Parameters"/> are the others.
/// Companions: <c>backward = FVjp</c>, <c>tangent = FJvp</c> in the shapes of the public surface.
/// </summary>
internal sealed record CustomRule(
    RuleForm Form,
    string Primal,
    ImmutableArray<RuleParameter> Parameters,
    ImmutableArray<ScalarType> Results,
    ImmutableArray<int> Outs,
    RuleMethod? Forward,
    ScalarType? Residual,
    RuleMethod? Backward,
    bool BackwardTakesPrimal,
    RuleMethod? Tangent)
{
    /// <summary>
    /// A backward method that takes the primal's arguments in place of the residual and computes the residual again. It is there if more derivatives
    /// are taken and cannot be followed through the residual.
    /// </summary>
    public RuleMethod? Recomputing { get; init; }

    /// <summary>Positions among all parameters of those that the method does not write.</summary>
    public ImmutableArray<int> ReadOnly => Enumerable.Range(0, Parameters.Length + Outs.Length).Where(at => !Outs.Contains(at))
        .Zip(Parameters, (at, parameter) => (at, parameter)).Where(p => !p.parameter.IsWritten).Select(p => p.at).ToImmutableArray();

    /// <summary>Whether its methods are functions of the module, or are differentiated by such functions.</summary>
    public bool NeedsFunctions => Methods.Any(method => method.Functions.Any());

    /// <summary>The methods by which the rule computes derivatives.</summary>
    public IEnumerable<RuleMethod> Methods => new[] { Forward, Backward, Tangent, Recomputing }.OfType<RuleMethod>();

    /// <summary>The rule that computes the residual again, if it has such a backward method; the rule itself otherwise.</summary>
    public CustomRule WithoutResidual() => Recomputing is null
        ? this
        : this with { Forward = null, Residual = null, Backward = Recomputing, BackwardTakesPrimal = true, Recomputing = null };
}
