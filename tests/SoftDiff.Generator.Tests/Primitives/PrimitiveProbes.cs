using System.Numerics.Tensors;
using System.Reflection;
using System.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Primitives;

/// <summary>
/// A probe for every public method of TensorPrimitives, as reflection lists them: a call with spans of <c>double</c> or, where the method takes only those,
/// of <c>float</c> or <c>int</c>. The probe returns a number that depends on every element of every output.
/// </summary>
internal static class PrimitiveProbes
{
    private const string File = "Primitives";

    /// <summary>The methods without derivative on floating-point numbers, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["BitwiseAnd"] = "the bits of a number",
        ["BitwiseOr"] = "the bits of a number",
        ["OnesComplement"] = "the bits of a number",
        ["Xor"] = "the bits of a number",
        ["ConvertToHalf"] = "spans of Half have no place in a differentiated method",
        ["ConvertToSingle"] = "spans of Half have no place in a differentiated method",
    };

    /// <summary>All methods, each with the types of its elements.</summary>
    public static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. typeof(TensorPrimitives).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .OrderBy(method => method.ToString(), StringComparer.Ordinal).SelectMany(Closed),
    ];

    /// <summary>The probes of the methods that have a derivative, or a derivative of zero.</summary>
    public static SourceFile Supported { get; } = Write(Methods.Where(method => !IsRefused(method)));

    /// <summary>One method of each name that gives numbers of double precision, for derivatives of second order.</summary>
    public static IReadOnlyList<MethodInfo> Twice { get; } = [.. Methods.Where(m => !IsRefused(m) && GivesDoubles(m)).DistinctBy(m => m.Name)];

    private static bool GivesDoubles(MethodInfo method) => method.GetParameters().Select(p => p.ParameterType)
        .Where(type => type.Name == "Span`1").Select(Element).Append(method.ReturnType).Contains(typeof(double));

    public static bool IsRefused(MethodInfo method) => Refused.ContainsKey(method.Name) && !method.GetGenericArguments().Contains(typeof(int));

    /// <summary>The file with the probes of the given methods.</summary>
    public static SourceFile Write(IEnumerable<MethodInfo> methods)
    {
        StringBuilder text = new("using System;\nusing System.Numerics.Tensors;\nusing SoftDiff;\n\nnamespace SoftDiff.Probes;\n\npublic static partial class " + File + "\n{\n");
        foreach (MethodInfo method in methods) text.Append(Probe(method));
        return new SourceFile("/Probes/" + File + ".cs", text.Append("}\n").ToString());
    }

    public static string Id(MethodInfo method) => File + "/" + NameOf(method);

    /// <summary>The types with which a generic method is tried: the first that its constraints allow.</summary>
    private static IEnumerable<MethodInfo> Closed(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition) return [method];
        Type[][] choices = method.GetGenericArguments().Length == 1
            ? [[typeof(double)], [typeof(int)]]
            : [[typeof(double), typeof(float)], [typeof(float), typeof(double)], [typeof(double), typeof(int)], [typeof(int), typeof(double)]];
        List<MethodInfo> closed = [];
        foreach (Type[] choice in choices)
        {
            try
            {
                closed.Add(method.MakeGenericMethod(choice));
            }
            catch (ArgumentException)
            {
                // The constraints do not allow these types.
            }
        }

        // Integers have nothing to differentiate, so they are tried where numbers are refused and where nothing else fits.
        return choices.Length > 2 || Refused.ContainsKey(method.Name) ? closed : closed.Take(1);
    }

    private static string NameOf(MethodInfo method) => method.Name + string.Concat(
        method.GetParameters().Select(p => "_" + p.Name + (IsSpan(p.ParameterType) ? "Of" + Element(p.ParameterType).Name : p.ParameterType.Name)));

    private static string Probe(MethodInfo method)
    {
        StringBuilder body = new();
        List<string> parameters = ["ReadOnlySpan<double> seed"], point = ["seed = [1.25, 0.75, 1.5]"], arguments = [], outputs = [];
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            (string name, Type type) = ("p" + parameter.Position, parameter.ParameterType);
            arguments.Add(name);
            if (type.Name == "Span`1")
            {
                body.Append($"        Span<{Name(Element(type))}> {name} = new {Name(Element(type))}[3];\n");
                outputs.Add(name);
            }
            else if (IsSpan(type) && Element(type) is var element && (element == typeof(double) || element == typeof(float)))
            {
                parameters.Add($"ReadOnlySpan<{Name(element)}> {name}");
                point.Add($"{name} = [{string.Join(", ", Values(method.Name, parameter.Name!).Select(v => v + (element == typeof(float) ? "f" : "")))}]");
            }
            else if (IsSpan(type))
            {
                body.Append($"        ReadOnlySpan<{Name(Element(type))}> {name} = [({Name(Element(type))})3, ({Name(Element(type))})5, ({Name(Element(type))})12];\n");
            }
            else
            {
                parameters.Add($"{Name(type)} {name}");
                point.Add($"{name} = {Number(method.Name, parameter)}");
            }
        }

        string types = method.IsGenericMethod ? "<" + string.Join(", ", method.GetGenericArguments().Select(Name)) + ">" : "";
        string call = $"TensorPrimitives.{method.Name}{types}({string.Join(", ", arguments)})";
        if (method.ReturnType == typeof(void)) body.Append($"        {call};\n        double s = seed[0] * seed[1];\n");
        else if (method.ReturnType == typeof(bool)) body.Append($"        double s = {call} ? seed[0] * seed[1] : seed[2] * seed[0];\n");
        else body.Append($"        double s = (1 + (double){call}) * seed[0] * seed[1];\n");
        foreach (string output in outputs)
        {
            bool isBool = Element(method.GetParameters()[int.Parse(output[1..])].ParameterType) == typeof(bool);
            string element = isBool ? $"({output}[i] ? 2 : 1)" : $"(double){output}[i]";
            body.Append($"        for (int i = 0; i < 3; i++) s += {element} * seed[i] * (i + 1);\n");
        }

        return $"    //? {method.Name}\n    //? {string.Join(", ", point)}{Stated(method.Name)}\n    [Differentiable]\n"
            + $"    public static double {NameOf(method)}({string.Join(", ", parameters)})\n    {{\n{body}        return s;\n    }}\n\n";
    }

    /// <summary>
    /// The gradient of an estimate is that of the function it stands for, which differences of the estimate do not show.
    /// </summary>
    private static string Stated(string method) => method switch
    {
        "ReciprocalEstimate" => " -> dP0 = [-seed[0] / (p0[0] * p0[0]), -2 * seed[1] / (p0[1] * p0[1]), -3 * seed[2] / (p0[2] * p0[2])]",
        "ReciprocalSqrtEstimate" =>
            " -> dP0 = [-0.5 * seed[0] / Math.Pow(p0[0], 1.5), -seed[1] / Math.Pow(p0[1], 1.5), -1.5 * seed[2] / Math.Pow(p0[2], 1.5)]",
        _ => "",
    };

    /// <summary>Values in the domain of the function. For a clamp one below, one between and one above.</summary>
    private static string[] Values(string method, string parameter) => (method, parameter) switch
    {
        ("Clamp", "min") => ["0.45", "0.1", "0.2"],
        ("Clamp", "max") => ["0.9", "0.85", "0.4"],
        ("Acosh", _) => ["1.3", "1.8", "2.6"],
        (_, "y" or "sign" or "amount") => ["0.55", "0.8", "0.15"],
        (_, "multiplier" or "addend") => ["0.6", "0.25", "0.95"],
        _ => ["0.3137", "0.7211", "0.4373"],
    };

    private static string Number(string method, ParameterInfo parameter) => parameter.ParameterType switch
    {
        { IsEnum: true } => "MidpointRounding.ToZero",
        var type when type == typeof(int) => parameter.Name == "digits" ? "0" : "3",
        var type => (method, parameter.Name) switch
        {
            ("Clamp", "min") => "0.2",
            ("Clamp", "max") => "0.8",
            ("Clamp", _) => "0.6",
            (_, "x") => "1.3",
            _ => "1.6",
        } + (type == typeof(float) ? "f" : ""),
    };

    private static bool IsSpan(Type type) => type.Name is "Span`1" or "ReadOnlySpan`1";

    private static Type Element(Type span) => span.GetGenericArguments()[0];

    private static string Name(Type type) =>
        type == typeof(double) ? "double" : type == typeof(float) ? "float" : type == typeof(int) ? "int" : type == typeof(bool) ? "bool" : type.Name;
}
