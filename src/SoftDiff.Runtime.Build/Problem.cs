using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.Runtime.Build;

/// <summary>An error in a marked method. It stops the build of the runtime.</summary>
/// <param name="Message">The error, and the declaration that would be right.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">Where in the file.</param>
/// <param name="Lines">The same as lines and columns.</param>
internal sealed record Problem(string Message, string Path, TextSpan Span, LinePositionSpan Lines)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "SDB0001",
        "A soft operator is not complete",
        "{0}",
        "SoftDiff.Runtime.Build",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static Problem At(Location location, string message) =>
        new(message, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location.Create(Path, Span, Lines), Message);
}

/// <summary>The result of reading a marked method: the method with the members to write, or an error.</summary>
internal sealed record ReadMethod(EquatableArray<Marked> Methods, Problem? Problem)
{
    public static ReadMethod Right(IEnumerable<Marked> methods) => new(new EquatableArray<Marked>(methods), null);

    public static ReadMethod Wrong(Problem problem) => new(new EquatableArray<Marked>([]), problem);
}
