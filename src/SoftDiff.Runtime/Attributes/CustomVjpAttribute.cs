namespace SoftDiff;

/// <summary>
/// Gives a method a reverse-mode rule of one's own: derivatives of callers are computed by the named methods of the same type and
/// never by looking into the body.
/// </summary>
/// <remarks>
/// <para>With a forward method, the rule computes the value and whatever it wants to keep (the residual; a tuple for several):</para>
/// <code>
/// (T Value, TResidual Residual) Forward(primal's parameters)
/// TGradients Backward(TResidual residual, [primal's parameters,] T cotangent, Span&lt;T&gt; dX for each span input)
/// </code>
/// <para>The backward method may take all of the primal's parameters between the residual and the cotangent, or none. Without a forward
/// method there is no residual and it takes them all:</para>
/// <code>
/// TGradients Backward(primal's parameters, T cotangent, Span&lt;T&gt; dX for each span input)
/// </code>
/// <para><c>TGradients</c> is <c>void</c>, one scalar, or a tuple with one gradient for each differentiable scalar input in order of
/// declaration. A span gradient <c>dX</c> has the length of <c>x</c> and is zero on entry, so writing it and adding to it are both
/// right.</para>
/// <para>A <c>void</c> method whose output is a parameter <c>Span&lt;T&gt; destination</c> has a forward method that takes it as well
/// and returns the residual only, and its backward method takes <c>ReadOnlySpan&lt;T&gt; cDestination</c> in place of the scalar cotangent.
/// The parameters that the backward method is given hold what they held when the method was called, except for the destination, which
/// holds the output.</para>
/// <para>A method may have several outputs: a result, <c>out</c> parameters and spans that it writes. It then has no forward method; the
/// backward method takes the parameters but those that are <c>out</c>, the cotangents of the result, of the <c>out</c> parameters and of the
/// spans, and the gradients of the span inputs. A span beside a result is an output if the rule's methods have a cotangent of it.</para>
/// <para>Tensor spans stand in all of this where spans do: <c>TensorSpan&lt;T&gt; dX</c> for a <c>ReadOnlyTensorSpan&lt;T&gt;</c>, by
/// value or <c>in</c>, of the same shape.</para>
/// <para>The methods must be accessible wherever the marked method is called from differentiated code: generated code calls them
/// directly.</para>
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
    /// <summary>A rule that keeps a residual between its forward and its backward method.</summary>
    /// <param name="forward">The name of the method that computes the value and the residual.</param>
    /// <param name="backward">The name of the method that computes the gradients from the residual and the cotangent.</param>
    public CustomVjpAttribute(string forward, string backward)
    {
        Forward = forward;
        Backward = backward;
    }

    /// <summary>A rule that needs nothing but the method's own arguments.</summary>
    /// <param name="backward">The name of the method that computes the gradients from the arguments and the cotangent.</param>
    public CustomVjpAttribute(string backward) => Backward = backward;

    /// <summary>The name of the forward method; <see langword="null"/> when the marked method itself computes the value.</summary>
    public string? Forward { get; }

    /// <summary>The name of the backward method.</summary>
    public string Backward { get; }
}
