using System.Runtime.InteropServices;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Requires that no span which is written shares memory with another. Empty spans never do.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="written">How many spans are written: the first ones.</param>
    /// <param name="names">The names of the spans' parameters, with a space between two.</param>
    /// <param name="s0">The first span.</param>
    /// <param name="s1">The next span, and so on.</param>
    /// <param name="s2">A span.</param>
    /// <param name="s3">A span.</param>
    /// <param name="s4">A span; empty if there is none.</param>
    /// <param name="s5">A span; empty if there is none.</param>
    /// <param name="s6">A span; empty if there is none.</param>
    /// <param name="s7">A span; empty if there is none.</param>
    /// <exception cref="ArgumentException">Two spans overlap, wholly or in part, and one of them is written.</exception>
    public static void Disjoint<T>(
        int written, string names, ReadOnlySpan<T> s0, ReadOnlySpan<T> s1, ReadOnlySpan<T> s2, ReadOnlySpan<T> s3 = default,
        ReadOnlySpan<T> s4 = default, ReadOnlySpan<T> s5 = default, ReadOnlySpan<T> s6 = default, ReadOnlySpan<T> s7 = default)
    {
        ReadOnlySpan<int> lengths = [s0.Length, s1.Length, s2.Length, s3.Length, s4.Length, s5.Length, s6.Length, s7.Length];
        while (true)
        {
            // The garbage collector may move an array between two reads. If all addresses are the same a second time, it has moved none.
            ReadOnlySpan<nint> starts = [Start(s0), Start(s1), Start(s2), Start(s3), Start(s4), Start(s5), Start(s6), Start(s7)];
            ReadOnlySpan<nint> again = [Start(s0), Start(s1), Start(s2), Start(s3), Start(s4), Start(s5), Start(s6), Start(s7)];
            if (!starts.SequenceEqual(again)) continue;
            RequireApart(starts, lengths, Unsafe.SizeOf<T>(), written, names);
            return;
        }
    }

    /// <inheritdoc cref="Disjoint{T}(int, string, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T})"/>
    public static void Disjoint<T>(
        int written, string names,
        ReadOnlySpan<T> s0, ReadOnlySpan<T> s1, ReadOnlySpan<T> s2, ReadOnlySpan<T> s3, ReadOnlySpan<T> s4, ReadOnlySpan<T> s5,
        ReadOnlySpan<T> s6, ReadOnlySpan<T> s7, ReadOnlySpan<T> s8, ReadOnlySpan<T> s9 = default, ReadOnlySpan<T> s10 = default,
        ReadOnlySpan<T> s11 = default, ReadOnlySpan<T> s12 = default, ReadOnlySpan<T> s13 = default, ReadOnlySpan<T> s14 = default,
        ReadOnlySpan<T> s15 = default, ReadOnlySpan<T> s16 = default, ReadOnlySpan<T> s17 = default, ReadOnlySpan<T> s18 = default,
        ReadOnlySpan<T> s19 = default, ReadOnlySpan<T> s20 = default, ReadOnlySpan<T> s21 = default, ReadOnlySpan<T> s22 = default,
        ReadOnlySpan<T> s23 = default, ReadOnlySpan<T> s24 = default, ReadOnlySpan<T> s25 = default, ReadOnlySpan<T> s26 = default,
        ReadOnlySpan<T> s27 = default, ReadOnlySpan<T> s28 = default, ReadOnlySpan<T> s29 = default, ReadOnlySpan<T> s30 = default,
        ReadOnlySpan<T> s31 = default)
    {
        ReadOnlySpan<int> lengths =
        [
            s0.Length, s1.Length, s2.Length, s3.Length, s4.Length, s5.Length, s6.Length, s7.Length, s8.Length, s9.Length, s10.Length,
            s11.Length, s12.Length, s13.Length, s14.Length, s15.Length, s16.Length, s17.Length, s18.Length, s19.Length, s20.Length,
            s21.Length, s22.Length, s23.Length, s24.Length, s25.Length, s26.Length, s27.Length, s28.Length, s29.Length, s30.Length,
            s31.Length,
        ];
        while (true)
        {
            ReadOnlySpan<nint> starts =
            [
                Start(s0), Start(s1), Start(s2), Start(s3), Start(s4), Start(s5), Start(s6), Start(s7), Start(s8), Start(s9), Start(s10),
                Start(s11), Start(s12), Start(s13), Start(s14), Start(s15), Start(s16), Start(s17), Start(s18), Start(s19), Start(s20),
                Start(s21), Start(s22), Start(s23), Start(s24), Start(s25), Start(s26), Start(s27), Start(s28), Start(s29), Start(s30),
                Start(s31),
            ];
            ReadOnlySpan<nint> again =
            [
                Start(s0), Start(s1), Start(s2), Start(s3), Start(s4), Start(s5), Start(s6), Start(s7), Start(s8), Start(s9), Start(s10),
                Start(s11), Start(s12), Start(s13), Start(s14), Start(s15), Start(s16), Start(s17), Start(s18), Start(s19), Start(s20),
                Start(s21), Start(s22), Start(s23), Start(s24), Start(s25), Start(s26), Start(s27), Start(s28), Start(s29), Start(s30),
                Start(s31),
            ];
            if (!starts.SequenceEqual(again)) continue;
            RequireApart(starts, lengths, Unsafe.SizeOf<T>(), written, names);
            return;
        }
    }

    private static nint Start<T>(ReadOnlySpan<T> span) => Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(span));

    private static void RequireApart(ReadOnlySpan<nint> starts, ReadOnlySpan<int> lengths, int size, int written, string names)
    {
        for (var i = 0; i < written; i++)
        {
            for (var j = i + 1; j < starts.Length; j++)
            {
                var isApart = starts[i] + (nint)lengths[i] * size <= starts[j] || starts[j] + (nint)lengths[j] * size <= starts[i];
                if (isApart || lengths[i] == 0 || lengths[j] == 0) continue;
                var all = names.Split(' ');
                ThrowOverlap(all[i], all[j]);
            }
        }
    }
}
