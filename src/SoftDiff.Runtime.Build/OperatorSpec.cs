namespace SoftDiff.Runtime.Build;

/// <summary>A method marked [SoftOperator], with the two that compute its derivatives.</summary>
/// <param name="Around">Where it is.</param>
/// <param name="Form">What it works on.</param>
/// <param name="Value">The marked method.</param>
/// <param name="Vjp">Its reverse mode.</param>
/// <param name="Jvp">Its forward mode.</param>
/// <param name="Nests">Whether the reverse mode carries rules of its own.</param>
internal sealed record OperatorSpec(Surroundings Around, OperatorForm Form, MethodSpec Value, MethodSpec Vjp, MethodSpec Jvp, bool Nests)
    : Marked(Around, Value)
{
    public override IEnumerable<string> Members()
    {
        foreach (var method in new[] { Value, Vjp, Jvp }) yield return InFloat(Member.Cref(method), method.Text);
        foreach (var member in Written())
        {
            yield return string.Concat(member.Documentation.Select(line => "/// " + line + "\n")) + member.Text;
            yield return InFloat(member.Cref, member.Text);
        }
    }

    private IEnumerable<WrittenMember> Written()
    {
        yield return Rules.BackwardOf(this);
        yield return Rules.TangentOf(Value.Name, Value, Jvp, Nests ? Rules.Attributes(Value.Name + Rules.Tangent) : []);
        if (Nests)
        {
            yield return SecondOrderRules.BackwardOf(this);
            yield return SecondOrderRules.TangentOf(this);
            foreach (var rule in RulesOfRules.Of(this)) yield return rule;
        }

        if (Value.Mode is null) yield break;

        var (straightThrough, jvp) = (StraightThrough.ValueOf(this), StraightThrough.JvpOf(this));
        yield return straightThrough;
        yield return StraightThrough.VjpOf(this);
        yield return jvp;
        yield return StraightThrough.TangentOf(this, straightThrough, jvp);
        if (!Nests) yield break;
        yield return StraightThrough.NestedTangentOf(this);
        yield return StraightThrough.TangentOfTangent(this);
    }
}
