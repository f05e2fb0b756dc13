namespace SoftDiff;

/// <summary>
/// Gives a method its own reverse-mode rule. The named methods of the same type compute the derivatives that callers need; reverse mode
/// never reads the marked method's body.
/// </summary>
/// <remarks>
/// <para>A rule with a forward method computes the value and a residual, which it keeps for the backward method (a tuple if it keeps
/// several values):</para>
/// <code>
/// (T Value, TResidual Residual) Forward(primal's parameters)
/// TGradients Backward(TResidual residual, [primal's parameters,] T cotangent, Span&lt;T&gt; dX for each span input)
/// </code>
/// <para>The backward method may take all of the primal's parameters between the residual and the cotangent, or none of them. Without a
/// forward method there is no residual, and the backward method takes all parameters:</para>
/// <code>
/// TGradients Backward(primal's parameters, T cotangent, Span&lt;T&gt; dX for each span input)
/// </code>
/// <para><c>TGradients</c> is <c>void</c>, one scalar, or a tuple with one gradient for each differentiable scalar input in order of
/// declaration. A span gradient <c>dX</c> has the length of <c>x</c> and is zero on entry, so the method may overwrite it or add to
/// it.</para>
/// <para>If the method is <c>void</c> and its output is a parameter <c>Span&lt;T&gt; destination</c>, the forward method takes this
/// parameter as well and returns the residual only. The backward method then takes <c>ReadOnlySpan&lt;T&gt; cDestination</c> in place of
/// the scalar cotangent. Its other parameters hold the values of the original call; the destination holds the output.</para>
/// <para>A method may have several outputs: a result, <c>out</c> parameters and spans that it writes. Such a rule has no forward method.
/// Its backward method takes all parameters that are not <c>out</c>, then the cotangents of the result, of the <c>out</c> parameters and of
/// the spans, then the gradients of the span inputs. If the method has a result, its writable span counts as an output only if the backward
/// method takes a cotangent for it.</para>
/// <para>Tensor spans may take the place of spans: the gradient of a <c>ReadOnlyTensorSpan&lt;T&gt;</c> is a <c>TensorSpan&lt;T&gt; dX</c>
/// of the same shape. Both are passed by value or <c>in</c>.</para>
/// <para>Generated code calls these methods directly, so they must be accessible from every differentiated method that calls the marked
/// one.</para>
/// </remarks>
/// <example>
/// <code>
/// [CustomVjp(nameof(SoftplusForward), nameof(SoftplusBackward))]
/// public static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
/// private static (double Value, double Residual) SoftplusForward(double x) => (Math.Log(1 + Math.Exp(x)), x);
/// private static double SoftplusBackward(double residual, double cotangent) => cotangent * Soft.Sigmoid(residual);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CustomVjpAttribute : Attribute
{
    /// <summary>Declares a rule whose forward method passes a residual to its backward method.</summary>
    /// <param name="forward">The name of the method that computes the value and the residual.</param>
    /// <param name="backward">The name of the method that computes the gradients from the residual and the cotangent.</param>
    public CustomVjpAttribute(string forward, string backward)
    {
        Forward = forward;
        Backward = backward;
    }

    /// <summary>Declares a rule that needs only the method's own arguments.</summary>
    /// <param name="backward">The name of the method that computes the gradients from the arguments and the cotangent.</param>
    public CustomVjpAttribute(string backward) => Backward = backward;

    /// <summary>The name of the forward method; <see langword="null"/> if the marked method computes the value.</summary>
    public string? Forward { get; }

    /// <summary>The name of the backward method.</summary>
    public string Backward { get; }
}
