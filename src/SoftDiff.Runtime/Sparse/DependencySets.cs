using System.ComponentModel;

namespace SoftDiff;

/// <summary>
/// Sets of columns, each with a number, by which generated code finds the pattern of a sparse Jacobian: a set for each floating-point
/// number of a method, of the inputs that it may depend on. Equal sets have equal numbers. The empty set is 0.
/// </summary>
/// <remarks>
/// <para>A set is a binary tree over the columns. Its leaves are blocks of 32 columns. The bits of a block's number lead to it from the top
/// (Okasaki and Gill, Fast Mergeable Integer Maps, 1998). The shape of the tree follows from the set, and every node exists once. So
/// sets share what they have in common: the n sets of a running sum over n inputs take n log n nodes.</para>
/// <para>For one thread.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DependencySets
{
    private const int BlockBits = 5;

    private const int MemoSize = 1 << 14;

    private readonly (int A, int B, int Union)[] _memo = new (int, int, int)[MemoSize];

    private readonly RowsBuilder _rows = new();

    private Node[] _nodes = new Node[1024];

    /// <summary>The node with a hash, or the next one with that place; 0 for none.</summary>
    private int[] _table = new int[4096];

    private int _count = 1;

    /// <summary>No sets but the empty one.</summary>
    /// <returns>The sets.</returns>
    public static DependencySets Create() => new();

    /// <summary>The set of one column.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="column">The column.</param>
    /// <returns>The set's number.</returns>
    public static int One(DependencySets sets, int column) => sets.Leaf(column >> BlockBits, 1 << column);

    /// <summary>Gives each element of an input the set of its own column.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="elements">The sets of the elements.</param>
    /// <param name="first">The column of the first element.</param>
    public static void Number(DependencySets sets, Span<int> elements, int first)
    {
        for (var i = 0; i < elements.Length; i++) elements[i] = One(sets, first + i);
    }

    /// <summary>The union of two sets.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="a">A set.</param>
    /// <param name="b">A set.</param>
    /// <returns>The union's number.</returns>
    public static int Union(DependencySets sets, int a, int b) => sets.Union(a, b);

    /// <summary>The union of all sets of an array.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="elements">The sets of the elements.</param>
    /// <returns>The union's number.</returns>
    public static int All(DependencySets sets, ReadOnlySpan<int> elements)
    {
        var all = 0;
        foreach (var element in elements) all = sets.Union(all, element);
        return all;
    }

    /// <summary>Adds a set to that of every element of an array.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="elements">The sets of the elements.</param>
    /// <param name="added">The set.</param>
    public static void Widen(DependencySets sets, Span<int> elements, int added)
    {
        foreach (ref var element in elements) element = sets.Union(element, added);
    }

    /// <summary>
    /// Adds the sets of one array to those of another, element by element, as far as both reach: the copy may be in a branch that the method
    /// would not take.
    /// </summary>
    /// <param name="sets">The sets.</param>
    /// <param name="source">The sets to add.</param>
    /// <param name="destination">The sets of the first elements of the destination are those that change.</param>
    public static void WidenEach(DependencySets sets, ReadOnlySpan<int> source, Span<int> destination)
    {
        var count = Math.Min(source.Length, destination.Length);
        for (var i = 0; i < count; i++) destination[i] = sets.Union(destination[i], source[i]);
    }

    /// <summary>
    /// An element of an array; <c>default</c> if the array has none there, because what is computed from it is a branch that the method
    /// would not take.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="elements">The array.</param>
    /// <param name="index">The place.</param>
    /// <returns>The element.</returns>
    public static T At<T>(ReadOnlySpan<T> elements, int index)
        where T : unmanaged => (uint)index < (uint)elements.Length ? elements[index] : default;

    /// <summary>Adds a set to that of an element of an array, if the array has one there.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="elements">The sets of the elements.</param>
    /// <param name="index">The place.</param>
    /// <param name="added">The set.</param>
    public static void WidenAt(DependencySets sets, Span<int> elements, int index, int added)
    {
        if ((uint)index < (uint)elements.Length) elements[index] = sets.Union(elements[index], added);
    }

    /// <summary>The number of an output depends on the inputs of a set: the next row of the matrix.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="row">The set.</param>
    public static void AddRow(DependencySets sets, int row) => sets.AddRow(row);

    /// <summary>A row for each element of an output.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="rows">The sets of the elements.</param>
    public static void AddRows(DependencySets sets, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) sets.AddRow(row);
    }

    /// <summary>The pattern of the rows that were added.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="mode">Whether columns or rows are computed together, or what takes fewer sweeps.</param>
    /// <returns>The pattern.</returns>
    public static SparsePattern Pattern(DependencySets sets, int columnCount, DiffMode mode) => sets._rows.Build(columnCount, mode);

    private int Union(int a, int b)
    {
        if (a == b || b == 0) return a;
        if (a == 0) return b;
        if (a > b) (a, b) = (b, a);
        ref var known = ref _memo[Mixed(a, b) & (MemoSize - 1)];
        if (known.A == a && known.B == b) return known.Union;
        var union = Merge(a, b);
        known = (a, b, union);
        return union;
    }

    private int Merge(int a, int b)
    {
        if (_nodes[a].Bit < _nodes[b].Bit) (a, b) = (b, a);
        var (large, small) = (_nodes[a], _nodes[b]);
        if (!large.Covers(small.Key)) return Join(a, b);
        if (large.Bit > small.Bit)
        {
            return (small.Key & large.Bit) == 0
                ? Inner(large.Bit, large.Key, Union(large.Left, b), large.Right)
                : Inner(large.Bit, large.Key, large.Left, Union(large.Right, b));
        }

        return large.Bit == 0
            ? Leaf(large.Key, large.Left | small.Left)
            : Inner(large.Bit, large.Key, Union(large.Left, small.Left), Union(large.Right, small.Right));
    }

    /// <summary>The union of two sets whose blocks part at a bit above both.</summary>
    private int Join(int a, int b)
    {
        var (keyOfA, keyOfB) = (_nodes[a].Key, _nodes[b].Key);
        var bit = 1 << BitOperations.Log2((uint)(keyOfA ^ keyOfB));
        var key = keyOfA & -(bit << 1);
        return (keyOfA & bit) == 0 ? Inner(bit, key, a, b) : Inner(bit, key, b, a);
    }

    private int Leaf(int block, int columns) => Find(new Node(0, block, columns, 0));

    private int Inner(int bit, int key, int left, int right) => Find(new Node(bit, key, left, right));

    private int Find(Node node)
    {
        if (_count * 2 > _table.Length) Grow();
        var mask = _table.Length - 1;
        var at = HashOf(node) & mask;
        while (_table[at] != 0)
        {
            if (_nodes[_table[at]] == node) return _table[at];
            at = (at + 1) & mask;
        }

        if (_count == _nodes.Length) Array.Resize(ref _nodes, 2 * _count);
        _nodes[_count] = node;
        return _table[at] = _count++;
    }

    private void Grow()
    {
        _table = new int[2 * _table.Length];
        var mask = _table.Length - 1;
        for (var i = 1; i < _count; i++)
        {
            var at = HashOf(_nodes[i]) & mask;
            while (_table[at] != 0) at = (at + 1) & mask;
            _table[at] = i;
        }
    }

    private static int HashOf(Node node) => Mixed(node.Left, (node.Bit == 0 ? node.Key : node.Right) + node.Bit);

    private static int Mixed(int a, int b)
    {
        var product = (((ulong)(uint)a << 32) | (uint)b) * 0x9E3779B97F4A7C15;
        return (int)(product >> 33);
    }

    private void AddRow(int set)
    {
        AddColumns(set);
        _rows.EndRow();
    }

    private void AddColumns(int set)
    {
        if (set == 0) return;
        var node = _nodes[set];
        if (node.Bit != 0)
        {
            AddColumns(node.Left);
            AddColumns(node.Right);
            return;
        }

        for (var columns = (uint)node.Left; columns != 0; columns &= columns - 1)
        {
            _rows.Add((node.Key << BlockBits) + BitOperations.TrailingZeroCount(columns));
        }
    }

    /// <summary>
    /// A leaf has bit 0, the number of its block as key, and the columns of the block as the bits of <paramref name="Left"/>. An inner node
    /// parts blocks by a bit; its key is what their numbers have in common above it.
    /// </summary>
    private readonly record struct Node(int Bit, int Key, int Left, int Right)
    {
        public bool Covers(int block) => (block & (Bit == 0 ? -1 : -(Bit << 1))) == Key;
    }
}
