namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Thrown when a call without known derivative meets a differentiated value. This is an error in the user's program, at the call. The
/// message names the method and the missing rule.
/// </summary>
internal sealed class MissingRuleException : NotSupportedException
{
    public MissingRuleException(string method, string? missing, int line)
        : base("no derivative is known of " + method + (missing is null ? "" : ": " + missing)) =>
        (Method, Missing, Line) = (method, missing, line);

    public string Method { get; }

    /// <summary>What to write so that there is one; null if nobody knows.</summary>
    public string? Missing { get; }

    /// <summary>The line of the call in the user's method, counted from the method's first line; -1 for none.</summary>
    public int Line { get; }
}

/// <summary>Checks that calls without known derivative need none.</summary>
internal static class NoDerivative
{
    /// <summary>
    /// Returns the call if it needs no derivative: its arguments depend on no differentiated input, or no differentiated output depends on
    /// its results.
    /// </summary>
    /// <exception cref="MissingRuleException">A derivative is needed.</exception>
    public static Invoke Require(Invoke call, Func<Operand, bool> hasDerivative, Func<Operand, bool> isActive)
    {
        var needed = call.Flows().Where(flow => isActive(flow.To) && (IsOpaque(flow.From) || hasDerivative(flow.From))).Select(flow => flow.From).ToList();
        if (needed.Count == 0) return call;
        var residual = needed.FirstOrDefault(IsOpaque);
        var missing = residual is null ? call.Derivative?.Missing : $"its residual is a {residual.Type}; make it a number or a tuple of numbers";
        throw new MissingRuleException(call.Method, missing, call.Line);
    }

    // The residual is no number, so the derivatives that flow through it cannot be followed.
    private static bool IsOpaque(Operand operand) => operand is Value { Type: ScalarType { Kind: ScalarKind.Opaque } };
}
