using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Input: a module. Output: the same, with its calls saying which arrays the callee leaves as they are. An array parameter that is only passed on to
/// callees which read it is an input of the method, and not a buffer that it writes.
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
