namespace SoftDiff.Generator.Pipeline;

/// <summary>What one marked method adds to the compilation: a file, a failure of ours to report, or a file of stubs and the failure behind it.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Text">The file; null if there is none.</param>
/// <param name="Failure">A bug of ours; null if there was none.</param>
/// <param name="Shared">The methods of other files that the file calls.</param>
internal sealed record GeneratedFile(string HintName, string? Text, Failure? Failure, ImmutableArray<SharedMethod> Shared)
{
    /// <summary>The classes of the parameter trees by which the method is differentiated.</summary>
    public ImmutableArray<ProductType> Trees { get; init; } = ImmutableArray<ProductType>.Empty;

    public bool Equals(GeneratedFile? other) => other is not null
        && HintName == other.HintName && Text == other.Text && Equals(Failure, other.Failure) && Shared.SequenceEqual(other.Shared)
        && Trees.SequenceEqual(other.Trees);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(HintName + Text);
}

/// <summary>A bug of ours met while working on a method, as text: it travels through the pipeline.</summary>
internal sealed record Failure(string Method, string ExceptionType, string Message)
{
    public static Failure Of(string method, Exception exception) => new(method, exception.GetType().FullName, FirstLine(exception.Message));

    private static string FirstLine(string text)
    {
        int end = text.IndexOfAny(['\r', '\n']);
        return end < 0 ? text : text.Substring(0, end);
    }
}
