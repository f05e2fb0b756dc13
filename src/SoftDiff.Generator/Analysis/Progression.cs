namespace SoftDiff.Generator.Analysis;

/// <summary>
/// An integer variable that a loop carries and changes by the same amount in every iteration. In iteration t, counted from 0, it is
/// <c>Init + t * Step</c> or <c>Init − t * Step</c>. The formula is exact, because integers wrap around.
/// </summary>
internal sealed record Progression(Operand Init, Operand Step, Opcode Code)
{
    /// <summary>The progression of a carried variable; null if the variable changes in another way.</summary>
    public static Progression? Of(Loop loop, Value param, Definitions definitions)
    {
        var index = loop.Carried.ToList().FindIndex(c => c.Param.Equals(param));
        if (index < 0 || param.Type is not ScalarType { Kind: ScalarKind.Int, Name: "int" or "long" }) return null;
        if (definitions.OpOf(loop.Body.Yields[index]) is not Compute { Code: Opcode.Add or Opcode.Subtract, Checked: false } compute) return null;
        var step = compute.Args[0].Equals(param) ? compute.Args[1] : compute.Code == Opcode.Add && compute.Args[1].Equals(param) ? compute.Args[0] : null;
        return step is null || definitions.IsDefinedIn(step, loop.Body) ? null : new Progression(loop.Carried[index].Init, step, compute.Code);
    }
}
