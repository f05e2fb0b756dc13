using System.Globalization;

namespace SoftDiff;

/// <summary>Changes a number of a parameter tree.</summary>
/// <param name="number">The number.</param>
public delegate void NumberUpdate(ref double number);

/// <summary>Changes a number of a parameter tree by the number at the same place of another one.</summary>
/// <param name="number">The number.</param>
/// <param name="second">The number of the other tree, say of the gradient.</param>
public delegate void PairUpdate(ref double number, double second);

/// <summary>Changes a number of a parameter tree, and one that an optimiser remembers for it.</summary>
/// <param name="number">The number.</param>
/// <param name="second">The number of the second tree, say of the gradient.</param>
/// <param name="third">The number of the third tree, say a momentum.</param>
public delegate void TripleUpdate(ref double number, double second, ref double third);

/// <summary>Changes a number of a parameter tree, and two that an optimiser remembers for it.</summary>
/// <param name="number">The number.</param>
/// <param name="second">The number of the second tree, say of the gradient.</param>
/// <param name="third">The number of the third tree, say a mean.</param>
/// <param name="fourth">The number of the fourth tree, say a mean of squares.</param>
public delegate void QuadrupleUpdate(ref double number, double second, ref double third, ref double fourth);

// Loops over the numbers of one or more trees.
public static partial class ParameterTree
{
    /// <summary>Changes each number.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object.</param>
    /// <param name="update">What is done with each number.</param>
    public static void Apply<T>(T tree, NumberUpdate update)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(tree);
        ForEach(tree, null, null, null, (ref double number, double _, ref double _, ref double _) => update(ref number));
    }

    /// <summary>Changes each number of a tree by the number at the same place of another: a step of gradient descent.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object whose numbers change.</param>
    /// <param name="second">The object whose numbers are read.</param>
    /// <param name="update">What is done with each pair.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names the path.</exception>
    public static void Zip<T>(T tree, T second, PairUpdate update)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(second);
        ForEach(tree, second, null, null, (ref double number, double other, ref double _, ref double _) => update(ref number, other));
    }

    /// <summary>Changes the numbers of a tree and of what an optimiser remembers: a step with momentum.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object whose numbers change.</param>
    /// <param name="second">The object whose numbers are read.</param>
    /// <param name="third">An object whose numbers change too.</param>
    /// <param name="update">What is done with the numbers at each place.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names the path.</exception>
    public static void Zip<T>(T tree, T second, T third, TripleUpdate update)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(third);
        ForEach(tree, second, third, null, (ref double number, double other, ref double remembered, ref double _) => update(ref number, other, ref remembered));
    }

    /// <summary>Changes the numbers of a tree and of what an optimiser remembers: a step of Adam.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="tree">The object whose numbers change.</param>
    /// <param name="second">The object whose numbers are read.</param>
    /// <param name="third">An object whose numbers change too.</param>
    /// <param name="fourth">Another one.</param>
    /// <param name="update">What is done with the numbers at each place.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names the path.</exception>
    public static void Zip<T>(T tree, T second, T third, T fourth, QuadrupleUpdate update)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(third);
        ArgumentNullException.ThrowIfNull(fourth);
        ForEach(tree, second, third, fourth, update);
    }

    /// <summary>
    /// Hands the numbers at each place to an action. The second tree is only read; the third and fourth may be missing.
    /// </summary>
    private static void ForEach<T>(T first, T? second, T? third, T? fourth, QuadrupleUpdate update)
        where T : class
    {
        var leaves = LeavesOf<T>();
        for (var leaf = 0; leaf < leaves.Count; leaf++)
        {
            var rows = leaves.Rows(first, leaf);
            RequireRows(second);
            RequireRows(third);
            RequireRows(fourth);
            for (var row = 0; row < rows; row++)
            {
                Update(leaves.Doubles(first, leaf, row), Doubles(second), Doubles(third), Doubles(fourth), update);
                Update(leaves.Singles(first, leaf, row), Singles(second), Singles(third), Singles(fourth), update);

                Span<double> Doubles(T? tree) => tree is null ? default : RequireLength(leaves.Doubles(tree, leaf, row), leaves.Doubles(first, leaf, row).Length, row);
                Span<float> Singles(T? tree) => tree is null ? default : RequireLength(leaves.Singles(tree, leaf, row), leaves.Singles(first, leaf, row).Length, row);
            }

            void RequireRows(T? tree)
            {
                if (tree is not null && leaves.Rows(tree, leaf) != rows) ThrowShape(Nodes.List(leaves.Path(leaf)), leaves.Rows(tree, leaf), rows);
            }

            Span<TNumber> RequireLength<TNumber>(Span<TNumber> numbers, int expected, int row)
            {
                if (numbers.Length != expected) ThrowShape(rows == 1 ? leaves.Path(leaf) : Nodes.Name(leaves.Path(leaf), row), numbers.Length, expected);
                return numbers;
            }
        }
    }

    private static void Update<TNumber>(
        Span<TNumber> first, ReadOnlySpan<TNumber> second, Span<TNumber> third, Span<TNumber> fourth, QuadrupleUpdate update)
        where TNumber : IBinaryFloatingPointIeee754<TNumber>
    {
        for (var i = 0; i < first.Length; i++)
        {
            var number = double.CreateChecked(first[i]);
            var (remembered, other) = (third.IsEmpty ? 0 : double.CreateChecked(third[i]), fourth.IsEmpty ? 0 : double.CreateChecked(fourth[i]));
            update(ref number, second.IsEmpty ? 0 : double.CreateChecked(second[i]), ref remembered, ref other);
            first[i] = TNumber.CreateChecked(number);
            if (!third.IsEmpty) third[i] = TNumber.CreateChecked(remembered);
            if (!fourth.IsEmpty) fourth[i] = TNumber.CreateChecked(other);
        }
    }

    private static void ThrowShape(string path, int actual, int expected) => throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"'{path}' has length {actual} in one tree and {expected} in another."));
}
