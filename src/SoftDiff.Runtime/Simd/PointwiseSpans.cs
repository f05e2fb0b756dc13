namespace SoftDiff;

/// <summary>The spans that a pass of <see cref="Pointwise"/> reads and writes. Spans that the pass does not use stay empty.</summary>
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

    /// <summary>Some of the elements, of what there is.</summary>
    public readonly PointwiseSpans<T> Part(int start, int length)
    {
        return new()
        {
            X = Read(X), Y = Read(Y), Z = Read(Z), CValue = Read(CValue), TX = Read(TX), TY = Read(TY), TZ = Read(TZ),
            Value = Write(Value), TValue = Write(TValue), DX = Write(DX), DY = Write(DY), DZ = Write(DZ),
        };

        ReadOnlySpan<T> Read(ReadOnlySpan<T> span) => span.IsEmpty ? span : span.Slice(start, length);
        Span<T> Write(Span<T> span) => span.IsEmpty ? span : span.Slice(start, length);
    }
}
