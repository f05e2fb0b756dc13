using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>What travels between steps holds nothing of a compilation, and nothing that can change.</summary>
public class SpecTests
{
    private static readonly Assembly[] RoslynAssemblies = [typeof(ISymbol).Assembly, typeof(Microsoft.CodeAnalysis.CSharp.CSharpCompilation).Assembly];

    public static TheoryData<Type> StepTypes => [typeof(Lowered), typeof(GeneratedFile)];

    [Theory]
    [MemberData(nameof(StepTypes))]
    public void No_type_of_Roslyn_can_be_reached(Type step)
    {
        foreach ((Type type, string path) in Reachable(step))
        {
            Assert.False(RoslynAssemblies.Contains(type.Assembly), path);
            Assert.False(type == typeof(object), path + ": could hold anything");
        }
    }

    [Theory]
    [MemberData(nameof(StepTypes))]
    public void No_collection_that_can_change_is_reached(Type step)
    {
        foreach ((Type type, string path) in Reachable(step))
        {
            Assert.False(type.IsArray, path);
            Assert.False(typeof(IList).IsAssignableFrom(type) && !IsImmutable(type), path);
            Assert.False(typeof(IDictionary).IsAssignableFrom(type) && !IsImmutable(type), path);
            Assert.False(type.IsInterface && typeof(IEnumerable).IsAssignableFrom(type), path);
            Assert.False(typeof(Delegate).IsAssignableFrom(type), path);
        }
    }

    [Theory]
    [MemberData(nameof(StepTypes))]
    public void Every_field_is_readonly(Type step)
    {
        foreach ((Type type, string path) in Reachable(step).Where(entry => entry.Type.Assembly == typeof(Lowered).Assembly))
        {
            Assert.All(Fields(type).Where(_ => !type.IsEnum), field => Assert.True(field.IsInitOnly, path + "." + field.Name));
        }
    }

    [Fact]
    public void Every_step_type_compares_by_value()
    {
        foreach (Type type in (Type[])[typeof(Lowered), typeof(MethodSpec), typeof(GeneratedFile), typeof(Failure)])
        {
            Assert.Contains(typeof(IEquatable<>).MakeGenericType(type), type.GetInterfaces());
        }
    }

    [Fact]
    public void No_value_of_the_frontend_gets_into_a_method_that_travels()
    {
        Block block = new([], [new ThrownText("", [])]);
        Declaration declaration = new("F.g.cs", "", [], "", "", "", "", "F", "", []);

        Assert.Throws<NotSupportedException>(() => new MethodSpec(declaration, new Function("F", [], null, block), null, null, []));
    }

    /// <summary>All types a value may hold, by its fields; a field of a base type may hold any type derived from it, but for values of the frontend.</summary>
    private static IEnumerable<(Type Type, string Path)> Reachable(Type root)
    {
        Type[] own = typeof(Lowered).Assembly.GetTypes();
        Dictionary<Type, string> seen = new() { [root] = root.Name };
        Queue<Type> queue = new([root]);
        while (queue.TryDequeue(out Type? type))
        {
            yield return (type, seen[type]);

            IEnumerable<(Type Type, string Name)> next = type.GetGenericArguments().Select(argument => (argument, "<>"));
            if (type.Assembly == typeof(Lowered).Assembly)
            {
                next = next
                    .Concat(Fields(type).Select(field => (field.FieldType, field.Name)))
                    .Concat(own.Where(derived => derived != type && type.IsAssignableFrom(derived) && !typeof(FrontendValue).IsAssignableFrom(derived)).Select(derived => (derived, derived.Name)));
            }

            foreach ((Type found, string name) in next)
            {
                if (seen.TryAdd(found, seen[type] + "." + name)) queue.Enqueue(found);
            }
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    private static bool IsImmutable(Type type) => type.Namespace == "System.Collections.Immutable";
}
