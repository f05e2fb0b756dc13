namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>Sorting methods with cotangents that are known from the start.</summary>
internal static class GivenCotangent
{
    /// <summary><paramref name="y"/> may be empty, and outputs may lie in the memory of inputs.</summary>
    public static T SortVjp<TMethod, T>(this TMethod method, ReadOnlySpan<T> w, Span<T> y, ReadOnlySpan<T> cY, Span<T> dW)
        where TMethod : ISortMethod<T>
        where T : unmanaged
    {
        var cotangent = new Given<T>(cY);
        return method.SortVjp(w, y.IsEmpty ? new T[w.Length] : y, ref cotangent, dW);
    }

    private readonly ref struct Given<T>(ReadOnlySpan<T> cotangents) : ISortCotangent<T>
    {
        private readonly ReadOnlySpan<T> _cotangents = cotangents;

        public void Of(ReadOnlySpan<T> y, Span<T> cY) => _cotangents.CopyTo(cY);
    }
}
