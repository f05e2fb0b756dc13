using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Prints the declarations that a rule's methods must have, for messages and code fixes.</summary>
internal static class RuleDeclarations
{
    public static string Text(IrType type) => type switch
    {
        ArrayType { Form: ArrayForm.Array } array => array.Element.Name + "[]",
        ArrayType array => (array.IsReadOnly ? "ReadOnly" : "") + (array.IsTensor ? "TensorSpan<" : "Span<") + array.Element.Name + ">",
        ScalarType scalar => scalar.Name.Replace("global::", ""),
        _ => type.ToString(),
    };

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string PrimalParameters(CustomRule rule) => string.Join(", ", rule.Parameters.Select(p => Text(p.Type) + " " + p.Name));

    public static string Forward(IMethodSymbol method, CustomRule rule)
    {
        var returns = rule.Results.IsEmpty ? "double" : "(" + Text(rule.Results[0]) + " Value, double Residual)";
        return "private static " + returns + " " + method.Name + "Forward(" + PrimalParameters(rule) + ")";
    }

    /// <summary>The scalar outputs: what is returned, and out parameters by their names.</summary>
    private static IEnumerable<(ScalarType Type, string Name)> Outputs(IMethodSymbol method, CustomRule rule)
    {
        var names = rule.Outs.Select(o => Upper(method.Parameters[o].Name));
        return rule.Results.Zip(method.ReturnsVoid ? names : names.Prepend("Result"), (type, name) => (type, name));
    }

    public static string Backward(IMethodSymbol method, CustomRule rule, string name)
    {
        var parameters = new List<string>();
        if (rule.Residual is not null) parameters.Add(Text(rule.Residual) + " residual");
        else parameters.AddRange(rule.Parameters.Select(p => Text(p.Type) + " " + p.Name));
        parameters.AddRange(Outputs(method, rule).Select(o => Text(o.Type) + (rule.Results.Length == 1 ? " cotangent" : " c" + o.Name)));
        var destinations = rule.Parameters.Where(p => p.Role == RuleRole.Destination);
        parameters.AddRange(destinations.Select(p => Text(((ArrayType)p.Type).ReadOnly()) + " c" + Upper(p.Name)));
        parameters.AddRange(rule.Parameters.Where(p => p.Role == RuleRole.Input).Select(p => Text(RuleSignatures.Writable(p.Type)) + " d" + Upper(p.Name)));
        var scalars = rule.Parameters.Where(p => p.Role == RuleRole.Scalar).ToList();
        var returns = scalars.Count switch
        {
            0 => "void",
            1 => Text(scalars[0].Type),
            _ => "(" + string.Join(", ", scalars.Select(p => Text(p.Type) + " D" + Upper(p.Name))) + ")",
        };
        return "private static " + returns + " " + name + "(" + string.Join(", ", parameters) + ")";
    }

    public static string Tangent(IMethodSymbol method, CustomRule rule, string name)
    {
        var parameters = rule.Parameters.Select(p => Text(p.Type) + " " + p.Name)
            .Concat(rule.Parameters.Where(RuleSignatures.IsInput).Select(p => Text(RuleSignatures.TangentType(p.Type)) + " t" + Upper(p.Name)))
            .Concat(rule.Parameters.Where(p => p.Role == RuleRole.Destination).Select(p => Text(RuleSignatures.Writable(p.Type)) + " t" + Upper(p.Name)));
        var outputs = Outputs(method, rule).ToList();
        var returns = outputs.Count switch
        {
            0 => "void",
            1 => "(" + Text(outputs[0].Type) + " Value, " + Text(outputs[0].Type) + " Tangent)",
            _ => "(" + string.Join(", ", outputs.Select(o => Text(o.Type) + " " + o.Name).Concat(outputs.Select(o => Text(o.Type) + " T" + o.Name))) + ")",
        };
        return "private static " + returns + " " + name + "(" + string.Join(", ", parameters) + ")";
    }
}
