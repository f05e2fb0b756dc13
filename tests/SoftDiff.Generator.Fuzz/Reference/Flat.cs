using System.Reflection;

namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>
/// Reads dual numbers from flat vectors of values and tangents, in the order of the fields of what holds them.
/// </summary>
public static class Flat
{
    /// <summary>Other numbers in the place of those of a value: a number, a value type with numbers inside, or an array of such.</summary>
    public static T Read<T>(T value, double[] values, double[] tangents, ref int at) => (T)Read((object)value!, values, tangents, ref at);

    public static T[,] Matrix<T>(T[] from, int rows, int columns)
    {
        T[,] matrix = new T[rows, columns];
        for (int i = 0; i < from.Length; i++) matrix[i / columns, i % columns] = from[i];
        return matrix;
    }

    public static T[][] Rows<T>(T[] from, params int[] lengths)
    {
        T[][] rows = new T[lengths.Length][];
        int start = 0;
        for (int i = 0; i < rows.Length; start += lengths[i++]) rows[i] = from[start..(start + lengths[i])];
        return rows;
    }

    private static object Read(object value, double[] values, double[] tangents, ref int at)
    {
        if (value is Array array)
        {
            for (int i = 0; i < array.Length; i++) array.SetValue(Read(array.GetValue(i)!, values, tangents, ref at), i);
            return array;
        }

        if (value is IDual dual) return dual.Replaced(values[at], tangents[at++]);
        foreach (FieldInfo field in Trees.Fields(value)) field.SetValue(value, Read(field.GetValue(value)!, values, tangents, ref at));
        return value;
    }
}

/// <summary>Writes the outputs of a reference run to two flat vectors.</summary>
public sealed class FlatOutputs
{
    private readonly List<double> _values = [];
    private readonly List<double> _tangents = [];

    /// <summary>Adds the numbers of a value: of the fields of a value type, or of the elements of arrays.</summary>
    public FlatOutputs Add(object value)
    {
        if (value is IDual dual)
        {
            _values.Add(dual.Wide);
            _tangents.Add(dual.Tangent);
        }
        else if (value is Array array)
        {
            foreach (object element in array) Add(element);
        }
        else
        {
            foreach (FieldInfo field in Trees.Fields(value)) Add(field.GetValue(value)!);
        }

        return this;
    }

    public double[][] ToArrays() => [[.. _values], [.. _tangents]];
}

/// <summary>Value types with numbers inside.</summary>
internal static class Trees
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The fields of a value type; those of other types hold no numbers that take part.</summary>
    public static FieldInfo[] Fields(object? value) =>
        value?.GetType() is { IsValueType: true, IsPrimitive: false, IsEnum: false } type ? type.GetFields(Instance) : [];
}
