namespace SoftDiff.Generator.Tests.Harness;

/// <summary>Matrices and arrays of arrays with the elements of an array, compiled once beside the adapters that pass them.</summary>
internal static class ContainerSupport
{
    public const string Source = """
        namespace SoftDiff.Probes.Adapters
        {
            using System;

            /// <summary>Containers with the elements of an array.</summary>
            public static class Container
            {
                public static T[,] Of<T>(T[] from, int rows, int columns)
                {
                    T[,] matrix = new T[rows, columns];
                    for (int i = 0; i < from.Length; i++) matrix[i / columns, i % columns] = from[i];
                    return matrix;
                }

                public static T[,,] Of<T>(T[] from, int layers, int rows, int columns)
                {
                    T[,,] block = new T[layers, rows, columns];
                    for (int i = 0; i < from.Length; i++) block[i / columns / rows, i / columns % rows, i % columns] = from[i];
                    return block;
                }

                public static T[][] Rows<T>(T[] from, params int[] lengths)
                {
                    T[][] rows = new T[lengths.Length][];
                    int next = 0;
                    for (int i = 0; i < rows.Length; i++)
                    {
                        rows[i] = new T[lengths[i]];
                        for (int j = 0; j < lengths[i]; j++) rows[i][j] = from[next++];
                    }

                    return rows;
                }

                public static void Back<T>(Array from, T[] to)
                {
                    int next = 0;
                    Back(from, to, ref next);
                }

                private static void Back<T>(Array from, T[] to, ref int next)
                {
                    foreach (object value in from)
                    {
                        if (value is Array row) Back(row, to, ref next);
                        else to[next++] = (T)value;
                    }
                }
            }
        }
        """;
}
