namespace SoftDiff.Runtime.Build;

/// <summary>A method marked [SoftOperator], with the two that compute its derivatives.</summary>
/// <param name="Around">Where it is.</param>
/// <param name="Form">The kind of its inputs and outputs.</param>
/// <param name="Value">The marked method.</param>
/// <param name="Vjp">Its reverse mode.</param>
/// <param name="Jvp">Its forward mode.</param>
/// <param name="Nests">Whether the reverse mode carries rules of its own.</param>
/// <param name="Written">The text of those of the three that are not written by hand.</param>
internal sealed record OperatorSpec(
    Surroundings Around, OperatorForm Form, MethodSpec Value, MethodSpec Vjp, MethodSpec Jvp, bool Nests, EquatableArray<string> Written)
    : Marked(Around, Value)
{
    /// <summary>An operator with its derivatives: those declared by hand, or else those written from its driver call.</summary>
    public static OperatorSpec Of(Surroundings around, MethodSpec value, DriverCall? call, MethodSpec? vjp, MethodSpec? jvp)
    {
        var written = new List<WrittenMember>();
        if (vjp is null) written.Add(Companions.Vjp(value, call!));
        if (jvp is null) written.Add(Companions.Jvp(value, call!));
        var form = value.Parameters.Any(p => p.IsTensor) ? OperatorForm.Tensor
            : value.Parameters.Any(p => p.Type.Contains("Span<")) ? OperatorForm.Span
            : OperatorForm.Scalar;
        return new OperatorSpec(
            around,
            form,
            value,
            vjp ?? written[0].Spec,
            jvp ?? written[written.Count - 1].Spec,
            Nests: true,
            new(written.Select(w => w.Documented)));
    }

    public override IEnumerable<string> Members()
    {
        foreach (var text in Written) yield return text;
        foreach (var method in new[] { Value, Vjp, Jvp }) yield return InFloat(Member.Cref(method), method.Text);
        foreach (var member in More())
        {
            yield return member.Documented;
            yield return InFloat(member.Cref, member.Text);
        }
    }

    private IEnumerable<WrittenMember> More()
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
