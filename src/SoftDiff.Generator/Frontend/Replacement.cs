using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// A method whose value and derivative come from two runs that differ in one argument. [StraightThrough] takes the value from
/// <c>SoftMode.Hard</c> and the derivative from the caller's mode. [GradReplace] takes the value from <c>forward: true</c> and the
/// derivative from <c>forward: false</c>.
/// </summary>
/// <param name="Parameter">The position of the parameter.</param>
/// <param name="Forward">The argument in the run for the value.</param>
/// <param name="Backward">The argument in the run for the derivative; null for the caller's own.</param>
internal sealed record Replacement(int Parameter, Operand Forward, Operand? Backward)
{
    /// <summary>The method's replacement, or null. <paramref name="failed"/>: it is marked and lacks the parameter, which was reported.</summary>
    public static Replacement? Of(IMethodSymbol method, Location location, ModuleLowering module, out bool failed)
    {
        failed = false;
        var mark = method.GetAttributes().Select(a => a.AttributeClass)
            .FirstOrDefault(type => type is { Name: "StraightThroughAttribute" or "GradReplaceAttribute", ContainingNamespace.Name: "SoftDiff" });
        if (mark is null) return null;

        var parameters = method.Parameters;
        if (mark.Name == "GradReplaceAttribute")
        {
            var flag = parameters.FirstOrDefault(p => p is { Name: "forward", Type.SpecialType: SpecialType.System_Boolean, RefKind: RefKind.None });
            if (flag is not null) return new Replacement(flag.Ordinal, BoolConstant.True, BoolConstant.False);
        }
        else if (parameters.FirstOrDefault(IsMode) is { } mode)
        {
            var hard = mode.Type.GetMembers("Hard").OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue;
            var type = TypeMapping.Plain.Scalar(mode.Type)!;
            if (hard is not null) return new Replacement(mode.Ordinal, new IntegerConstant(type, Convert.ToInt64(hard)), null);
        }

        failed = true;
        var wanted = mark.Name == "GradReplaceAttribute" ? "bool forward" : "SoftMode mode";
        module.Report(Diagnostics.Descriptors.ReplacementParameter, location, method.Name, mark.Name.Replace("Attribute", ""), wanted);
        return null;
    }

    private static bool IsMode(IParameterSymbol parameter) =>
        parameter is { Name: "mode", Type: { Name: "SoftMode", ContainingNamespace.Name: "SoftDiff" }, RefKind: RefKind.None };

    /// <summary>
    /// Adds both runs, and combines the values of the first with the derivatives of the second. An array that the method may write has the
    /// contents of the first run; the runs do not see each other's.
    /// </summary>
    /// <param name="block">Receives the operations.</param>
    /// <param name="args">The arguments, by-reference outputs left out.</param>
    /// <param name="at">The position of the replaced argument in <paramref name="args"/>.</param>
    /// <param name="call">Adds a call and gives its results.</param>
    public ImmutableArray<Value> Emit(
        BlockBuilder block, ImmutableArray<Operand> args, int at, Func<ImmutableArray<Operand>, ImmutableArray<Value>> call)
    {
        var copies = args.Where(a => a.Type is ArrayType { IsReadOnly: false }).Distinct().ToDictionary(a => a, a => Copy(a, block));
        var values = call(args.SetItem(at, Forward).Select(a => copies.TryGetValue(a, out var copy) ? copy : a).ToImmutableArray());
        var sources = call(Backward is null ? args : args.SetItem(at, Backward));
        foreach (var array in copies) Merge(array.Value, array.Key, block);
        return values.Zip(sources, (value, source) => value.Type.IsFloat ? Join(value, source, block) : value).ToImmutableArray();
    }

    private static Value Join(Operand value, Operand source, BlockBuilder block) =>
        block.Compute(value.Type, Opcode.Replace, block.Compute(value.Type, Opcode.StopGradient, value), source);

    /// <summary>A writable copy of an array.</summary>
    public static Value Copy(Operand array, BlockBuilder block)
    {
        var elements = block.Elements(array);
        var copy = block.Values.Fresh(((ArrayType)elements.Type).Writable(), "forward");
        block.Add(new Allocate(copy, block.Length(elements), Cleared: false));
        block.Add(new Copy(elements, copy));
        return array.Equals(elements) ? copy : block.Arrange(copy, block.Lengths(array));
    }

    /// <summary>The array takes the values of the copy and keeps its derivatives.</summary>
    private static void Merge(Operand copy, Operand array, BlockBuilder block)
    {
        (copy, array) = (block.Elements(copy), block.Elements(array));
        if (!array.Type.IsFloatArray)
        {
            block.Add(new Copy(copy, array));
            return;
        }

        var index = block.Values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(block.Values) { Line = block.Line };
        body.Add(new Store(array, index, Join(body.Load(copy, index), body.Load(array, index), body)));
        block.Add(new For(
            index, new IntegerConstant(ScalarType.Int32, 0), block.Length(array), 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }
}
