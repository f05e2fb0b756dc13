namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>What a parameter of a derivative belongs to.</summary>
/// <param name="Kind">Which derivative it is.</param>
/// <param name="Of">Of which parameter of the target; null for its result.</param>
internal sealed record Slot(SlotKind Kind, Value? Of);

internal enum SlotKind
{
    Primal,

    /// <summary>The cotangent, which for an input is its gradient.</summary>
    Bar,

    /// <summary>The tangent.</summary>
    Dot,

    /// <summary>The tangent of the cotangent: the product of the Hessian and the tangents.</summary>
    BarDot,
}
