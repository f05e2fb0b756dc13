using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// A transform met a call that has a derivative which nobody stated. It is an error in the user's program, on the call: the message says which
/// rule is missing.
/// </summary>
internal sealed class MissingRuleException : Exception
{
    private MissingRuleException(Invoke call)
        : base(Words(call))
    {
        Line = call.Line;
    }

    /// <summary>The line of the call in the user's method, counted from the method's first line; -1 for none.</summary>
    public int Line { get; }

    /// <summary>Throws if the call takes part in the differentiation.</summary>
    /// <exception cref="MissingRuleException">It does.</exception>
    public static void ThrowIfActive(Invoke call, Activity activity)
    {
        // What an opaque residual holds depends on the arguments of the forward method, and activity does not see it.
        var outputs = call.Results.Concat(call.ElementsWritten()).ToList();
        var takesPart = call.Derivative?.OpaqueResidual is null
            ? call.Reads().Any(activity.IsActive) && outputs.Any(activity.IsActive)
            : outputs.Any(activity.IsUseful);
        if (takesPart) throw new MissingRuleException(call);
    }

    private static string Words(Invoke call)
    {
        var missing = call.Derivative?.OpaqueResidual is { } residual ? $"its residual is a {residual}; make it a number" : call.Derivative?.Missing;
        return call.Method + " has no derivative" + (missing is null ? "" : ": " + missing);
    }
}
