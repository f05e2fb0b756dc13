using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>
/// References to locals as numbers, so that other threads can read a local which may be a <c>ref struct</c>. Stack memory does not move; the collector
/// updates the references in it while all threads stand still. Callers make sure that the method of the local waits for those who read it.
/// </summary>
internal static class StackReference
{
    /// <summary>The address of a local.</summary>
    public static nint AddressOf<T>(ref T local)
        where T : allows ref struct => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref Unsafe.As<T, byte>(ref local));

    /// <summary>The local at an address.</summary>
    public static ref readonly T At<T>(nint address)
        where T : allows ref struct => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), address);
}
