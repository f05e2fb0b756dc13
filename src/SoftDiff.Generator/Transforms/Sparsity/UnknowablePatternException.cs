namespace SoftDiff.Generator.Transforms.Sparsity;

/// <summary>
/// Thrown when the pattern of a sparse Jacobian cannot be found before the numbers are known. This is an error in the user's program, which
/// the analyzer reports.
/// </summary>
internal sealed class UnknowablePatternException : NotSupportedException
{
    /// <param name="reason">What depends on the numbers, as the end of a sentence.</param>
    /// <param name="line">The line of it in the user's method, counted from the method's first line; -1 for none.</param>
    public UnknowablePatternException(string reason, int line)
        : base("the pattern is not known: " + reason) => (Reason, Line) = (reason, line);

    public string Reason { get; }

    public int Line { get; }
}
