namespace SoftDiff;

/// <summary>Selects how a quantile between two order statistics is computed from them. With p = q (n - 1):</summary>
public enum QuantileMethod
{
    /// <summary>Both, weighted by their distance from p.</summary>
    Linear,

    /// <summary>The one at ⌊p⌋.</summary>
    Lower,

    /// <summary>The one at ⌈p⌉.</summary>
    Higher,

    /// <summary>The nearer one; the lower one when p is in the middle.</summary>
    Nearest,

    /// <summary>The mean of both, unless p is an integer.</summary>
    Midpoint,
}
