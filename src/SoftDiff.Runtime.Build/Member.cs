namespace SoftDiff.Runtime.Build;

/// <summary>Text of members: signatures, calls, references in documentation.</summary>
internal static class Member
{
    private const int LineLength = 136;

    /// <summary>The method in the notation of documentation comments.</summary>
    public static string Cref(MethodSpec method) => Cref(method.Name, method.Parameters);

    public static string Cref(string name, IEnumerable<ParameterSpec> parameters) =>
        name + "(" + string.Join(", ", parameters.Select(p => Modifiers(p) + p.Type.Replace('<', '{').Replace('>', '}'))) + ")";

    /// <summary>The declaration up to the body; parameters that do not fit a line go on the next.</summary>
    public static string Signature(string returns, string name, IEnumerable<ParameterSpec> parameters)
    {
        var text = "public static " + returns + " " + name + "(";
        var items = parameters
            .Select(p => p.Attributes + Modifiers(p) + p.Type + " " + p.Name + (p.Default is null ? "" : " = " + p.Default))
            .ToList();
        var line = string.Join(", ", items) + ")";
        if (text.Length + line.Length <= LineLength) return text + line;

        var (lines, current) = (new List<string>(), "");
        foreach (var item in items)
        {
            var longer = current.Length == 0 ? item : current + ", " + item;
            if (longer.Length > LineLength - 4)
            {
                lines.Add(current + ",");
                longer = item;
            }

            current = longer;
        }

        return text + "\n    " + string.Join("\n    ", lines.Append(current)) + ")";
    }

    /// <summary>A call with each parameter's own name for an argument, except for those in <paramref name="arguments"/>.</summary>
    public static string Call(MethodSpec method, params (string Name, string Value)[] arguments) =>
        method.Name + "(" + string.Join(", ", method.Parameters.Select(p =>
            arguments.FirstOrDefault(a => a.Name == p.Name).Value ?? (p.Modifiers == "out" ? "out " : "") + p.Name)) + ")";

    /// <summary>Inherits all documentation but the summary.</summary>
    public static string InheritDetails(MethodSpec method) =>
        $"<inheritdoc cref=\"{Cref(method)}\" path=\"/*[not(self::summary)]\"/>";

    /// <summary>An expression that may have stood on several lines.</summary>
    public static string OneLine(string expression) =>
        string.Join(" ", expression.Split('\n').Select(line => line.Trim())).Replace(" .", ".").Replace("( ", "(");

    private static string Modifiers(ParameterSpec p) => p.Modifiers.Length > 0 ? p.Modifiers + " " : "";
}
