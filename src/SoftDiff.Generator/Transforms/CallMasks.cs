namespace SoftDiff.Generator.Transforms;

/// <summary>Computes the mask of a call: one character per parameter of the callee, which says whether the parameter is active.</summary>
internal static class CallMasks
{
    public static string Of(Call call, Function callee, Func<Operand, bool> isActive)
    {
        var argument = 0;
        var mask = callee.Parameters.Select(p =>
            p.Mode == ParameterMode.Out ? '0'
            : isActive(call.Args[argument++]) && p.Value.Type.CarriesDerivative && !(p.Scratch && p.Value.Type.IsFloat) ? '1' : '0');
        return new string(mask.ToArray());
    }

    /// <summary>The arguments of the active parameters, in order.</summary>
    public static IEnumerable<Operand> Active(Call call, Function callee, string mask)
    {
        var argument = 0;
        for (var i = 0; i < callee.Parameters.Length; i++)
        {
            if (callee.Parameters[i].Mode == ParameterMode.Out) continue;
            if (mask[i] == '1') yield return call.Args[argument];
            argument++;
        }
    }
}
