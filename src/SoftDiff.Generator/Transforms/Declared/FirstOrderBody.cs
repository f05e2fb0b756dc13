namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Bodies that are one derivative under another name. The parameters of a companion and those of its declaration stand in the same order,
/// so the body is the companion's with the user's names.
/// </summary>
internal static class FirstOrderBody
{
    /// <summary>A gradient, a vector–Jacobian or a Jacobian–vector product.</summary>
    public static Function Write(DeclaredCode code, CompanionKind kind)
    {
        var companion = code.Derivatives.Of(kind);
        var results = companion.Embed(code.Block, i => code.Passed(companion, i), checksArguments: true);
        return UnreturnedArrays.Run(code.Finish(results, parameter => results[parameter.Slot]));
    }

    /// <summary>A derivative by one number: forward mode with tangent 1 for the first one, power series for those of higher order.</summary>
    public static Function WriteDerivative(DeclaredCode code, int order)
    {
        var derivative = order == 1 ? Slope(code, code.Derivatives.Of(CompanionKind.Jvp)) : code.Derivatives.OfOrder(order);
        var slope = derivative.Embed(code.Block, i => code.Parameters[i].Value, checksArguments: true);
        return code.Finish(slope, parameter => slope[parameter.Slot]) with { PrimalResults = 0 };
    }

    /// <summary>
    /// The derivative as a function of the target's parameters: the tangent of the result for tangent 1 of the one number.
    /// </summary>
    private static Derived Slope(DeclaredCode code, Derived tangent)
    {
        var target = code.Derivatives.Target;
        var root = tangent.Module.Root;
        var block = new BlockBuilder(new ValueSource(root.MaxId() + 1));
        var results = tangent.Embed(block, i => Given(tangent, i, target, block), checksArguments: false);
        var returns = target.Parameters.Where(p => p.IsResult).Select(p => results[new Slot(SlotKind.Primal, p.Value)]);
        var body = block.Build(returns.Prepend(results[new Slot(SlotKind.Dot, null)]));
        var slope = code.Derivatives.Simplified(target with { Body = body, PrimalResults = 0 });
        return Derived.Of(tangent.Module with { Root = slope });
    }

    private static Operand Given(Derived tangent, int position, Function target, BlockBuilder block)
    {
        var parameter = tangent.Module.Root.Parameters[position];
        var slot = tangent.Slots[position];
        if (slot.Kind == SlotKind.Primal) return parameter.Value;
        if (parameter.Value.Type is ArrayType) return ArrayCode.Like(slot.Of!, block);
        return new NumberConstant((ScalarType)parameter.Value.Type, target.Parameters.First(p => p.Value.Equals(slot.Of)).Mode == ParameterMode.Ref ? 0 : 1);
    }
}
