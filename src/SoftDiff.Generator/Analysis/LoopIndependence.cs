namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the loops whose iterations are independent, except for sums. Only derivatives matter: every active carried variable is a sum, and
/// no active element passes from one iteration to another. The adjoint of an iteration can then run right after its forward code, and
/// iterations can be reversed in any order.
/// </summary>
internal sealed class LoopIndependence
{
    private readonly Effects _effects;
    private readonly Activity _activity;
    private readonly LoopSums _sums;
    private readonly IterationArrays _arrays;
    private readonly Dictionary<Loop, LoopDependence?> _known = new(ByReference<Loop>.Instance);

    public LoopIndependence(Definitions definitions, Effects effects, IterationArrays arrays, Activity activity)
    {
        _effects = effects;
        _activity = activity;
        _arrays = arrays;
        _sums = new LoopSums(definitions, activity);
    }

    /// <summary>Whether the iterations are independent, except for sums.</summary>
    public bool Holds(Loop loop) => Obstacle(loop) is null;

    /// <summary>The first dependence found between iterations; null if they are independent, except for sums.</summary>
    public LoopDependence? Obstacle(Loop loop)
    {
        if (!_known.TryGetValue(loop, out var obstacle)) _known[loop] = obstacle = _sums.Obstacle(loop) ?? ByElements(loop);
        return obstacle;
    }

    private LoopDependence? ByElements(Loop loop)
    {
        foreach (var root in _effects.Writes(loop).Where(_activity.IsActive))
        {
            if (_arrays.Obstacle(root, loop) is { } op) return new LoopDependence(DependenceKind.Element, root, op);
        }

        return null;
    }
}
