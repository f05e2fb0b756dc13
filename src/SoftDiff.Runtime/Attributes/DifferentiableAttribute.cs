namespace SoftDiff;

/// <summary>
/// Asks for the derivatives of a method. At compile time the containing type, which must be <c>partial</c>, gains companions
/// with the method's accessibility, which return the value of the method and compute derivatives exactly:
/// <list type="table">
/// <item><term><c>FGrad</c></term><description>
/// Value and gradient (reverse mode), when the method returns one <see cref="float"/> or <see cref="double"/>:
/// <c>T FGrad(parameters, gradient outputs)</c>.</description></item>
/// <item><term><c>FVjp</c></term><description>
/// Vector–Jacobian product, for any shape of output: <c>TResult FVjp(parameters, T cResult, gradient outputs)</c>, without
/// <c>cResult</c> for a <c>void</c> method.</description></item>
/// <item><term><c>FJvp</c></term><description>
/// Jacobian–vector product (forward mode): <c>TResult FJvp(parameters, tangents, out T tResult)</c>.</description></item>
/// </list>
/// </summary>
/// <remarks>
/// <para>The gradient output of <c>x</c> is called <c>dX</c>: <c>out T</c> for a scalar, a <c>Span&lt;T&gt;</c> of the length of <c>x</c>,
/// overwritten, for a <c>ReadOnlySpan&lt;T&gt;</c> or an array, a <c>TensorSpan&lt;T&gt;</c> of its shape for a
/// <c>ReadOnlyTensorSpan&lt;T&gt;</c>. Its tangent is <c>tX</c>. A buffer that the method may write
/// (<c>Span&lt;T&gt;</c>, <c>TensorSpan&lt;T&gt;</c>, <c>ref</c>) has an in-out <c>dX</c>: on entry the cotangent of its final contents, on return that of its initial
/// contents; it takes part whether or not <see cref="Wrt"/> names it.</para>
/// <para>A span of the wrong length is an <see cref="ArgumentException"/> that names the parameter and both lengths. At a kink
/// (such as <c>Math.Abs(0)</c>) the derivative is a documented convention. What cannot be differentiated exactly is a compile-time error.
/// The companions keep no state, so they are as safe to call from several threads as the method itself.</para>
/// </remarks>
/// <example>
/// <code>
/// public static partial class Losses
/// {
///     [Differentiable]
///     public static double Square(double x) => x * x;
/// }
///
/// double value = Losses.SquareGrad(3, out double dX);   // 9, and 6 in dX
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DifferentiableAttribute : Attribute
{
    /// <summary>
    /// The names of the parameters to differentiate with respect to. Empty, as it is by default, stands for every parameter of a
    /// floating-point type that is not marked <see cref="NonDifferentiableAttribute"/>.
    /// </summary>
    public string[] Wrt { get; set; } = [];
}
