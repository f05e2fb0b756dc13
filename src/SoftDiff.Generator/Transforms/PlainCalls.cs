using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Calls that no transform touched are calls of the function as it is, under the name it is emitted with. Input: a derivative function. Output: the
/// same with these calls renamed, each a <see cref="Variants">variant</see> asked for.
/// </summary>
internal static class PlainCalls
{
    public static Function Rename(Function function, Variants variants) => function with { Body = Rename(function.Body, variants) };

    private static Block Rename(Block block, Variants variants) =>
        block with { Ops = block.Ops.Select(op => Rename(op, variants)).ToImmutableArray() };

    private static Op Rename(Op op, Variants variants) => op switch
    {
        Call call when variants.IsPrimal(call.Callee) => call with { Callee = variants.Request(VariantKind.Primal, call.Callee, "") },
        If @if => @if with { Then = Rename(@if.Then, variants), Else = Rename(@if.Else, variants) },
        For loop => loop with { Body = Rename(loop.Body, variants) },
        While loop => loop with { Condition = Rename(loop.Condition, variants), Body = Rename(loop.Body, variants) },
        _ => op,
    };
}
