namespace SoftDiff.Generator.Analysis;

/// <summary>What one iteration of a loop takes from another.</summary>
/// <param name="Kind">How it is handed on.</param>
/// <param name="By">The carried variable or the array by which it is handed on.</param>
/// <param name="At">The operation that hands it on; null for the next value of a variable that is no operation's result.</param>
internal sealed record LoopDependence(DependenceKind Kind, Operand By, Op? At);

/// <summary>How an iteration depends on another one.</summary>
internal enum DependenceKind
{
    /// <summary>By a carried variable that is more than a sum over the iterations.</summary>
    Carried,

    /// <summary>By an array to which an iteration writes what a sum is by then.</summary>
    RunningSum,

    /// <summary>By an element that one iteration writes and another one may read or write.</summary>
    Element,
}
