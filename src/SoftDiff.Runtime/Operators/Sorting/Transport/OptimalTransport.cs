using System.Numerics;

namespace SoftDiff;

/// <summary>Under way: see the plan in the tests.</summary>
internal readonly struct OptimalTransport<T>(T softness, SoftMode mode) : IPlanMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Rows(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p) => throw new NotImplementedException($"{softness} {mode}");

    public T RowsVjp(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p, ReadOnlySpan<T> cP, Span<T> dW) => throw new NotImplementedException();

    public void RowsJvp(ReadOnlySpan<T> w, in RowRequest request, bool log, ReadOnlySpan<T> tW, T tSoftness, Span<T> p, Span<T> tP) => throw new NotImplementedException();
}
