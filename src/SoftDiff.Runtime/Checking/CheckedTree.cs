using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SoftDiff;

/// <summary>The floating-point leaves of an object, with their paths. Copies of the object can be made with other numbers.</summary>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
internal sealed class CheckedTree
{
    public const string Reason = "The check finds the numbers of an object by reflection over its fields.";

    private readonly object _root;
    private readonly Type _type;

    private CheckedTree(object root, Type type, string name)
    {
        (_root, _type) = (root, type);
        var leaves = new List<(string Path, double Number)>();
        _ = new Walk((path, number) =>
        {
            leaves.Add((path!, number));
            return number;
        }).Copy(type, root, name);
        Paths = [.. leaves.Select(leaf => leaf.Path)];
        Numbers = [.. leaves.Select(leaf => leaf.Number)];
    }

    /// <summary>The paths of the leaves in the order of their declaration; elements of arrays are in row-major order.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>The numbers of the leaves, in the order of <see cref="Paths"/>.</summary>
    public ImmutableArray<double> Numbers { get; }

    /// <summary>Reads the leaves of the type <typeparamref name="T"/>; those that a derived class adds are constants.</summary>
    /// <exception cref="ArgumentException">An object occurs twice in the tree.</exception>
    public static CheckedTree Read<T>(T root, string name)
        where T : notnull => new(root, typeof(T), name);

    /// <summary>A copy with these numbers at the leaves. Everything that is no leaf is as in the tree.</summary>
    public T Copy<T>(double[] numbers)
    {
        var next = 0;
        return (T)new Walk((_, _) => numbers[next++]).Copy(_type, _root, path: null)!;
    }

    /// <summary>Throws if the leaves of the other tree have other paths.</summary>
    /// <exception cref="ArgumentException">The shapes differ; the message names the first path that only one of them has.</exception>
    public void RequireShapeOf(CheckedTree gradient)
    {
        if (Paths.Except(gradient.Paths).FirstOrDefault() is { } missing)
        {
            throw new ArgumentException($"The gradient does not have the shape of the point: it has no '{missing}'.", nameof(gradient));
        }

        if (gradient.Paths.Except(Paths).FirstOrDefault() is { } added)
        {
            throw new ArgumentException($"The gradient does not have the shape of the point, which has no '{added}'.", nameof(gradient));
        }
    }

    /// <summary>
    /// One copy of a tree, which takes the number of each leaf from a function of its path and old number. Paths cost time, so
    /// without a path of the root there are none; then the tree has been read before, and the function needs no old number.
    /// </summary>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    private sealed class Walk(Func<string?, double, double> leaf)
    {
        private readonly Dictionary<object, string> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Type, FieldInfo[]> _fields = [];

        public object? Copy(Type type, object? node, string? path)
        {
            switch (node)
            {
                case null: return null;
                case double number: return leaf(path, number);
                case float number: return (float)leaf(path, number);
            }

            if (!FloatingPointFields.Exist(type)) return node;
            if (path is not null && !type.IsValueType && !_seen.TryAdd(node, path))
            {
                throw new ArgumentException($"'{path}' and '{_seen[node]}' are one object; every part needs an object of its own.");
            }

            return node is Array array
                ? Elements(array, type.GetElementType()!, path)
                : Fields(node, Nullable.GetUnderlyingType(type) ?? type, path);
        }

        private Array Elements(Array array, Type element, string? path)
        {
            var copy = (Array)array.Clone();
            if (path is null && element == typeof(double))
            {
                var numbers = new double[array.Length];
                for (var i = 0; i < numbers.Length; i++) numbers[i] = leaf(null, 0);
                Buffer.BlockCopy(numbers, 0, copy, 0, Buffer.ByteLength(numbers));
                return copy;
            }

            var at = new int[array.Rank];
            for (var count = array.Length; count > 0; count--)
            {
                copy.SetValue(Copy(element, array.GetValue(at), path is null ? null : $"{path}[{string.Join(", ", at)}]"), at);
                for (var k = at.Length - 1; k >= 0 && ++at[k] == array.GetLength(k); k--) at[k] = 0;
            }

            return copy;
        }

        // A clone keeps the members that are no leaves, and those of derived classes.
        private object Fields(object node, Type type, string? path)
        {
            if (path is not null) FloatingPointFields.RequireSeparate(type, path);
            if (!_fields.TryGetValue(type, out var fields)) _fields.Add(type, fields = [.. FloatingPointFields.Of(type)]);
            var copy = Clone(node);
            foreach (var field in fields)
            {
                var at = path is null ? null : $"{path}.{FloatingPointFields.Name(field)}";
                field.SetValue(copy, Copy(field.FieldType, field.GetValue(node), at));
            }

            return copy;
        }

        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
        private static extern object Clone(object node);
    }
}
