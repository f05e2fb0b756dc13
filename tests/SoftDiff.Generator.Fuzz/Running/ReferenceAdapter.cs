using System.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>
/// Writes the C# that runs a reference over flat vectors, in the order of <see cref="ProbeAdapter"/>: <c>X()</c> the inputs of a point, and
/// <c>Run(x, t)</c> the outputs and their tangents.
/// </summary>
internal static class ReferenceAdapter
{
    /// <summary>The namespace of the adapters.</summary>
    public const string Namespace = ReferenceRewriter.Namespace + ".Adapters";

    private const string Tensors = "System.Numerics.Tensors.";

    public static string Write(string className, string target, string typeArguments, MethodShape shape, IEnumerable<ProbePoint> points)
    {
        StringBuilder text = new();
        string type = target[..target.LastIndexOf('.')], space = type[..type.LastIndexOf('.')];
        text.Append("#pragma warning disable\nusing System;\nusing System.Collections.Generic;\nusing ").Append(space)
            .Append(";\nusing static ").Append(type).Append(";\nnamespace ").Append(Namespace).Append(";\npublic static class ")
            .Append(className).Append("\n{\n");
        int number = 0;
        foreach (ProbePoint point in points)
        {
            WriteInputs(text, shape, point, number);
            WriteRun(text, target, typeArguments, shape, point, number++);
        }

        return text.Append("}\n").ToString();
    }

    private static void WriteInputs(StringBuilder text, MethodShape shape, ProbePoint point, int number)
    {
        IEnumerable<string> added =
            from p in shape.Parameters
            where p.IsInput
            from item in p.IsBuffer ? ArgumentText.Items(point.Arguments[p.Name]) : [point.Arguments[p.Name]]
            select $".Add({Constant(p, item, point)})";
        text.Append($"    public static double[] X_{number}() => new FlatOutputs(){string.Concat(added)}.ToArrays()[0];\n\n");
    }

    private static void WriteRun(StringBuilder text, string target, string typeArguments, MethodShape shape, ProbePoint point, int number)
    {
        text.Append($"    public static double[][] Run_{number}(double[] x_, double[] t_)\n    {{\n        int at_ = 0;\n");
        string outputs = shape.Result is null ? "" : ".Add(result_)";
        List<string> passed = [];
        foreach (ParameterShape p in shape.Parameters)
        {
            string local = "p_" + p.Name;
            text.Append("        ").Append(Declaration(p, local, point)).Append('\n');
            if (p.IsOutput) outputs += $".Add({local})";
            passed.Add(p switch
            {
                { PassedAs: PassedAs.Ref } => "ref " + local,
                { PassedAs: PassedAs.Out } => "out " + local,
                { IsTensor: true } => $"new {Tensors}TensorSpan<{Element(p, point)}>({local}, {Shape(point.Arguments[p.Name])})",
                _ => local,
            });
        }

        bool isInstance = Receiver.Has(shape);
        if (isInstance) (target, passed) = ($"p_{Receiver.Name}.{shape.Name}", passed[1..]);
        string arguments = typeArguments.Length == 0 ? "" : $"<Dual<{point.Arguments["T"]}>>";
        text.Append("        ").Append(shape.Result is null ? "" : "var result_ = ")
            .Append($"{target}{arguments}({string.Join(", ", passed)});\n");
        text.Append($"        return new FlatOutputs(){outputs}.ToArrays();\n    }}\n\n");
    }

    private static string Declaration(ParameterShape p, string local, ProbePoint point)
    {
        string element = Element(p, point);
        if (p.PassedAs == PassedAs.Out) return $"{element} {local};";
        string argument = point.Arguments[p.Name];
        string Given(string constant) => p.IsInput ? $"Flat.Read({constant}, x_, t_, ref at_)" : constant;
        if (!p.IsBuffer) return $"{element} {local} = {Given(Constant(p, argument, point))};";
        IEnumerable<string> items = ArgumentText.Items(argument).Select(item => Constant(p, item, point));
        string array = Given($"new {element}[] {{ {string.Join(", ", items)} }}");
        return $"var {local} = {p.PassedAs switch
        {
            PassedAs.Matrix => $"Flat.Matrix({array}, {string.Join(", ", ArgumentText.Lengths(argument))})",
            PassedAs.Jagged => $"Flat.Rows({string.Join(", ", ArgumentText.RowLengths(argument).Select(length => $"{length}").Prepend(array))})",
            _ => array,
        }};";
    }

    private static string Shape(string value) => $"new nint[] {{ {string.Join(", ", ArgumentText.Lengths(value))} }}";

    /// <summary>The value that the text of the point states.</summary>
    private static string Constant(ParameterShape p, string text, ProbePoint point) =>
        Number(p, point) is "double" or "float" ? $"({Element(p, point)})({Number(p, point)})({text})"
            : $"({Element(p, point)})({ReferenceRewriter.OfExpression(text)})";

    /// <summary>The type of the argument, or of the elements of the buffer, in the reference.</summary>
    private static string Element(ParameterShape p, ProbePoint point) => ReferenceRewriter.OfExpression(Number(p, point))
        .Replace($"global::{Subjects.Namespace}.", $"global::{ReferenceRewriter.Namespace}.", StringComparison.Ordinal);

    /// <summary>The type of the number, or of the elements of the buffer, at the point.</summary>
    private static string Number(ParameterShape p, ProbePoint point)
    {
        string type = p.Element ?? (p.IsBuffer ? ArgumentText.ElementOf(p.Type) : p.Type);
        return type == "T" ? point.Arguments["T"] : type;
    }
}
