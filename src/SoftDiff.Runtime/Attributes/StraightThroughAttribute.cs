namespace SoftDiff;

/// <summary>
/// Marks a method with a parameter <c>SoftMode mode</c> as a straight-through estimator: its derivatives are those of the mode it is called with, and its
/// value, in the methods generated from it and from methods that call it, is that of <see cref="SoftMode.Hard"/>.
/// </summary>
/// <remarks>
/// <para>Calling the method itself runs it as written. On the outermost method of a computation, the derivative is that of the whole soft computation;
/// marking its parts instead multiplies each soft derivative by the hard values of the other parts.</para>
/// <para>A buffer that the method writes holds the hard run's contents afterwards; neither run sees what the other writes.</para>
/// <para>Source: Bengio, Léonard and Courville, arXiv:1308.3432.</para>
/// </remarks>
/// <example>
/// <code>
/// [Differentiable, StraightThrough]
/// public static double Both(double x, double y, SoftMode mode) =&gt; Soft.Relu(x, 0.1, mode) * Soft.Relu(y, 0.1, mode);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StraightThroughAttribute : Attribute;
