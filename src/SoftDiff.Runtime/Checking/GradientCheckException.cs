namespace SoftDiff;

/// <summary>Thrown when <see cref="GradientCheck"/> finds a wrong derivative. The message is a table of the worst entries.</summary>
/// <param name="report">The result of the check.</param>
public sealed class GradientCheckException(GradientReport report) : Exception(report.ToString())
{
    /// <summary>The result of the check.</summary>
    public GradientReport Report { get; } = report;
}
