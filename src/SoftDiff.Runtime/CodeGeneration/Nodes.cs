using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>The objects in an array or a list of a parameter tree, for generated methods. In paths, <c>[]</c> stands for the position of an object.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Nodes
{
    /// <summary>Returns the objects in an array.</summary>
    /// <typeparam name="TNode">The class.</typeparam>
    /// <param name="items">The array.</param>
    /// <param name="path">Its path, as in <c>m.Layers</c>.</param>
    /// <returns>The objects.</returns>
    /// <exception cref="ArgumentNullException">There is no array, or an object of it is null; the message names the path.</exception>
    public static ReadOnlySpan<TNode> Of<TNode>(TNode[] items, string path)
        where TNode : class
    {
        ArgumentNullException.ThrowIfNull(items, path);
        return Present<TNode>(items, path);
    }

    /// <summary>Returns the objects in a list.</summary>
    /// <inheritdoc cref="Of{TNode}(TNode[], string)"/>
    public static ReadOnlySpan<TNode> Of<TNode>(List<TNode> items, string path)
        where TNode : class
    {
        ArgumentNullException.ThrowIfNull(items, path);
        return Present<TNode>(CollectionsMarshal.AsSpan(items), path);
    }

    /// <summary>Returns an array or an object of each object.</summary>
    /// <typeparam name="TNode">The class of the objects.</typeparam>
    /// <typeparam name="TPart">The class of what they hold.</typeparam>
    /// <param name="nodes">The objects.</param>
    /// <param name="part">Gives what an object holds.</param>
    /// <param name="path">The path of what they hold, as in <c>m.Layers[].W</c>.</param>
    /// <returns>What they hold, in rented memory.</returns>
    /// <exception cref="ArgumentNullException">An object holds nothing there; the message names the path.</exception>
    public static Rented<TPart> Parts<TNode, TPart>(ReadOnlySpan<TNode> nodes, Func<TNode, TPart?> part, string path)
        where TPart : class
    {
        var parts = Scratch.Rent<TPart>(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (part(nodes[i]) is not { } own)
            {
                parts.Dispose();
                throw new ArgumentNullException(Name(path, i));
            }

            parts.Span[i] = own;
        }

        return parts;
    }

    /// <summary>Returns the length of each array along an axis.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The lengths, in rented memory.</returns>
    public static Rented<int> Lengths(ReadOnlySpan<Array> arrays, int axis)
    {
        var lengths = Scratch.Rent<int>(arrays.Length);
        for (var i = 0; i < arrays.Length; i++) lengths.Span[i] = arrays[i].GetLength(axis);
        return lengths;
    }

    /// <summary>The path for the object at a position.</summary>
    internal static string Name(string path, int position)
    {
        var index = string.Create(CultureInfo.InvariantCulture, $"[{position}]");
        return path.Contains("[]", StringComparison.Ordinal) ? path.Replace("[]", index, StringComparison.Ordinal) : path + index;
    }

    /// <summary>The path of the array or list that holds the objects.</summary>
    internal static string List(string path) => path.IndexOf("[]", StringComparison.Ordinal) is var end and >= 0 ? path[..end] : path;

    /// <summary>The elements of an array of any rank, in row-major order.</summary>
    internal static Span<T> Elements<T>(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static ReadOnlySpan<TNode> Present<TNode>(ReadOnlySpan<TNode> nodes, string path)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] is null) throw new ArgumentNullException(Name(path, i));
        }

        return nodes;
    }
}
