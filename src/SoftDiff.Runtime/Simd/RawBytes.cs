using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>
/// Values without references as raw bytes at any offset. <c>MemoryMarshal</c> can do this for types constrained to <c>struct</c> only, and
/// generic math is not. Callers make sure that the type holds no references and that the bytes are there.
/// </summary>
internal static class RawBytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(byte[] bytes, int offset, T value) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), offset), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(byte[] bytes, int offset) =>
        Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf<T>() => Unsafe.SizeOf<T>();

    /// <summary>The bytes of a span whose length in bytes the caller has found to fit an <see cref="int"/>.</summary>
    public static ReadOnlySpan<byte> Of<T>(ReadOnlySpan<T> values) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), values.Length * Unsafe.SizeOf<T>());

    /// <inheritdoc cref="Of{T}(ReadOnlySpan{T})"/>
    public static Span<byte> Of<T>(Span<T> values) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), values.Length * Unsafe.SizeOf<T>());
}
