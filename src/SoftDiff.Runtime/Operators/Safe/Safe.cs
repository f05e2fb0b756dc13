namespace SoftDiff;

/// <summary>
/// Functions whose values and derivatives stay finite at the boundary of their domain: outside it they are constant, with derivative 0. They take the
/// place of their namesakes where a branch not taken would make a gradient NaN.
/// </summary>
/// <remarks>NaN gives NaN. All are safe to call from several threads.</remarks>
public static partial class Safe;
