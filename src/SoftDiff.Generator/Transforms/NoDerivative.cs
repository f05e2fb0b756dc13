using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// A call of which no derivative is known met a value that is differentiated. It is an error in the user's program, on the call; the message names the
/// method and says which rule is missing.
/// </summary>
internal sealed class MissingRuleException : NotSupportedException
{
    public MissingRuleException(string method, string? missing, int line)
        : base("no derivative is known of " + method + (missing is null ? "" : ": " + missing)) =>
        (Method, Line) = (method, line);

    public string Method { get; }

    /// <summary>The line of the call in the user's method, counted from the method's first line; -1 for none.</summary>
    public int Line { get; }
}

/// <summary>Lets calls pass that need no derivative.</summary>
internal static class NoDerivative
{
    /// <summary>The call, if none of what it is given depends on what is differentiated or nothing that is differentiated depends on what it gives.</summary>
    /// <exception cref="MissingRuleException">A derivative is needed.</exception>
    public static Invoke Require(Invoke call, Func<Operand, bool> hasDerivative, Func<Operand, bool> isActive)
    {
        var needed = call.Flows().Where(flow => isActive(flow.To) && (IsOpaque(flow.From) || hasDerivative(flow.From))).Select(flow => flow.From).ToList();
        if (needed.Count == 0) return call;
        var residual = needed.FirstOrDefault(IsOpaque);
        var missing = residual is null ? call.Derivative?.Missing : $"its residual is a {residual.Type}; make it a number or a tuple of numbers";
        throw new MissingRuleException(call.Method, missing, call.Line);
    }

    // A residual that is no number: derivatives flow through it and cannot be followed.
    private static bool IsOpaque(Operand operand) => operand is Value { Type: ScalarType { Kind: ScalarKind.Opaque } };
}
