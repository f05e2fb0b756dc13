using System.ComponentModel;

namespace SoftDiff;

/// <summary>
/// Arithmetic on the floating-point numbers of objects: what an optimiser does with a model and its gradient.
/// </summary>
/// <remarks>
/// The numbers are those by which a method with <c>[Differentiable(Wrt = ["model"])]</c> is differentiated: fields and properties, arrays, matrices, and those of
/// the objects inside, also private ones. SoftDiff writes the code that finds them for each class that is the type of such a parameter; there is no reflection.
/// Two trees must have arrays of the same lengths. Numbers in single precision are computed in double precision and rounded.
/// </remarks>
public static partial class ParameterTree
{
    /// <summary>Returns how many numbers a tree has.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object.</param>
    /// <returns>The number of numbers.</returns>
    public static int Count<T>(T tree)
        where T : class
    {
        var count = 0;
        Visit(tree, (Span<double> leaf) => count += leaf.Length, (Span<float> leaf) => count += leaf.Length);
        return count;
    }

    /// <summary>Returns the Euclidean norm of all numbers.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object.</param>
    /// <returns>The norm.</returns>
    public static double Norm<T>(T tree)
        where T : class => Math.Sqrt(Dot(tree, tree));

    /// <summary>Returns the sum of the products of numbers at the same place.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The one object.</param>
    /// <param name="other">The other object, which may be the same.</param>
    /// <returns>The inner product.</returns>
    /// <exception cref="ArgumentException">The shapes differ; the message names the path.</exception>
    public static double Dot<T>(T tree, T other)
        where T : class
    {
        var sum = 0.0;
        Zip(tree, other, (ref double number, double second) => sum += number * second);
        return sum;
    }

    /// <summary>Sets all numbers to zero.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object.</param>
    public static void Zero<T>(T tree)
        where T : class => Visit(tree, (Span<double> leaf) => leaf.Clear(), (Span<float> leaf) => leaf.Clear());

    /// <summary>Multiplies all numbers by a factor.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object.</param>
    /// <param name="factor">The factor.</param>
    public static void Scale<T>(T tree, double factor)
        where T : class => Apply(tree, (ref double number) => number *= factor);

    /// <summary>Adds a multiple of another tree.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object whose numbers change.</param>
    /// <param name="other">What is added.</param>
    /// <param name="factor">What it is multiplied by.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names the path.</exception>
    public static void Add<T>(T tree, T other, double factor = 1)
        where T : class => Zip(tree, other, (ref double number, double second) => number += factor * second);

    /// <summary>Copies all numbers from one tree to another.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="source">The object that is read.</param>
    /// <param name="destination">The object whose numbers change.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names the path.</exception>
    public static void Copy<T>(T source, T destination)
        where T : class => Zip(destination, source, (ref double number, double second) => number = second);

    /// <summary>Scales a gradient down to a norm, if its norm is larger.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="gradient">The object whose numbers change.</param>
    /// <param name="maximum">The largest norm.</param>
    /// <returns>The norm before.</returns>
    public static double ClipByNorm<T>(T gradient, double maximum)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
        var norm = Norm(gradient);
        if (norm > maximum) Scale(gradient, maximum / norm);
        return norm;
    }

    /// <summary>Makes an object of the same shape with zeros: a gradient, or what an optimiser remembers.</summary>
    /// <remarks>No constructor runs. Members that are no numbers are those of <paramref name="tree"/>.</remarks>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object.</param>
    /// <returns>The new object.</returns>
    public static T ZerosLike<T>(T tree)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(tree);
        return LeavesOf<T>().ZerosLike(tree);
    }

    /// <summary>Makes the leaves of a class known. Generated code calls it.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="leaves">Its leaves.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Register<T>(TreeLeaves<T> leaves)
        where T : class => Known<T>.Leaves = leaves;

    private static TreeLeaves<T> LeavesOf<T>()
        where T : class => Known<T>.Leaves ?? throw new InvalidOperationException(
            $"The numbers of '{typeof(T)}' are not known: use it as a parameter that Wrt of a [Differentiable] method names, and let it be internal or public and not generic.");

    private static void Visit<T>(T tree, LeafAction<double> doubles, LeafAction<float> singles)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(tree);
        var leaves = LeavesOf<T>();
        for (var leaf = 0; leaf < leaves.Count; leaf++)
        {
            for (var row = 0; row < leaves.Rows(tree, leaf); row++)
            {
                doubles(leaves.Doubles(tree, leaf, row));
                singles(leaves.Singles(tree, leaf, row));
            }
        }
    }

    private delegate void LeafAction<TNumber>(Span<TNumber> leaf);

    private static class Known<T>
        where T : class
    {
        public static TreeLeaves<T>? Leaves { get; set; }
    }
}
