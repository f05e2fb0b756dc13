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
        var takes = call.Args.Any(a => a is not null && activity.IsActive(a));
        if (takes && call.Results.Concat(Effects.DirectWrites(call)).Any(activity.IsActive)) throw new MissingRuleException(call);
    }

    private static string Words(Invoke call) =>
        call.Method + " has no derivative" + (call.Derivative?.Missing is { } missing ? ": " + missing : "");
}
