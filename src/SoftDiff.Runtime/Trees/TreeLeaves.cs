using System.ComponentModel;

namespace SoftDiff;

/// <summary>The floating-point leaves of parameter trees of one class. Generated code derives from it.</summary>
/// <typeparam name="T">The class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TreeLeaves<T>
    where T : class
{
    /// <summary>The number of leaves: of fields that are numbers, arrays or matrices.</summary>
    public abstract int Count { get; }

    /// <summary>Returns the path of a leaf, as in <c>Encoder.W1</c>.</summary>
    /// <param name="leaf">The number of the leaf.</param>
    /// <returns>The path.</returns>
    public abstract string Path(int leaf);

    /// <summary>Returns the number of rows of a leaf: 1, except for arrays of arrays.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="leaf">The number of the leaf.</param>
    /// <returns>The number of rows.</returns>
    public virtual int Rows(T tree, int leaf) => 1;

    /// <summary>Returns the memory of a leaf with numbers in double precision; nothing for another leaf.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="leaf">The number of the leaf.</param>
    /// <param name="row">The row.</param>
    /// <returns>The numbers.</returns>
    public virtual Span<double> Doubles(T tree, int leaf, int row) => default;

    /// <summary>Returns the memory of a leaf with numbers in single precision; nothing for another leaf.</summary>
    /// <inheritdoc cref="Doubles"/>
    public virtual Span<float> Singles(T tree, int leaf, int row) => default;

    /// <summary>Returns a copy of the objects of a tree, with zeros at all leaves. Other members are the same.</summary>
    /// <param name="tree">The object.</param>
    /// <returns>The copy.</returns>
    public abstract T ZerosLike(T tree);
}
