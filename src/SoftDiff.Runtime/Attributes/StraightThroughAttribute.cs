namespace SoftDiff;

/// <summary>
/// Makes a method with a parameter <c>SoftMode mode</c> a straight-through estimator. Generated code takes the method's value from a run
/// with <see cref="SoftMode.Hard"/> and its derivatives from a run with the mode that the caller passes.
/// </summary>
/// <remarks>
/// <para>A direct call of the method runs it as written. Mark the outermost method of a computation: its derivative is then that of the
/// whole soft computation. If you mark the parts instead, each soft derivative is multiplied by hard values of the other parts.</para>
/// <para>The two runs do not see each other's writes; buffers that the method writes end with the contents of the hard run.</para>
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
