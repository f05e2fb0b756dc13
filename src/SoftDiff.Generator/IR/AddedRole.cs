namespace SoftDiff.Generator.IR;

internal enum AddedKind
{
    /// <summary>The gradient by a parameter, or the cotangent of one that goes in and out.</summary>
    Gradient,

    /// <summary>The cotangent of the result, or of an <c>out</c> parameter.</summary>
    Cotangent,

    Tangent,
}

/// <summary>What a parameter is that a derivative adds to those of its function.</summary>
/// <param name="Kind">Which derivative it is.</param>
/// <param name="Of">The C# parameter that it belongs to, or <c>this</c>; null if it belongs to the result.</param>
/// <param name="IsInOut">Whether it goes in and out, as the parameter that it belongs to does.</param>
internal sealed record AddedRole(AddedKind Kind, string? Of, bool IsInOut);
