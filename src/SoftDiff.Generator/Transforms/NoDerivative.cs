using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>A call of which no derivative is known met a value that is differentiated. The message names the method.</summary>
internal sealed class MissingRuleException : NotSupportedException
{
    public MissingRuleException(string method)
        : base("no derivative is known of " + method) =>
        Method = method;

    public string Method { get; }
}

/// <summary>Lets calls pass that need no derivative.</summary>
internal static class NoDerivative
{
    /// <summary>The call, if none of what it is given depends on what is differentiated or nothing that is differentiated depends on what it gives.</summary>
    /// <exception cref="MissingRuleException">A derivative is needed.</exception>
    public static Invoke Require(Invoke call, Func<Operand, bool> hasDerivative, Func<Operand, bool> isActive)
    {
        var needed = call.Flows().Any(flow => isActive(flow.To) && hasDerivative(flow.From));
        return needed ? throw new MissingRuleException(call.Method) : call;
    }
}
