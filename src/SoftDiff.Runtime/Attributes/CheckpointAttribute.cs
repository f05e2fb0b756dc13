namespace SoftDiff;

/// <summary>
/// Makes callers of a <see cref="DifferentiableAttribute">[Differentiable]</see> method keep only what they pass to it. The reverse sweep runs
/// the method again, where it would otherwise take back the values that the method's run saved. That takes time and saves memory.
/// </summary>
/// <remarks>
/// <para>A counted loop that passes a state from one call to the next keeps some of the states only, and runs again from them. The number
/// of these grows with the root of the number of iterations, and most iterations run three times. The state is every variable that the
/// loop changes, and every span that the calls change.</para>
/// <para>Values and derivatives are those without the attribute. Forward mode ignores it.</para>
/// <para>Source: Griewank and Walther, Algorithm 799, ACM Transactions on Mathematical Software 26 (2000).</para>
/// </remarks>
/// <example>
/// <code>
/// [Differentiable, Checkpoint]
/// public static void Step(Span&lt;double&gt; u, double k) { … }
///
/// [Differentiable]
/// public static void Run(Span&lt;double&gt; u, double k, int steps)
/// {
///     for (int t = 0; t &lt; steps; t++) Step(u, k);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CheckpointAttribute : Attribute
{
    /// <summary>
    /// How many states a loop of calls keeps at most, at least 1. With fewer slots an iteration runs more often. If it is not given, the
    /// number grows with the root of the number of iterations.
    /// </summary>
    public int Slots { get; set; }
}
