namespace SoftDiff;

/// <summary>Thrown when <see cref="GradientCheck"/> finds a wrong derivative. The message is a table of the worst entries.</summary>
/// <param name="report">What was found.</param>
public sealed class GradientCheckException(GradientReport report) : Exception(report.ToString())
{
    /// <summary>What was found.</summary>
    public GradientReport Report { get; } = report;
}
