namespace SoftDiff.SecondOrder;

/// <summary>A vector of one dual number: in place of the framework's, which holds only numbers that the processor knows.</summary>
/// <typeparam name="T"><see cref="Dual"/>.</typeparam>
/// <param name="value">The number.</param>
internal readonly struct Vector128<T>(T value)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly T Value = value;

    public static int Count => 1;

    public static Vector128<T> Indices => new(T.Zero);

    public T this[int index] => Value;

    public T ToScalar() => Value;

    public Vector128<T> WithElement(int index, T element) => new(element);
}

/// <summary>The functions of such vectors that the loops call.</summary>
internal static class Vector128
{
    public static Vector128<T> Create<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(value);

    public static Vector128<T> LessThan<T>(Vector128<T> a, Vector128<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Lanes128<T>.Less(a, b);

    public static Vector128<T> ConditionalSelect<T>(Vector128<T> mask, Vector128<T> a, Vector128<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Lanes128<T>.Select(mask, a, b);
}
