using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Numerics;

/// <summary>The public members of the types of System.Numerics, and the formulas as code that runs.</summary>
internal static class NumericMembers
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Lazy<Assembly> Compiled = new(Compile);

    public static ImmutableArray<Type> Types { get; } =
        [typeof(Vector2), typeof(Vector3), typeof(Vector4), typeof(Quaternion), typeof(Plane), typeof(Matrix3x2), typeof(Matrix4x4), typeof(Complex)];

    /// <summary>The public methods, operators, accessors and constructors of a type.</summary>
    public static IEnumerable<MethodBase> Of(Type type) => type.GetMethods(Public).Cast<MethodBase>().Concat(type.GetConstructors(Public));

    /// <summary>A name that tells overloads apart.</summary>
    public static string NameOf(MethodBase member) =>
        $"{member.DeclaringType!.Name}.{member.Name}({string.Join(", ", member.GetParameters().Select(p => p.ParameterType.Name))})"
        + (member.Name is "op_Implicit" or "op_Explicit" ? " to " + ((MethodInfo)member).ReturnType.Name : "");

    /// <summary>The formula of a member as a method that runs; null if it has none.</summary>
    public static MethodBase? Formula(MethodBase member) => Of(Compiled.Value.GetType(member.DeclaringType!.FullName!, throwOnError: true)!)
        .SingleOrDefault(formula => NameOf(formula) == NameOf(member));

    /// <summary>The type of the formulas that stands for a type of the framework; any other type itself.</summary>
    public static Type Standing(Type type) => Types.Contains(type) ? Compiled.Value.GetType(type.FullName!, throwOnError: true)! : type;

    private static Assembly Compile()
    {
        var compilation = CSharpCompilation.Create(
            "Formulas", FormulaTexts.Trees, TestReferences.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var faults = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error || (d.Severity == DiagnosticSeverity.Warning && !IsExpected(d.Id)));
        Assert.Empty(faults);
        return Assembly.Load(image.ToArray());
    }

    /// <summary>The types have the names of others, and records of equality without Equals and GetHashCode.</summary>
    private static bool IsExpected(string id) => id is "CS0436" or "CS0660" or "CS0661";
}
