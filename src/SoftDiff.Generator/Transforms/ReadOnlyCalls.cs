using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Marks in each call the arrays that the callee does not write. Input: a module. Output: the same module with these marks. By them an
/// array parameter that is only passed to callees that read it counts as an input, not as a buffer.
/// </summary>
internal static class ReadOnlyCalls
{
    public static Module Mark(Module module)
    {
        if (module.Callees.IsEmpty) return module;
        var written = new WrittenInputs(module.Callees.Add(module.Root));
        return module with
        {
            Root = Mark(module.Root, written),
            Callees = module.Callees.Select(callee => Mark(callee, written)).ToImmutableArray(),
        };
    }

    private static Function Mark(Function function, WrittenInputs written) => function with
    {
        Body = function.Body.MapLeaves(op => op is Call call
            ? call with { ReadOnly = Arrays(call).Where(i => !written.Contains(call.Callee, i)).ToImmutableArray() }
            : op),
    };

    private static IEnumerable<int> Arrays(Call call) => Enumerable.Range(0, call.Args.Length).Where(i => call.Args[i].Type is ArrayType);
}
