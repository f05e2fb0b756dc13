using SoftDiff.Generator.Transforms.Batching;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// The signature that a transformation gives its declaration: the target's parameters, then those of the transformation with their roles.
/// The declaration chooses whether it returns the target's value, and whether a second derivative also gives the gradient.
/// </summary>
internal sealed class DeclaredSignature
{
    private readonly ImmutableArray<DeclaredParameter>.Builder _parameters = ImmutableArray.CreateBuilder<DeclaredParameter>();
    private readonly TargetShape _target;
    private readonly HashSet<string> _taken;

    private DeclaredSignature(TargetShape target, Transformation what, bool gradients, bool returns)
    {
        _target = target;
        _taken = new HashSet<string>(target.Function.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        MayReturnNothing = what.Kind != TransformationKind.Derivative && !what.Sparse;
        if (what.Kind == TransformationKind.Vmap)
        {
            AddBatch(what);
            return;
        }

        Returns = what.Sparse ? SparseTypes.Matrix(target.Element) : target.Function.Returns;
        ReturnsByParameters = target.Function.Parameters.Any(p => p.IsReturned);
        foreach (var parameter in target.Function.Parameters)
        {
            if (parameter.IsReturned && !returns) continue;
            _parameters.Add(new DeclaredParameter(DeclaredRole.Primal, parameter, parameter.Name, parameter.Value.Type, parameter.Mode));
        }

        if (!what.Sparse) Add(what.Kind, gradients);
    }

    public IReadOnlyList<DeclaredParameter> Parameters => _parameters;

    /// <summary>What the declaration returns, if it returns anything.</summary>
    public IrType? Returns { get; }

    /// <summary>Whether the target returns an array or a value type, for which parameters stand.</summary>
    public bool ReturnsByParameters { get; }

    /// <summary>Whether the declaration may return nothing instead.</summary>
    public bool MayReturnNothing { get; }

    /// <summary>The signature that is closest to what was declared.</summary>
    /// <param name="target">The target.</param>
    /// <param name="what">The transformation.</param>
    /// <param name="declared">The declaration.</param>
    public static DeclaredSignature Of(TargetShape target, Transformation what, Function declared)
    {
        var returns = declared.Parameters.Any(p => p.IsReturned);
        var plain = new DeclaredSignature(target, what, gradients: false, returns);
        var hasChoice = what.Kind is TransformationKind.Hessian or TransformationKind.HessianVectorProduct;
        return hasChoice && declared.Parameters.Length > plain.Parameters.Count ? new DeclaredSignature(target, what, gradients: true, returns) : plain;
    }

    /// <summary>The signature without gradients beside second derivatives; it returns what the target returns.</summary>
    public static DeclaredSignature Of(TargetShape target, Transformation what) => new(target, what, gradients: false, returns: true);

    /// <summary>Whether a function is declared so.</summary>
    public bool Fits(Function declared) =>
        (declared.Returns is { } returns ? returns.Equals(Returns) : Returns is null || MayReturnNothing)
        && declared.Parameters.Length == Parameters.Count
        && declared.Parameters.Zip(Parameters, (given, expected) =>
            given.Mode == expected.Mode && Equals(given.Value.Type, expected.Type)
            && AreAlike(given.Part?.Type, expected.Whole) && AreAlike(given.ElementsOf, expected.Of?.ElementsOf)).All(fits => fits);

    /// <summary>Whether C# takes two value types for the same. The names in a tuple make no difference.</summary>
    private static bool AreAlike(ProductType? a, ProductType? b) =>
        a == b || (a is { Form: ProductForm.Tuple } && b is { Form: ProductForm.Tuple } && a.Leaves.SequenceEqual(b.Leaves));

    // Inside of a module an array is a span.
    private static bool Equals(IrType given, IrType expected) => given.Equals(expected) || (expected is ArrayType { Form: ArrayForm.Array } array && given.Equals(array.AsSpan()));

    private void Add(TransformationKind kind, bool gradients)
    {
        var result = Returns is { IsFloat: true };
        switch (kind)
        {
            case TransformationKind.Gradient:
                AddCotangents();
                break;
            case TransformationKind.Vjp:
                if (result) Add(DeclaredRole.Cotangent, null, "c", "result", Returns!, ParameterMode.Value);
                AddCotangents();
                break;
            case TransformationKind.Jvp:
                AddTangents();
                if (result) Add(DeclaredRole.ResultTangent, null, "t", "result", Returns!, ParameterMode.Out);
                break;
            case TransformationKind.Derivative:
                break;
            case TransformationKind.Hessian:
                if (gradients) AddOutputs(DeclaredRole.Gradient, "d");
                AddMatrix("hessian");
                break;
            case TransformationKind.HessianVectorProduct:
                foreach (var p in _target.Columns) Add(DeclaredRole.Tangent, p, "t", p.Name, Companion(p, writable: false), ParameterMode.Value);
                if (gradients) AddOutputs(DeclaredRole.Gradient, "d");
                AddOutputs(DeclaredRole.Product, "h");
                break;
            case TransformationKind.Jacobian:
                AddMatrix("jacobian");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private void AddBatch(Transformation what)
    {
        _parameters.Add(new DeclaredParameter(DeclaredRole.Batch, null, Free("batch"), ScalarType.Int32, ParameterMode.Value));
        var parameters = _target.Function.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            var p = parameters[i];
            _parameters.Add(what.Shared.Contains(i)
                ? new DeclaredParameter(DeclaredRole.Primal, p, p.Name, p.Value.Type, p.Mode, IsShared: true)
                : new DeclaredParameter(DeclaredRole.Primal, p, p.Name, BatchedParameter.TypeOf(p, _target.IsWritten(p)), ParameterMode.Value));
        }

        if (_target.Function.Returns is not ScalarType returns) return;
        var values = new ArrayType(returns, ArrayForm.Span);
        _parameters.Add(new DeclaredParameter(DeclaredRole.Values, null, Free("values"), values, ParameterMode.Value));
    }

    private void AddCotangents()
    {
        foreach (var p in Signatures.ResultsFirst(_target.TakingPart))
        {
            if (Signatures.IsOut(p)) Add(DeclaredRole.Cotangent, p, "c", p.Name, Companion(p, writable: false), ParameterMode.Value);
            else Add(DeclaredRole.Gradient, p, "d", p.Name, Companion(p, writable: true), Mode(p, ParameterMode.Out));
        }
    }

    private void AddTangents()
    {
        foreach (var p in Signatures.ResultsLast(_target.TakingPart))
        {
            if (Signatures.IsOut(p)) Add(DeclaredRole.Tangent, p, "t", p.Name, p.Value.Type, ParameterMode.Out);
            else Add(DeclaredRole.Tangent, p, "t", p.Name, Companion(p, _target.IsInOut(p)), Mode(p, ParameterMode.Value));
        }
    }

    private void AddOutputs(DeclaredRole role, string prefix)
    {
        foreach (var p in _target.Columns)
        {
            Add(role, p, prefix, p.Name, Companion(p, writable: true), p.Value.Type is ArrayType ? ParameterMode.Value : ParameterMode.Out);
        }
    }

    private void AddMatrix(string name) => _parameters.Add(new DeclaredParameter(
        DeclaredRole.Matrix, null, Free(name), new ArrayType(_target.Element, ArrayForm.Span), ParameterMode.Value));

    private void Add(DeclaredRole role, Parameter? of, string prefix, string name, IrType type, ParameterMode mode) =>
        _parameters.Add(new DeclaredParameter(role, of, Signatures.Name(prefix, name, _taken), type, mode));

    private string Free(string name)
    {
        var free = name;
        for (var i = 2; !_taken.Add(free); i++) free = name + "_" + i;
        return free;
    }

    private ParameterMode Mode(Parameter p, ParameterMode scalar) =>
        p.Value.Type is ArrayType ? ParameterMode.Value : _target.IsInOut(p) ? ParameterMode.Ref : scalar;

    private static IrType Companion(Parameter p, bool writable) => Signatures.Companion(p.Value.Type, writable);
}
