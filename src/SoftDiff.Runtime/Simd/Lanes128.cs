using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SoftDiff;

/// <summary>Vectors of 128 bits.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Lanes128<T> : ILanes<Vector128<T>, T>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static Vector128<T> Indices => Vector128<T>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T source, nuint offset) => Vector128.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref T destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Constant(double value)
    {
        Debug.Assert(typeof(T) == typeof(double) || ((double)(float)value).Equals(value), "not a float");
        return typeof(T) == typeof(double) ? Vector128.Create(value).As<double, T>() : Vector128.Create((float)value).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Bits(ulong value) =>
        typeof(T) == typeof(double) ? Vector128.Create(value).As<ulong, T>() : Vector128.Create((uint)value).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => typeof(T) == typeof(double)
        ? Vector128.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Vector128.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplySubtract(Vector128<T> a, Vector128<T> b, Vector128<T> c)
    {
        // The JIT leaves a negation by itself where it shares its constant with others.
        if (!Fma.IsSupported) return MultiplyAdd(a, b, -c);
        return typeof(T) == typeof(double)
            ? Fma.MultiplySubtract(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Fma.MultiplySubtract(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WithoutSign(Vector128<T> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Negate(Vector128<T> a) => -a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WithOppositeSign(Vector128<T> magnitude, Vector128<T> a) => magnitude | Vector128.AndNot(Constant(-0.0), a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sqrt(Vector128<T> a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Max(Vector128<T> a, Vector128<T> b) => Vector128.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Min(Vector128<T> a, Vector128<T> b) => Vector128.MinNative(a, b);

    // The instructions of X86 give the second operand when one is NaN, those of Arm give NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtLeast(Vector128<T> a, Vector128<T> bound) => X86Base.IsSupported || AdvSimd.IsSupported
        ? Vector128.MaxNative(bound, a)
        : Vector128.ConditionalSelect(Vector128.LessThan(a, bound), bound, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtMost(Vector128<T> a, Vector128<T> bound) => X86Base.IsSupported || AdvSimd.IsSupported
        ? Vector128.MinNative(bound, a)
        : Vector128.ConditionalSelect(Vector128.LessThan(bound, a), bound, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Less(Vector128<T> a, Vector128<T> b) => Vector128.LessThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Equal(Vector128<T> a, Vector128<T> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> a, Vector128<T> b) =>
        Sse41.IsSupported ? SelectNegative(mask, a, b) : Vector128.ConditionalSelect(mask, a, b);

    // One instruction that looks at the signs alone; for a mask the JIT would take three unless it sees the comparison.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SelectNegative(Vector128<T> sign, Vector128<T> a, Vector128<T> b)
    {
        if (!Sse41.IsSupported) return Vector128.ConditionalSelect(Vector128.IsNegative(sign), a, b);
        return typeof(T) == typeof(double)
            ? Sse41.BlendVariable(b.AsDouble(), a.AsDouble(), sign.AsDouble()).As<double, T>()
            : Sse41.BlendVariable(b.AsSingle(), a.AsSingle(), sign.AsSingle()).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> And(Vector128<T> a, Vector128<T> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Or(Vector128<T> a, Vector128<T> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AddBits(Vector128<T> a, Vector128<T> b) =>
        typeof(T) == typeof(double) ? (a.AsInt64() + b.AsInt64()).As<long, T>() : (a.AsInt32() + b.AsInt32()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftLeft(Vector128<T> a, int bits) =>
        typeof(T) == typeof(double)
            ? Vector128.ShiftLeft(a.AsUInt64(), bits).As<ulong, T>()
            : Vector128.ShiftLeft(a.AsUInt32(), bits).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftRight(Vector128<T> a, int bits) => typeof(T) == typeof(double)
        ? Vector128.ShiftRightLogical(a.AsUInt64(), bits).As<ulong, T>()
        : Vector128.ShiftRightLogical(a.AsUInt32(), bits).As<uint, T>();

    public static T Lane(Vector128<T> a, int index) => a.GetElement(index);
}
