using System.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>Writes the C# that runs a reference over flat vectors: <c>Run(x, t)</c> gives the outputs and their tangents, in the order of <see cref="ProbeAdapter"/>.</summary>
internal static class ReferenceAdapter
{
    /// <summary>The namespace of the adapters.</summary>
    public const string Namespace = ReferenceRewriter.Namespace + ".Adapters";

    public static string Write(string className, string target, string typeArguments, MethodShape shape, IEnumerable<ProbePoint> points)
    {
        StringBuilder text = new();
        text.Append("#pragma warning disable\nusing System;\nnamespace ").Append(Namespace).Append(";\npublic static class ").Append(className).Append("\n{\n");
        int number = 0;
        foreach (ProbePoint point in points) WriteRun(text, target, typeArguments, shape, point, number++);
        return text.Append("}\n").ToString();
    }

    private static void WriteRun(StringBuilder text, string target, string typeArguments, MethodShape shape, ProbePoint point, int number)
    {
        text.Append($"    public static double[][] Run_{number}(double[] x_, double[] t_)\n    {{\n");
        string outputs = shape.Result is null ? "" : ".Add(result_)";
        List<string> passed = [];
        int at = 0;
        foreach (ParameterShape p in shape.Parameters)
        {
            string local = "p_" + p.Name;
            string value = p.PassedAs == PassedAs.Out ? "" : point.Arguments[p.Name];
            int length = p.IsBuffer ? ArgumentText.Items(value).Count : 1;
            text.Append("        ").Append(Declaration(p, local, value, at, length, point)).Append('\n');
            if (p.IsInput) at += length;
            if (p.IsOutput) outputs += p.IsBuffer ? $".AddAll({local})" : $".Add({local})";
            passed.Add(p switch
            {
                { PassedAs: PassedAs.Ref } => "ref " + local,
                { PassedAs: PassedAs.Out } => "out " + local,
                { IsTensor: true } =>
                    $"new System.Numerics.Tensors.TensorSpan<{Element(p, point)}>({local}, new nint[] {{ {string.Join(", ", ArgumentText.Lengths(value))} }})",
                _ => local,
            });
        }

        string arguments = typeArguments.Length == 0 ? "" : $"<Dual<{point.Arguments["T"]}>>";
        text.Append("        ").Append(shape.Result is null ? "" : "var result_ = ").Append($"{target}{arguments}({string.Join(", ", passed)});\n");
        text.Append($"        return new FlatOutputs(){outputs}.ToArrays();\n    }}\n");
    }

    private static string Declaration(ParameterShape p, string local, string value, int at, int length, ProbePoint point)
    {
        string number = Number(p, point);
        if (!IsDual(number))
        {
            return p.IsBuffer
                ? $"{number}[] {local} = new {number}[] {{ {string.Join(", ", ArgumentText.Items(value))} }};"
                : $"{p.Type} {local} = ({p.Type})({value});";
        }

        return p switch
        {
            { PassedAs: PassedAs.Out } => $"Dual<{number}> {local};",
            { IsInput: true, IsBuffer: true } => $"Dual<{number}>[] {local} = Flat.Array<{number}>(x_, t_, {at}, {length});",
            { IsInput: true } => $"Dual<{number}> {local} = Flat.Number<{number}>(x_, t_, {at});",
            { IsBuffer: true } =>
                $"Dual<{number}>[] {local} = Flat.Constants<{number}>({string.Join(", ", ArgumentText.Items(value).Select(item => $"({number})({item})"))});",
            _ => $"Dual<{number}> {local} = ({number})({value});",
        };
    }

    private static string Element(ParameterShape p, ProbePoint point) => Number(p, point) is var number && IsDual(number) ? $"Dual<{number}>" : number;

    /// <summary>The type of the number, or of the elements of the buffer, at the point.</summary>
    private static string Number(ParameterShape p, ProbePoint point)
    {
        string type = p.IsBuffer ? ArgumentText.ElementOf(p.Type) : p.Type;
        return type == "T" ? point.Arguments["T"] : type;
    }

    private static bool IsDual(string number) => number is "double" or "float";
}
