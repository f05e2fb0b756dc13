namespace SoftDiff;

/// <summary>What a pass of <see cref="Pointwise"/> reads and writes; what it has no use for stays empty.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct PointwiseSpans<T>
{
    /// <summary>The inputs.</summary>
    public ReadOnlySpan<T> X, Y, Z;

    /// <summary>The cotangent of the value.</summary>
    public ReadOnlySpan<T> CValue;

    /// <summary>The tangents of the inputs.</summary>
    public ReadOnlySpan<T> TX, TY, TZ;

    /// <summary>Receives the value; empty if it is not wanted.</summary>
    public Span<T> Value;

    /// <summary>Receives the tangent of the value.</summary>
    public Span<T> TValue;

    /// <summary>Receive the cotangents of the inputs.</summary>
    public Span<T> DX, DY, DZ;
}
