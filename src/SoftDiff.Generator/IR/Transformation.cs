namespace SoftDiff.Generator.IR;

internal enum TransformationKind
{
    Gradient,

    Vjp,

    Jvp,

    /// <summary>The derivative of some order with respect to one number.</summary>
    Derivative,

    Hessian,

    HessianVectorProduct,

    Jacobian,

    /// <summary>The function for each example of a batch; no derivative.</summary>
    Vmap,
}

/// <summary>How a Jacobian is computed. The names are those of the public enum.</summary>
internal enum JacobianMode
{
    /// <summary>By the mode that runs the function less often.</summary>
    Auto,

    /// <summary>Column by column.</summary>
    Forward,

    /// <summary>Row by row.</summary>
    Reverse,
}

/// <summary>What a declared transformation makes of its target.</summary>
/// <param name="Kind">Which derivative, or the batch.</param>
/// <param name="Order">How many derivatives are taken one after the other.</param>
/// <param name="Mode">Of a Jacobian, how it is computed.</param>
/// <param name="Wrt">The names of the target's parameters to differentiate by, where somebody gives them; none for those by which the target is.</param>
internal sealed record Transformation(TransformationKind Kind, int Order, JacobianMode Mode, ImmutableArray<string> Wrt)
{
    /// <summary>Of a batch: the positions of the target's parameters that are the same for all examples.</summary>
    public ImmutableArray<int> Shared { get; init; } = ImmutableArray<int>.Empty;

    /// <summary>Of a Jacobian: whether it is a sparse matrix.</summary>
    public bool Sparse { get; init; }

    /// <summary>Of a batch: whether it is split over the cores.</summary>
    public bool Parallel { get; init; }

    /// <summary>Whether it is one derivative of all results: a gradient, a vector–Jacobian or a Jacobian–vector product.</summary>
    public bool IsFirst => Kind is TransformationKind.Gradient or TransformationKind.Vjp or TransformationKind.Jvp;

    /// <summary>
    /// The transformation of a kind with nothing said about it. The examples of a batch share the objects, of which there are no batches.
    /// </summary>
    public static Transformation First(TransformationKind kind, Function target, ImmutableArray<string> wrt)
    {
        var opaque = target.Parameters.Select((p, i) => (p, i)).Where(of => of.p.Value.Type is ScalarType { Kind: ScalarKind.Opaque });
        var isBatch = kind == TransformationKind.Vmap;
        return new Transformation(kind, OrderOf(kind), JacobianMode.Auto, isBatch ? ImmutableArray<string>.Empty : wrt)
        {
            Shared = isBatch ? opaque.Select(of => of.i).ToImmutableArray() : ImmutableArray<int>.Empty,
        };
    }

    /// <summary>How many derivatives a transformation takes one after the other where nothing else is said.</summary>
    public static int OrderOf(TransformationKind kind) => kind switch
    {
        TransformationKind.Hessian or TransformationKind.HessianVectorProduct => 2,
        TransformationKind.Vmap => 0,
        _ => 1,
    };

    /// <summary>
    /// The largest order of a derivative in a type: beyond it the factorial, by which the last coefficient of the power series is multiplied,
    /// is infinite. A type parameter may be a <c>float</c>.
    /// </summary>
    public static int LargestOrder(ScalarType type) => type == ScalarType.Double ? 170 : 34;

    public bool Equals(Transformation? other) =>
        other is not null && (Kind, Order, Mode, Parallel, Sparse) == (other.Kind, other.Order, other.Mode, other.Parallel, other.Sparse)
        && Wrt.SequenceEqual(other.Wrt) && Shared.SequenceEqual(other.Shared);

    public override int GetHashCode() => ((int)Kind * 31) + Order;
}
