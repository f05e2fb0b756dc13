using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SoftDiff;

/// <summary>The fields of a type that are numbers of a parameter tree, or have such numbers in them.</summary>
[RequiresUnreferencedCode(CheckedTree.Reason)]
[RequiresDynamicCode(CheckedTree.Reason)]
internal static class FloatingPointFields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Whether values of the type are or have floating-point numbers.</summary>
    public static bool Exist(Type type) => Exist(type, []);

    /// <summary>The fields with numbers, those of the base class first.</summary>
    public static IEnumerable<FieldInfo> Of(Type type) => All(type).Where(field => Exist(field.FieldType));

    /// <summary>The name of a field. An automatic property gives its backing field its name.</summary>
    public static string Name(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;

    /// <summary>Throws if fields share their memory, so that the fields are not the numbers.</summary>
    /// <exception cref="ArgumentException">The type is a union or an inline array.</exception>
    public static void RequireSeparate(Type type, string path)
    {
        if (type.IsExplicitLayout || type.IsDefined(typeof(InlineArrayAttribute), inherit: false))
        {
            const string Reason = "is a union or an inline array, whose fields are not its numbers; check an array instead";
            throw new ArgumentException($"'{path}' {Reason}.");
        }
    }

    // A type that occurs in itself adds nothing at the second occurrence.
    private static bool Exist(Type type, HashSet<Type> outer)
    {
        if (type == typeof(double) || type == typeof(float)) return true;
        if (type.IsArray) return Exist(type.GetElementType()!, outer);
        return !IsConstant(type) && outer.Add(type) && All(type).Any(field => Exist(field.FieldType, outer));
    }

    // Classes of the platform (lists, strings, random numbers) are constants; its value types (vectors, tuples) are not.
    private static bool IsConstant(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsInterface || type.IsSubclassOf(typeof(Delegate)) ||
        (!type.IsValueType && $"{type.Namespace}.".StartsWith("System.", StringComparison.Ordinal));

    private static IEnumerable<FieldInfo> All(Type type)
    {
        var fields = type.GetFields(Own);
        return type.BaseType is { } parent ? All(parent).Concat(fields) : fields;
    }
}
