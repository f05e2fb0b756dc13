namespace SoftDiff;

/// <summary>
/// A method that averages by the rows of a soft permutation, yᵢ = Σⱼ Pᵢⱼ vⱼ, without need of the whole of P. P depends on w; values are those of v.
/// The row w is squashed already if that was requested. With <c>constant</c> P is not differentiated.
/// </summary>
internal interface IAverageMethod
{
    void Average(ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, Span<double> y);

    /// <summary>
    /// Overwrites <paramref name="dV"/> and, unless <paramref name="constant"/>, <paramref name="dW"/>; returns the cotangent of the softness.
    /// <paramref name="y"/> is written unless it is empty.
    /// </summary>
    double AverageVjp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        Span<double> y, ReadOnlySpan<double> cY, Span<double> dW, Span<double> dV);

    /// <summary>Overwrites <paramref name="y"/> and <paramref name="tY"/>.</summary>
    void AverageJvp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        ReadOnlySpan<double> tW, ReadOnlySpan<double> tV, double tSoftness, Span<double> y, Span<double> tY);
}
