using System.Text;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Fuzz.Declared;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>
/// The object of an instance method as its first parameter, so that it is judged like one: of a struct with a derivative, of a class a
/// constant.
/// </summary>
internal static class Receiver
{
    /// <summary>What points and adapters call it.</summary>
    public const string Name = "self";

    /// <summary>The static methods that call the method and its companions.</summary>
    public const string Calls = "Calls";

    public static bool Has(MethodShape shape) => shape.Parameters is [{ Name: Name }, ..];

    /// <summary>The shape of a method, with its object.</summary>
    public static MethodShape With(MethodShape shape, IMethodSymbol method)
    {
        if (method.IsStatic) return shape;
        string type = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        bool isStruct = method.ContainingType.IsValueType, isWritten = isStruct && !method.IsReadOnly;
        ParameterShape self = new(
            Name, type, isStruct ? type : null, isWritten ? PassedAs.Ref : PassedAs.Value, Wrt: isStruct, isWritten,
            isStruct ? MethodShape.Leaves(method.ContainingType) : 0);
        return shape with { Parameters = shape.Parameters.Insert(0, self) };
    }

    public static string Write(string space, MethodShape shape, IEnumerable<CompanionForm> forms)
    {
        StringBuilder text = new($"#pragma warning disable\nnamespace {space}\n{{\n    public static class {Calls}\n    {{\n");
        WriteCall(text, shape, shape.Name, Declared(shape.Parameters));
        foreach (CompanionForm form in forms)
        {
            List<DeclaredParameter> parameters = Declared(shape.After(form).Parameters);
            if (form == CompanionForm.Vjp && shape.Result is { } result)
            {
                parameters.Insert(shape.Parameters.Length, new(Declarations.ReturnedCotangent, result, PassedAs.Value, null));
            }

            WriteCall(text, shape, shape.Name + form, parameters);
        }

        return text.Append("    }\n}\n").ToString();
    }

    private static List<DeclaredParameter> Declared(IEnumerable<ParameterShape> parameters) =>
        [.. parameters.Select(p => new DeclaredParameter(p.Name, p.Type, p.PassedAs, null))];

    private static void WriteCall(StringBuilder text, MethodShape shape, string method, List<DeclaredParameter> parameters) =>
        text.Append($"        public static {shape.Result ?? "void"} {method}({string.Join(", ", parameters.Select(p => p.Declaration))}) =>\n")
            .Append($"            {Name}.{method}({string.Join(", ", parameters.Skip(1).Select(p => p.Passed))});\n");
}
