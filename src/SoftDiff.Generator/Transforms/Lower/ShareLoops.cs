using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Writes loops that occur several times once. Helpers that give back arrays are lowered where they are called, so a product of matrices that is
/// called five times is five loops, and five more in the reverse sweep. Input: a module in its last form. Output: the same with a function for each
/// group of equal nested loops, and calls of it. Nothing else changes, so results keep their bits.
/// </summary>
internal sealed class ShareLoops
{
    /// <summary>A loop with fewer operations takes hardly more lines than its call.</summary>
    private const int FewOperations = 8;

    private readonly Dictionary<For, LoopText> _texts = new(ByReference<For>.Instance);
    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);

    private ShareLoops(Block body)
    {
        foreach (var loop in body.AllOps().OfType<For>().Where(IsWorthCall))
        {
            if (LoopText.Of(loop) is { } text) _texts.Add(loop, text);
        }

        // A loop in a loop that is shared is part of that function, and does not count by itself.
        HashSet<string> single;
        do
        {
            var counts = Outermost(body).GroupBy(loop => _texts[loop].Text).ToList();
            single = new HashSet<string>(counts.Where(group => group.Count() == 1).Select(group => group.Key), StringComparer.Ordinal);
            foreach (var loop in _texts.Where(t => single.Contains(t.Value.Text)).Select(t => t.Key).ToList()) _texts.Remove(loop);
        }
        while (single.Count > 0);

        foreach (var group in Outermost(body).Select(loop => _texts[loop]).GroupBy(text => text.Text))
        {
            _functions.Add(group.Key, Named(LoopText.Shared(group.ToList())));
        }
    }

    public static Module Run(Module module)
    {
        // A method with type parameters has functions of its own, which no other method shares.
        if (module.IsGeneric) return module;
        var pass = new ShareLoops(module.Root.Body);
        if (pass._functions.Count == 0) return module;
        var callees = module.Callees.AddRange(pass._functions.Values).Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return module with { Root = module.Root with { Body = pass.Rewrite(module.Root.Body) }, Callees = callees };
    }

    private static Function Named(LoopText loop) => loop.Function with { Name = "Loop_" + DerivedCallees.Hash(loop.Text), IsNamedByContent = true };

    /// <summary>The loops that may be shared and are in no other one that may.</summary>
    private IEnumerable<For> Outermost(Block block) => block.Ops.SelectMany(op =>
        op is For loop && _texts.ContainsKey(loop) ? new[] { loop } : op.Blocks().SelectMany(Outermost));

    /// <summary>Whether a call costs nothing beside the loop, which has loops in it, and the loop takes more lines than the call.</summary>
    private static bool IsWorthCall(For loop) =>
        loop.Body.AllOps().Any(op => op is Loop or RowUpdate) && loop.Body.AllOps().Take(FewOperations).Count() == FewOperations;

    /// <summary>The block with calls in place of the outermost loops that are shared.</summary>
    private Block Rewrite(Block block) => block with { Ops = block.Ops.Select(Rewrite).ToImmutableArray() };

    private Op Rewrite(Op op) => op is For loop && _texts.TryGetValue(loop, out var text)
        ? new Call(text.Results, _functions[text.Text].Name, ImmutableArray.CreateRange<Operand>(text.Inputs)) { Line = loop.Line }
        : op.MapBlocks(Rewrite);
}
