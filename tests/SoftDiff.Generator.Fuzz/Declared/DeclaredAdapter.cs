using System.Globalization;
using System.Text;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>
/// Writes the C# that calls declared methods by the names of their parameters: each takes the numbers of its parameters and gives what
/// they hold after the
/// call, with the returned number as <see cref="DeclaredMethod.Returned"/>. Spans cannot be boxed, so a call cannot go through reflection.
/// </summary>
internal static class DeclaredAdapter
{
    public const string Namespace = "SoftDiff.Fuzz.Adapters";

    public const string Support = $$"""
        #nullable enable
        namespace {{Namespace}}
        {
            using System;
            using System.Collections.Generic;
            using System.Numerics;

            public static class Numbers
            {
                public static T[] Of<T>(double[] numbers) where T : INumberBase<T> =>
                    Array.ConvertAll(numbers, number => T.CreateTruncating(number));

                public static void Keep<T>(Dictionary<string, double[]> kept, string name, params T[] numbers) where T : INumberBase<T> =>
                    kept[name] = Array.ConvertAll(numbers, number => double.CreateChecked(number));
            }
        }
        """;

    public static string Write(Subject subject, IEnumerable<DeclaredMethod> methods)
    {
        StringBuilder text = new();
        text.Append("#nullable enable\n#pragma warning disable\nusing System;\nusing System.Collections.Generic;\n");
        text.Append($"namespace {Namespace};\npublic static class {subject.Name}\n{{\n");
        foreach (DeclaredMethod method in methods)
        {
            foreach ((int number, ProbePoint point) in subject.Probe!.Points.Index()) WriteCall(text, subject, method, point, number);
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The numbers of the drawn method's parameters at a point.</summary>
    public static Dictionary<string, double[]> Numbers(Subject subject, ProbePoint point) => subject.Shape!.Parameters.ToDictionary(
        p => p.Name, p => p.PassedAs == PassedAs.Out ? [0] : Array.ConvertAll(Items(p, point), Number), StringComparer.Ordinal);

    private static string[] Items(ParameterShape p, ProbePoint point) =>
        p.IsBuffer ? [.. ArgumentText.Items(point.Arguments[p.Name])] : [point.Arguments[p.Name]];

    private static double Number(string text) => text switch
    {
        "true" => 1,
        "false" => 0,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static void WriteCall(StringBuilder text, Subject subject, DeclaredMethod method, ProbePoint point, int number)
    {
        string Concrete(string type) => type == "T" ? point.Arguments["T"] : type;
        text.Append($"    public static Dictionary<string, double[]> {method.Name}_{number}(Dictionary<string, double[]> given)\n    {{\n");
        text.Append("        Dictionary<string, double[]> kept = new(StringComparer.Ordinal);\n");
        List<string> passed = [], keep = [];
        foreach (DeclaredParameter p in method.Parameters)
        {
            (string local, string element) = ("p_" + p.Name, Concrete(p.Element));
            string numbers = element == "bool" ? $"Array.ConvertAll(given[\"{p.Name}\"], one => one != 0)"
                : $"Numbers.Of<{element}>(given[\"{p.Name}\"])";
            text.Append($"        var {local} = {numbers}{(p.IsBuffer ? "" : "[0]")};\n");
            if (element is not ("bool" or "int")) keep.Add($"        Numbers.Keep(kept, \"{p.Name}\", {local});\n");
            string argument = !p.IsTensor ? local
                : $"new System.Numerics.Tensors.TensorSpan<{element}>({local}, new nint[] {{ {Lengths(p, point)} }})";
            passed.Add((p.PassedAs switch { PassedAs.Ref => "ref ", PassedAs.Out => "out ", _ => "" }) + argument);
        }

        string target = $"global::{Subjects.Namespace}.{subject.Name}.{FuzzProgram.ClassName}.{method.Name}";
        string types = subject.TypeArguments.Length == 0 ? "" : $"<{point.Arguments["T"]}>";
        string returned = method.Result is null ? "" : "var result_ = ";
        text.Append($"        {returned}{target}{types}({string.Join(", ", passed)});\n");
        if (method.Result is not null) keep.Add($"        Numbers.Keep(kept, \"{DeclaredMethod.Returned}\", result_);\n");
        text.AppendJoin("", keep).Append("        return kept;\n    }\n");
    }

    private static string Lengths(DeclaredParameter p, ProbePoint point) =>
        (p.HasExamples ? "(nint)given[\"batch\"][0], " : "") + string.Join(", ", ArgumentText.Lengths(point.Arguments[p.Like!]));
}
