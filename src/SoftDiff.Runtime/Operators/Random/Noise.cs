using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Memory of samplers: noise from a source, and dense copies of tensors.</summary>
internal static class Noise
{
    public static Rented<T> Of<T, TNumber>(SoftRandom random, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TNumber : struct, IRandomNumber
    {
        var noise = Scratch.Rent<T>(length);
        Fill<T, TNumber>(random, noise.Span);
        return noise;
    }

    /// <summary>For both precisions and distributions.</summary>
    public static void Fill<T, TNumber>(SoftRandom random, Span<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TNumber : struct, IRandomNumber
    {
        for (var i = 0; i < noise.Length; i += 2)
        {
            var bits = random.Bits(i / 2);
            noise[i] = TNumber.From<T>((ulong)bits);
            if (i + 1 < noise.Length) noise[i + 1] = TNumber.From<T>((ulong)(bits >> 64));
        }
    }

    /// <summary>The elements in row-major order.</summary>
    public static Rented<T> Dense<T>(in ReadOnlyTensorSpan<T> tensor)
    {
        var elements = Scratch.Rent<T>((long)tensor.FlattenedLength);
        if (!tensor.IsEmpty) tensor.FlattenTo(elements.Span);
        return elements;
    }

    /// <summary>Adds to each block of the destination the addend, which is as long as a block.</summary>
    public static void AddToBlocks<T>(Span<T> destination, ReadOnlySpan<T> addend)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; !destination.IsEmpty; destination = destination[addend.Length..])
        {
            var block = destination[..addend.Length];
            Lanewise.Map(block, addend, block, default(Plus<T>));
        }
    }

    /// <summary>The sum of the blocks, each as long as the destination.</summary>
    public static void SumBlocks<T>(ReadOnlySpan<T> blocks, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        destination.Clear();
        for (; !blocks.IsEmpty; blocks = blocks[destination.Length..])
        {
            Lanewise.Map(destination, blocks[..destination.Length], destination, default(Plus<T>));
        }
    }

    /// <summary>Copies of the source, one after the other.</summary>
    public static void Repeat<T>(ReadOnlySpan<T> source, Span<T> blocks)
    {
        for (; !blocks.IsEmpty; blocks = blocks[source.Length..]) source.CopyTo(blocks);
    }
}
