namespace SoftDiff;

/// <summary>
/// Generates the derivatives of a method at compile time. The containing type must be <c>partial</c>; it gains the companion methods below.
/// They have the method's accessibility, return its value, and compute exact derivatives:
/// <list type="table">
/// <item><term><c>FGrad</c></term><description>
/// Value and gradient (reverse mode), if the method returns one <see cref="float"/> or <see cref="double"/>:
/// <c>T FGrad(parameters, gradient outputs)</c>.</description></item>
/// <item><term><c>FVjp</c></term><description>
/// Vector–Jacobian product (reverse mode), for every kind of output:
/// <c>TResult FVjp(parameters, T cResult, gradient outputs)</c>. A <c>void</c> method has no <c>cResult</c>.</description></item>
/// <item><term><c>FJvp</c></term><description>
/// Jacobian–vector product (forward mode): <c>TResult FJvp(parameters, tangents, out T tResult)</c>.</description></item>
/// </list>
/// </summary>
/// <remarks>
/// <para>The gradient output of <c>x</c> is called <c>dX</c>, and the tangent of <c>x</c> is called <c>tX</c>. For a scalar, <c>dX</c> is
/// an <c>out T</c>. For a <c>ReadOnlySpan&lt;T&gt;</c> or an array it is a <c>Span&lt;T&gt;</c> of the same length, and for a
/// <c>ReadOnlyTensorSpan&lt;T&gt;</c> a <c>TensorSpan&lt;T&gt;</c> of the same shape; the companion overwrites both. If the method may
/// write <c>x</c> (<c>Span&lt;T&gt;</c>, <c>TensorSpan&lt;T&gt;</c>, <c>ref</c>), then <c>dX</c> is read and written: it holds the
/// cotangent of the final contents on entry and that of the initial contents on return. Such a buffer takes part even if <see cref="Wrt"/>
/// does not name it.</para>
/// <para>A companion throws an <see cref="ArgumentException"/> if a span has the wrong length; the message names the parameter and both
/// lengths. At a kink (such as <c>Math.Abs(0)</c>) the derivative is a documented convention. Code that has no exact derivative is a
/// compile-time error. Companions keep no state, so they are thread-safe if the method is.</para>
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
    /// The names of the parameters to differentiate with respect to. If empty (the default), these are all parameters of floating-point
    /// type without <see cref="NonDifferentiableAttribute"/>.
    /// </summary>
    public string[] Wrt { get; set; } = [];
}
