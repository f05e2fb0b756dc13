using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Emit;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>Functions printed, compiled with every warning an error, and loaded.</summary>
internal sealed class Emitted
{
    private readonly Type _type;

    private Emitted(string text, Type type)
    {
        Text = text;
        _type = type;
    }

    public string Text { get; }

    public static Emitted Of(params Function[] functions) => Of("", "", functions);

    public static Emitted Of(string typeParameters, string constraints, params Function[] functions)
    {
        var text = Print(typeParameters, constraints, functions);
        return new Emitted(text, Compile(text).GetType("Demo.Methods", throwOnError: true)!);
    }

    public static string Print(string typeParameters, string constraints, params Function[] functions)
    {
        var declaration = new Declaration(
            "Methods.g.cs", "Demo", ImmutableArray.Create(new TypeDeclaration("class", "Methods", "")), "public",
            typeParameters, constraints, "F()", "Demo.Methods.F", "", ImmutableArray<string>.Empty);
        return FileWriter.Write(new CompanionFile("methods", declaration, functions.Select(f => new EmittedMethod(f, "", "public")).ToImmutableArray(), ImmutableArray<Function>.Empty));
    }

    /// <summary>The lines of the method's body, without the common indentation.</summary>
    public string Body(string method)
    {
        var lines = Text.Split('\n').ToList();
        var start = lines.FindIndex(l => l.Contains(" " + method + "(") || l.Contains(" " + method + "<"));
        while (lines[start] != "        {") start++;
        var end = lines.FindIndex(start, l => l == "        }");
        return string.Join("\n", lines.Skip(start + 1).Take(end - start - 1).Select(l => l.Length > 12 ? l.Substring(12) : l));
    }

    public object? Call(string method, params object?[] args)
    {
        var target = _type.GetMethod(method)!;
        if (target.IsGenericMethodDefinition) target = target.MakeGenericMethod(args[0]!.GetType());
        try
        {
            return target.Invoke(null, args);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    public TDelegate As<TDelegate>(string method) where TDelegate : Delegate => _type.GetMethod(method)!.CreateDelegate<TDelegate>();

    private static Assembly Compile(string text)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var references = trusted.Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            .WithOptimizationLevel(OptimizationLevel.Release);
        var compilation = CSharpCompilation.Create(
            "Emitted" + Guid.NewGuid().ToString("N"),
            new[]
            {
                CSharpSyntaxTree.ParseText(text, parse),
                CSharpSyntaxTree.ParseText(RuntimeStub.Source, parse),
                CSharpSyntaxTree.ParseText("namespace Demo { public static partial class Methods { } }", parse),
            },
            references,
            options);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)) + "\n" + text);
        return Assembly.Load(stream.ToArray());
    }
}
