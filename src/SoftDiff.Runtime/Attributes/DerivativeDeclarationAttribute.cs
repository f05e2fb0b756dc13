namespace SoftDiff;

/// <summary>Declares a derivative of the target with respect to some of its parameters.</summary>
/// <inheritdoc path="/remarks"/>
public abstract class DerivativeDeclarationAttribute : TransformationAttribute
{
    private protected DerivativeDeclarationAttribute(string method) : base(method)
    {
    }

    private protected DerivativeDeclarationAttribute(Type type, string method) : base(type, method)
    {
    }

    /// <summary>
    /// The names of the target's parameters to differentiate with respect to. Empty, as it is by default, stands for those of the target:
    /// the <see cref="DifferentiableAttribute.Wrt"/> of a method, or the parameters by which a declared derivative is taken.
    /// </summary>
    public string[] Wrt { get; set; } = [];
}
