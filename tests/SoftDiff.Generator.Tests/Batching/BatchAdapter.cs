using System.Text;
using System.Text.RegularExpressions;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>
/// Writes the C# that runs a method in a loop over examples and its batch once, and compares everything that both were given: what they wrote, and what they
/// had to leave as it was. The examples of a point are its arguments, scaled a little differently for each.
/// </summary>
internal static class BatchAdapter
{
    /// <summary>Examples, calls and comparisons, compiled once beside the adapters.</summary>
    public const string Support = """
        #nullable enable
        namespace SoftDiff.Probes.Adapters
        {
            using System;

            public static class Examples
            {
                public static T[] Of<T>(T[] one, int batch)
                {
                    T[] all = new T[one.Length * batch];
                    for (int i = 0; i < all.Length; i++)
                    {
                        T value = one[i % one.Length];
                        double scale = 1 + i / one.Length / 1024d;
                        all[i] = value is double number ? (T)(object)(number * scale) : value is float single ? (T)(object)(float)(single * scale) : value;
                    }

                    return all;
                }

                public static T[] Row<T>(T[] all, int example, int length) => all.AsSpan(example * length, length).ToArray();

                public static void Put<T>(T[] row, T[] all, int example) => row.CopyTo(all, example * row.Length);

                public static Exception? Thrown(Action action)
                {
                    try
                    {
                        action();
                        return null;
                    }
                    catch (Exception exception)
                    {
                        return exception;
                    }
                }

                public static string? Compare(Exception? loop, Exception? batch, params (string Name, Array Loop, Array Batch)[] arrays)
                {
                    if (loop?.GetType() != batch?.GetType()) return $"the loop throws {loop?.Message ?? "nothing"}, the batch {batch?.ToString() ?? "nothing"}";
                    if (loop is not null) return null;
                    foreach ((string name, Array one, Array other) in arrays)
                    {
                        for (int i = 0; i < one.Length; i++)
                        {
                            if (!Same(one.GetValue(i), other.GetValue(i))) return $"{name}[{i}] is {other.GetValue(i):R}, the loop gives {one.GetValue(i):R}";
                        }
                    }

                    return null;
                }

                private static bool Same(object? one, object? other) => (one, other) switch
                {
                    (double a, double b) => double.IsNaN(a) ? double.IsNaN(b) : BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
                    (float a, float b) => float.IsNaN(a) ? float.IsNaN(b) : BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b),
                    _ => Equals(one, other),
                };
            }
        }
        """;

    /// <param name="name">The name of the class and of its methods, which end in the number of the point.</param>
    /// <param name="method">How the method is called, up to the opening parenthesis.</param>
    /// <param name="batch">How its batch is called, up to the opening parenthesis.</param>
    /// <param name="counts">The numbers of examples that the batch is given, of the outer batch first, in terms of <c>batch</c>.</param>
    public static string Write(string name, string method, string batch, string[] counts, MethodShape shape, IEnumerable<ProbePoint> points)
    {
        StringBuilder text = new();
        text.Append($"#nullable enable\n#pragma warning disable\nnamespace {ProbeAdapter.Namespace}\n{{\n    using System;\n\n");
        text.Append($"    public static class {name}\n    {{\n");
        foreach ((int number, ProbePoint point) in points.Index())
        {
            WritePoint(text, number, method, batch, counts, shape, point);
        }

        return text.Append("    }\n}\n").ToString();
    }

    private static void WritePoint(StringBuilder text, int number, string method, string batch, string[] counts, MethodShape shape, ProbePoint point)
    {
        Line($"public static string? Run_{number}(int batch)");
        Line("{");
        Line($"    int examples = {string.Join(" * ", counts)};");
        List<string> compared = [], passedOne = [], passedAll = [.. counts];
        foreach (ParameterShape p in shape.Parameters)
        {
            string type = Concrete(p.IsBuffer ? ArgumentText.ElementOf(p.Type) : p.Type, point);
            string argument = p.PassedAs == PassedAs.Out ? "default" : point.Arguments[p.Name];
            IEnumerable<string> items = p.IsBuffer ? ArgumentText.Items(argument) : [argument];
            Line($"    {type}[] one_{p.Name} = new {type}[] {{ {string.Join(", ", items.Select(item => $"({type})({item})"))} }};");
            Line($"    {type}[] loop_{p.Name} = Examples.Of(one_{p.Name}, examples), all_{p.Name} = Examples.Of(one_{p.Name}, examples);");
            compared.Add($"(\"{p.Name}\", loop_{p.Name}, all_{p.Name})");
            passedOne.Add(p switch
            {
                { IsTensor: true } => Tensor(p, "row_" + p.Name, type, ""),
                { IsBuffer: true } => "row_" + p.Name,
                _ => (p.PassedAs is PassedAs.Ref ? "ref " : p.PassedAs is PassedAs.Out ? "out " : "") + $"row_{p.Name}[0]",
            });
            passedAll.Add(p.IsTensor ? Tensor(p, "all_" + p.Name, type, string.Join(", ", counts) + ", ") : "all_" + p.Name);
        }

        string call = $"{Concrete(method, point)}({string.Join(", ", passedOne)})";
        if (shape.Result is { } result)
        {
            string type = Concrete(result, point);
            Line($"    {type}[] loop_values = new {type}[examples], all_values = new {type}[examples];");
            compared.Add("(\"values\", loop_values, all_values)");
            passedAll.Add("all_values");
            call = "loop_values[example] = " + call;
        }

        Line("    Exception? loop = Examples.Thrown(() =>");
        Line("    {");
        Line("        for (int example = 0; example < examples; example++)");
        Line("        {");
        foreach (ParameterShape p in shape.Parameters) Line($"            var row_{p.Name} = Examples.Row(loop_{p.Name}, example, one_{p.Name}.Length);");
        Line($"            {call};");
        foreach (ParameterShape p in shape.Parameters) Line($"            Examples.Put(row_{p.Name}, loop_{p.Name}, example);");
        Line("        }");
        Line("    });");
        Line($"    Exception? whole = Examples.Thrown(() => {Concrete(batch, point)}({string.Join(", ", passedAll)}));");
        Line($"    return Examples.Compare(loop, whole, {string.Join(", ", compared)});");
        Line("}");

        void Line(string line) => text.Append("        ").Append(line).Append('\n');

        string Tensor(ParameterShape p, string buffer, string element, string leading)
        {
            string lengths = string.Join(", ", ArgumentText.Lengths(point.Arguments[p.Name]));
            return $"new global::System.Numerics.Tensors.TensorSpan<{element}>({buffer}, new nint[] {{ {leading}{lengths} }})";
        }
    }

    /// <summary>The text with the point's type arguments in place of type parameters.</summary>
    public static string Concrete(string text, ProbePoint point) => point.Arguments.Aggregate(
        text, (current, argument) => Regex.Replace(current, $@"(?<![\w.@]){Regex.Escape(argument.Key)}(?!\w)(?=>|\[|,|$)", argument.Value));
}
