namespace SoftDiff.SecondOrder;

/// <summary>Vectors of one dual number. A mask is 1 where it is set and 0 elsewhere.</summary>
/// <typeparam name="T"><see cref="Dual"/>.</typeparam>
internal readonly struct Lanes128<T> : ILanes<Vector128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static Vector128<T> Indices => new(T.Zero);

    public static Vector128<T> Load(ref T source, nuint offset) => new(Unsafe.Add(ref source, offset));

    public static void Store(Vector128<T> value, ref T destination, nuint offset) => Unsafe.Add(ref destination, offset) = value.Value;

    public static Vector128<T> Broadcast(T value) => new(value);

    public static Vector128<T> Constant(Dual value) => new(T.CreateTruncating(value));

    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => new(a.Value + b.Value);

    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => new(a.Value - b.Value);

    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => new(a.Value * b.Value);

    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => new(a.Value / b.Value);

    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) =>
        new(T.CreateTruncating(Math.FusedMultiplyAdd(Number(a), Number(b), Number(c))));

    public static Vector128<T> Abs(Vector128<T> a) => new(T.Abs(a.Value));

    public static Vector128<T> WithoutSign(Vector128<T> a) => SelectNegative(a, Negate(a), a);

    public static Vector128<T> Negate(Vector128<T> a) => new(-a.Value);

    public static Vector128<T> WithOppositeSign(Vector128<T> magnitude, Vector128<T> a) => new(a.Value < T.Zero ? magnitude.Value : -magnitude.Value);

    public static Vector128<T> Sqrt(Vector128<T> a) => Apply(Math.Sqrt, a);

    public static Vector128<T> Max(Vector128<T> a, Vector128<T> b) => new(T.Max(a.Value, b.Value));

    public static Vector128<T> Min(Vector128<T> a, Vector128<T> b) => new(T.Min(a.Value, b.Value));

    public static Vector128<T> AtLeast(Vector128<T> a, Vector128<T> bound) => a.Value < bound.Value ? bound : a;

    public static Vector128<T> AtMost(Vector128<T> a, Vector128<T> bound) => a.Value > bound.Value ? bound : a;

    public static Vector128<T> Less(Vector128<T> a, Vector128<T> b) => Mask(a.Value < b.Value);

    public static Vector128<T> Equal(Vector128<T> a, Vector128<T> b) => Mask(a.Value == b.Value);

    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> a, Vector128<T> b) => T.IsZero(mask.Value) ? b : a;

    public static Vector128<T> SelectNegative(Vector128<T> sign, Vector128<T> a, Vector128<T> b) => sign.Value < T.Zero ? a : b;

    public static Vector128<T> And(Vector128<T> a, Vector128<T> b) => T.IsZero(a.Value) ? a : b;

    public static T Lane(Vector128<T> a, int index) => a.Value;

    public static Vector128<T> Apply(Func<Dual, Dual> function, Vector128<T> a) => new(T.CreateTruncating(function(Number(a))));

    private static Dual Number(Vector128<T> a) => Unsafe.BitCast<T, Dual>(a.Value);

    private static Vector128<T> Mask(bool isSet) => new(isSet ? T.One : T.Zero);
}
