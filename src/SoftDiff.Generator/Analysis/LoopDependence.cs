namespace SoftDiff.Generator.Analysis;

/// <summary>Says how one iteration of a loop depends on another.</summary>
/// <param name="Kind">The kind of dependence.</param>
/// <param name="By">The carried variable or the array that carries the dependence.</param>
/// <param name="At">The operation that causes it; null if a variable's next value is no operation's result.</param>
internal sealed record LoopDependence(DependenceKind Kind, Operand By, Op? At);

/// <summary>How an iteration depends on another one.</summary>
internal enum DependenceKind
{
    /// <summary>By a carried variable that is more than a sum over the iterations.</summary>
    Carried,

    /// <summary>By an array to which an iteration writes the partial sum.</summary>
    RunningSum,

    /// <summary>By an element that one iteration writes and another one may read or write.</summary>
    Element,
}
