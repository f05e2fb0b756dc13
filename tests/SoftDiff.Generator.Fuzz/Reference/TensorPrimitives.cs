namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>Takes the place of <see cref="System.Numerics.Tensors.TensorPrimitives"/> in reference runs: one element after the other.</summary>
public static class TensorPrimitives
{
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T value in x) sum += value;
        return sum;
    }

    public static T SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : IFloatingPointIeee754<T> => Dot(x, x);

    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] + y[i];
    }

    public static void Add<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] + y;
    }

    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y[i];
    }

    public static void Multiply<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y;
    }

    public static void Negate<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++) destination[i] = -x[i];
    }

    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++) destination[i] = T.Tanh(x[i]);
    }
}
