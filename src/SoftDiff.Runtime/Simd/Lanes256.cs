using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDiff;

/// <summary>Vectors of 256 bits.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Lanes256<T> : ILanes<Vector256<T>, T>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static Vector256<T> Indices => Vector256<T>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref T source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, ref T destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Constant(double value)
    {
        Debug.Assert(typeof(T) == typeof(double) || ((double)(float)value).Equals(value), "not a float");
        return typeof(T) == typeof(double) ? Vector256.Create(value).As<double, T>() : Vector256.Create((float)value).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Bits(ulong value) =>
        typeof(T) == typeof(double) ? Vector256.Create(value).As<ulong, T>() : Vector256.Create((uint)value).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(double)
        ? Vector256.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Vector256.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplySubtract(Vector256<T> a, Vector256<T> b, Vector256<T> c)
    {
        // The JIT leaves a negation by itself where it shares its constant with others.
        if (!Fma.IsSupported) return MultiplyAdd(a, b, -c);
        return typeof(T) == typeof(double)
            ? Fma.MultiplySubtract(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Fma.MultiplySubtract(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> WithoutSign(Vector256<T> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Negate(Vector256<T> a) => -a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> WithOppositeSign(Vector256<T> magnitude, Vector256<T> a) => magnitude | Vector256.AndNot(Constant(-0.0), a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sqrt(Vector256<T> a) => Vector256.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> a, Vector256<T> b) => Vector256.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Min(Vector256<T> a, Vector256<T> b) => Vector256.MinNative(a, b);

    // The instructions, of X86 alone, give the second operand when one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtLeast(Vector256<T> a, Vector256<T> bound) => Vector256.IsHardwareAccelerated
        ? Vector256.MaxNative(bound, a)
        : Vector256.ConditionalSelect(Vector256.LessThan(a, bound), bound, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtMost(Vector256<T> a, Vector256<T> bound) => Vector256.IsHardwareAccelerated
        ? Vector256.MinNative(bound, a)
        : Vector256.ConditionalSelect(Vector256.LessThan(bound, a), bound, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Less(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Equal(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> a, Vector256<T> b) =>
        Avx.IsSupported ? SelectNegative(mask, a, b) : Vector256.ConditionalSelect(mask, a, b);

    // One instruction that looks at the signs alone; for a mask the JIT would take three unless it sees the comparison.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SelectNegative(Vector256<T> sign, Vector256<T> a, Vector256<T> b)
    {
        if (!Avx.IsSupported) return Vector256.ConditionalSelect(Vector256.IsNegative(sign), a, b);
        return typeof(T) == typeof(double)
            ? Avx.BlendVariable(b.AsDouble(), a.AsDouble(), sign.AsDouble()).As<double, T>()
            : Avx.BlendVariable(b.AsSingle(), a.AsSingle(), sign.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> a, Vector256<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> a, Vector256<T> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AddBits(Vector256<T> a, Vector256<T> b) =>
        typeof(T) == typeof(double) ? (a.AsInt64() + b.AsInt64()).As<long, T>() : (a.AsInt32() + b.AsInt32()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftLeft(Vector256<T> a, int bits) =>
        typeof(T) == typeof(double)
            ? Vector256.ShiftLeft(a.AsUInt64(), bits).As<ulong, T>()
            : Vector256.ShiftLeft(a.AsUInt32(), bits).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftRight(Vector256<T> a, int bits) => typeof(T) == typeof(double)
        ? Vector256.ShiftRightLogical(a.AsUInt64(), bits).As<ulong, T>()
        : Vector256.ShiftRightLogical(a.AsUInt32(), bits).As<uint, T>();

    public static T Lane(Vector256<T> a, int index) => a.GetElement(index);
}
