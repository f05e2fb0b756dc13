using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftDiff.Generator.Analyzers;
using SoftDiff.Generator.Pipeline;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>
/// The product's generator takes the rules of every operator: each is called from a method of its own, which is differentiated. Those for
/// floats are the same text.
/// </summary>
public class RuleTests
{
    [Fact]
    public async Task DifferentiatedCodeMayCallEveryOperatorWithARule()
    {
        var callers = typeof(Soft).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.IsDefined(typeof(CustomVjpAttribute)))
            // Methods of rules have rules too, but only generated code calls them.
            .Where(method => !method.IsDefined(typeof(EditorBrowsableAttribute)))
            .Where(method => !method.ToString()!.Contains("Single", StringComparison.Ordinal))
            .Select(Caller)
            .ToList();
        Assert.True(callers.Count > 100);
        var compilation = CSharpCompilation.Create(
            "Callers",
            [CSharpSyntaxTree.ParseText("namespace Callers;\n\npublic static partial class Caller\n{\n" + string.Concat(callers) + "}\n")],
            SurfaceDriver.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create(new SoftDiffGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported);
        var analysis = output.WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new DifferentiableAnalyzer()));
        var all = reported.AddRange(await analysis.GetAllDiagnosticsAsync());
        var problems = all.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(20)));
        Assert.Equal(callers.Count + 1, output.SyntaxTrees.Count());
    }

    private static string Caller(MethodInfo method, int index)
    {
        var parameters = string.Join(", ", method.GetParameters().Select(p => Constant(p) + Text(p) + " " + p.Name));
        var arguments = string.Join(", ", method.GetParameters().Select(p => (p.IsOut ? "out " : "") + p.Name));
        var target = method.DeclaringType!.FullName!.Replace('+', '.') + "." + method.Name;
        return $"""
                [SoftDiff.Differentiable]
                public static {Text(method.ReturnType)} Call{index}({parameters}) => global::{target}({arguments});

            """;
    }

    // What a rule has no derivative by may not depend on what is differentiated; but the value of a straight-through estimator has none by definition.
    private static string Constant(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(NonDifferentiableAttribute)) && parameter.Member.DeclaringType != typeof(Diff) ? "[SoftDiff.NonDifferentiable] " : "";

    private static string Text(ParameterInfo parameter) =>
        parameter.IsOut ? "out " + Text(parameter.ParameterType.GetElementType()!) : Text(parameter.ParameterType);

    private static string Text(Type type)
    {
        if (type == typeof(void)) return "void";
        if (type.IsByRef) return Text(type.GetElementType()!);
        if (!type.IsGenericType) return "global::" + type.FullName!.Replace('+', '.');
        var name = type.GetGenericTypeDefinition().FullName!;
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Text));
        return "global::" + name.Substring(0, name.IndexOf('`', StringComparison.Ordinal)) + "<" + arguments + ">";
    }
}
