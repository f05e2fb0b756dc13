namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the array parameters that functions write, themselves or in a callee (a least fixed point over functions that call each other).
/// </summary>
internal sealed class WrittenInputs
{
    private readonly HashSet<(string Function, int Position)> _written = new();

    public WrittenInputs(IReadOnlyCollection<Function> functions)
    {
        var bodies = functions.Select(f => (Function: f, Definitions: new Definitions(f), Ops: f.Body.AllOps().ToList())).ToList();
        bool changed;
        do
        {
            changed = false;
            foreach (var (function, definitions, ops) in bodies)
            {
                var inputs = function.Inputs;
                foreach (var root in ops.SelectMany(Writes).Select(definitions.Root))
                {
                    var position = inputs.FindIndex(input => input.Value.Equals(root));
                    if (position >= 0) changed |= _written.Add((function.Name, position));
                }
            }
        }
        while (changed);
    }

    /// <summary>Whether the function writes the array it is given for an input, by its position among them.</summary>
    public bool Contains(string function, int position) => _written.Contains((function, position));

    private IEnumerable<Operand> Writes(Op op) => op is Call call ? call.Args.Where((_, i) => Contains(call.Callee, i)) : op.ElementsWritten();
}
