using System.Globalization;
using System.Text;
using SoftDiff.Generator.Tests.Batching;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Sparsity;

/// <summary>
/// Writes the C# that computes the sparse and the dense Jacobian of a method at each of its points and compares them, and what both left in
/// the arguments.
/// </summary>
internal static class SparseAdapter
{
    /// <summary>Comparisons, compiled once beside the adapters.</summary>
    public const string Support = """
        #nullable enable
        namespace SoftDiff.Probes.Adapters
        {
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Numerics;

            public static class Matrices
            {
                public static T[] Dense<T>(SparseMatrix<T> sparse) where T : INumberBase<T> => new T[sparse.Rows * sparse.ColumnCount];

                public static string? Compare<T>(SparseMatrix<T> sparse, T[] dense, double tolerance, params (string Name, Array Sparse, Array Dense)[] arrays)
                    where T : INumberBase<T>
                {
                    T[] values = sparse.ToDense();
                    for (int i = 0; i < dense.Length; i++)
                    {
                        if (!IsNear(double.CreateChecked(values[i]), double.CreateChecked(dense[i]), tolerance))
                        {
                            return $"({i / sparse.ColumnCount}, {i % sparse.ColumnCount}) is {values[i]}, the dense Jacobian has {dense[i]}";
                        }
                    }

                    foreach ((string name, Array one, Array other) in arrays)
                    {
                        foreach (((object? a, object? b), int i) in Flat(one).Zip(Flat(other)).Select((pair, i) => (pair, i)))
                        {
                            bool isNumber = a is double or float;
                            if (isNumber ? !IsNear(Convert.ToDouble(a), Convert.ToDouble(b), tolerance) : !Equals(a, b)) return $"{name}[{i}] is {a}, the method leaves {b}";
                        }
                    }

                    return null;
                }

                private static IEnumerable<object?> Flat(Array array) => array.Cast<object?>().SelectMany(item => item is Array row ? Flat(row) : [item]);

                private static bool IsNear(double a, double b, double tolerance) =>
                    a.Equals(b) || Math.Abs(a - b) <= tolerance * (1 + Math.Abs(b));
            }
        }
        """;

    /// <param name="name">The name of the class.</param>
    /// <param name="method">How the method is called, up to the end of its name.</param>
    /// <param name="types">Its type parameters in angle brackets, or nothing.</param>
    /// <param name="shape">Its parameters.</param>
    /// <param name="probe">The probe.</param>
    public static string Write(string name, string method, string types, MethodShape shape, Probe probe)
    {
        StringBuilder text = new();
        text.Append($"#nullable enable\n#pragma warning disable\nnamespace {ProbeAdapter.Namespace}\n{{\n    using System;\n\n");
        text.Append($"    public static class {name}\n    {{\n");
        foreach ((int number, ProbePoint point) in probe.Points.Index()) WritePoint(text, number, method, types, shape, point, probe.Single ? 1e-5 : 1e-13);
        return text.Append("    }\n}\n").ToString();
    }

    private static void WritePoint(StringBuilder text, int number, string method, string types, MethodShape shape, ProbePoint point, double tolerance)
    {
        string[] runs = ["sparse", "dense", "plain"];
        Line($"public static string? Run_{number}()");
        Line("{");
        foreach (ParameterShape p in shape.Parameters)
        {
            string type = BatchAdapter.Concrete(p.IsBuffer ? ArgumentText.ElementOf(p.Type) : p.Type, point);
            string argument = p.PassedAs == PassedAs.Out ? "default" : point.Arguments[p.Name];
            IEnumerable<string> items = p.IsBuffer ? ArgumentText.Items(argument) : [argument];
            string array = $"new {type}[] {{ {string.Join(", ", items.Select(item => $"({type})({item})"))} }}";
            if (p.IsContainer) array = ArgumentText.Container(p, array, argument);
            foreach (string run in runs) Line($"    var {run}_{p.Name} = {array};");
        }

        Line("    string? difference = null;");
        Line("    Exception? thrown = Examples.Thrown(() =>");
        Line("    {");
        Line($"        var matrix = {Call("Sparse", "sparse")});");
        Line("        var dense = Matrices.Dense(matrix);");
        Line($"        {Call("Dense", "dense")}{(shape.Parameters.IsEmpty ? "" : ", ")}dense);");
        string compared = string.Concat(shape.Parameters.Select(p => $", (\"{p.Name}\", sparse_{p.Name}, plain_{p.Name})"));
        Line($"        {Call("", "plain")});");
        Line($"        difference = Matrices.Compare(matrix, dense, {tolerance.ToString("R", CultureInfo.InvariantCulture)}{compared});");
        Line("    });");
        Line($"    Exception? expected = Examples.Thrown(() => {Call("", "plain")}));");
        Line("    if (thrown?.GetType() != expected?.GetType()) return $\"it throws {thrown?.ToString() ?? \"nothing\"}, the method {expected?.Message ?? \"nothing\"}\";");
        Line("    return difference;");
        Line("}");

        void Line(string line) => text.Append("        ").Append(line).Append('\n');

        string Call(string suffix, string run) =>
            BatchAdapter.Concrete(method + suffix + types, point) + "(" + string.Join(", ", shape.Parameters.Select(p => Passed(p, run + "_" + p.Name)));

        string Passed(ParameterShape p, string array) => p switch
        {
            { IsTensor: true } => $"new global::System.Numerics.Tensors.TensorSpan<{BatchAdapter.Concrete(ArgumentText.ElementOf(p.Type), point)}>({array}, "
                + $"new nint[] {{ {string.Join(", ", ArgumentText.Lengths(point.Arguments[p.Name]))} }})",
            { IsBuffer: true } => array,
            _ => (p.PassedAs is PassedAs.Ref ? "ref " : p.PassedAs is PassedAs.Out ? "out " : "") + array + "[0]",
        };
    }
}
