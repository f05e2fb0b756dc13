using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Saves the temporary array of a rule's call. A rule's backward method writes a gradient to a zeroed temporary array, which is then added
/// to an array of cotangents. If all cotangents are zero before the call, the method writes to their array directly. Relies on
/// <see cref="ZeroArrays"/> for what is zero, and on <see cref="ArrayLengths"/> for the sum to take in all elements.
/// </summary>
internal sealed class PassDirectCotangents
{
    private readonly Definitions _definitions;
    private readonly ArrayLengths _lengths;
    private readonly ZeroArrays _zeros;
    private readonly Aliases _aliases;
    private readonly ILookup<Operand, Operand> _reads;

    private PassDirectCotangents(Function function)
    {
        _definitions = new Definitions(function);
        _lengths = new ArrayLengths(function, _definitions);
        _zeros = new ZeroArrays(function, _definitions, _lengths);
        _aliases = new Aliases(function, _definitions);
        _reads = function.Body.AllReads().ToLookup(operand => operand);
    }

    public static Function Run(Function function)
    {
        var temporaries = new HashSet<Value>(function.Body.AllOps().OfType<Allocate>().Where(a => a.Cleared).Select(a => a.Result));
        var calls = function.Body.AllOps().OfType<Invoke>().ToList();
        // An array that a method returns might be another array under a second name.
        if (calls.Any(call => call.Returns.Any(r => r.Type is ArrayType))) return function;
        if (!calls.Any(call => call.Args.OfType<Value>().Any(temporaries.Contains))) return function;
        return function with { Body = new PassDirectCotangents(function).Visit(function.Body) };
    }

    private Block Visit(Block block)
    {
        var direct = new Dictionary<Value, Operand>();
        var sums = new HashSet<Op>(ByReference<Op>.Instance);
        foreach (var sum in block.Ops.OfType<For>())
        {
            if (Sum(sum) is not { } added || !IsDirect(block, sum, added.Temporary, added.Cotangents)) continue;
            direct[added.Temporary] = added.Cotangents;
            sums.Add(sum);
        }

        Operand? Passed(Operand? argument) => argument is Value value && direct.TryGetValue(value, out var cotangents) ? cotangents : argument;
        var ops = block.Ops.Where(op => !sums.Contains(op) && !(op is Allocate temporary && direct.ContainsKey(temporary.Result)));
        return block with
        {
            Ops = ops.Select(op => op switch
            {
                Invoke call when direct.Count > 0 => call with { Args = call.Args.Select(Passed).ToImmutableArray() },
                _ => op.MapBlocks(Visit),
            }).ToImmutableArray(),
        };
    }

    /// <summary>The arrays of <c>for (i …) cotangents[i] += temporary[i]</c> over all elements of both.</summary>
    private (Value Temporary, Operand Cotangents)? Sum(For loop) =>
        loop is { IsPlain: true, Carried.IsEmpty: true, Body.Ops.Length: 2 }
            && loop.Body.Ops[0] is Load { Array: Value temporary } load && loop.Body.Ops[1] is Accumulate sum
            && load.Index.Equals(loop.Index) && sum.Index.Equals(loop.Index) && sum.Value.Equals(load.Result)
            && _lengths.AreEqual(temporary, loop.End) && _lengths.AreEqual(sum.Array, loop.End)
            ? (temporary, sum.Array)
            : null;

    /// <summary>
    /// Whether the temporary array can be replaced by the cotangents. The block must make it, pass it to exactly one call, and add it. The
    /// cotangents must exist before the call, be zero there, not be passed to it as well, and stay untouched until the sum.
    /// </summary>
    private bool IsDirect(Block block, For sum, Value temporary, Operand cotangents)
    {
        if (!_definitions.TryGet(temporary, out var made) || !ReferenceEquals(made.Block, block) || made.Op is not Allocate { Cleared: true }) return false;
        // The call's argument and the sum's load.
        if (_reads[temporary].Count() != 2) return false;
        var end = block.Ops.IndexOf(sum, 0, ByReference<Op>.Instance);
        var at = Enumerable.Range(0, end).LastOrDefault(i => block.Ops[i] is Invoke invoke && invoke.Args.Contains(temporary));
        return block.Ops[at] is Invoke call && call.Args.Contains(temporary)
            && IsDefinedBefore(cotangents, block, at) && _zeros.IsZero(cotangents, call)
            && !Enumerable.Range(at, end - at).Any(i => _aliases.Touches(block.Ops[i], cotangents));
    }

    private bool IsDefinedBefore(Operand operand, Block block, int position) =>
        operand is not Value value || !_definitions.TryGet(value, out var definition)
        || !ReferenceEquals(definition.Block, block) || definition.Position < position;
}
