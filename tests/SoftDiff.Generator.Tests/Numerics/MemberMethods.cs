using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace SoftDiff.Generator.Tests.Numerics;

/// <summary>
/// A marked method for each member of System.Numerics that has a formula, as text: it weighs what the member gives. The same text with
/// <c>double</c> for <c>float</c> is what its derivatives are compared with.
/// </summary>
internal static class MemberMethods
{
    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Equality"] = "==", ["op_Inequality"] = "!=",
        ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+", ["op_Increment"] = "++", ["op_Decrement"] = "--",
    };

    public static string Source(IReadOnlyList<MethodBase> members)
    {
        var text = new StringBuilder("using System; using System.Numerics; using SoftDiff;\nnamespace Probe;\npublic static partial class Members\n{\n" + Weights);
        for (var i = 0; i < members.Count; i++) text.AppendLine(Method(members[i], "M" + i.ToString(CultureInfo.InvariantCulture)));
        return text.Append('}').ToString();
    }

    /// <summary>The text in double precision. The formulas of complex numbers are.</summary>
    public static string Doubled(string text) => text.Contains("partial struct Complex", StringComparison.Ordinal) ? text
        : Regex.Replace(Regex.Replace(text, @"\bfloat\b", "double").Replace("MathF.", "Math."), @"(?<=\d)f\b", "d");

    private const string Weights = """
            private static float W(Vector2 v) => 1.1f * v.X - 0.7f * v.Y;
            private static float W(Vector3 v) => 1.1f * v.X - 0.7f * v.Y + 0.4f * v.Z;
            private static float W(Vector4 v) => 1.1f * v.X - 0.7f * v.Y + 0.4f * v.Z + 0.9f * v.W;
            private static float W(Quaternion v) => 1.1f * v.X - 0.7f * v.Y + 0.4f * v.Z + 0.9f * v.W;
            private static float W(Plane v) => W(v.Normal) + 0.9f * v.D;
            private static float W(Matrix3x2 v) => 1.1f * v.M11 - 0.7f * v.M12 + 0.4f * v.M21 + 0.9f * v.M22 + 0.3f * v.M31 - 0.2f * v.M32;
            private static float W(Matrix4x4 v) => 1.1f * v.M11 - 0.7f * v.M12 + 0.4f * v.M13 + 0.9f * v.M14 + 0.3f * v.M21 - 0.2f * v.M22 + 0.6f * v.M23
                + 0.8f * v.M24 - v.M31 + 0.5f * v.M32 + 1.2f * v.M33 - 0.6f * v.M34 + 0.2f * v.M41 - 0.3f * v.M42 + 0.7f * v.M43 + 0.1f * v.M44;
            private static double W(Complex v) => 1.1 * v.Real - 0.7 * v.Imaginary;

        """;

    private static string Method(MethodBase member, string name)
    {
        var owner = member.DeclaringType!;
        var number = owner == typeof(Complex) ? "double" : "float";
        var parameters = new List<string> { number + " s" };
        var (before, arguments, results) = (new StringBuilder(), new List<string>(), new List<string>());
        if (member is { IsStatic: false, IsConstructor: false })
        {
            parameters.Add(owner.Name + " of");
            before.Append("var self = of; ");
        }

        foreach (var parameter in member.GetParameters())
        {
            var own = "p" + arguments.Count.ToString(CultureInfo.InvariantCulture);
            var type = parameter.ParameterType;
            if (parameter.IsOut)
            {
                before.Append($"{type.GetElementType()!.Name} {own}; ");
                results.Add($"W({own})");
                arguments.Add("out " + own);
            }
            else if (type == typeof(ReadOnlySpan<float>))
            {
                parameters.Add("Vector4 " + own);
                before.Append($"{number}[] given = {{ {own}.X, {own}.Y, {own}.Z, {own}.W }}; ");
                arguments.Add("given");
            }
            else if (type.IsArray || type.IsByRefLike)
            {
                before.Append($"{number}[] taken = new {number}[12]; ");
                results.Add("(taken[0] - 0.7f * taken[1] + 0.4f * taken[2] + 0.9f * taken[3])");
                arguments.Add("taken");
            }
            else
            {
                parameters.Add($"{TypeText(type)} {own}");
                arguments.Add(own);
            }
        }

        var call = Call(member, arguments);
        if (IsSetter(member) || member is MethodInfo { ReturnType: var nothing } && nothing == typeof(void))
        {
            before.Append(call + "; ");
            if (IsSetter(member)) results.Add("W(self)");
        }
        else
        {
            var type = member is MethodInfo method ? method.ReturnType : owner;
            before.Append($"var r = {call}; ");
            results.Insert(0, type == typeof(bool) ? "(r ? 2 : 3)" : type.IsPrimitive ? "r" : type.IsGenericType ? "(W(r.Item1) + 2 * W(r.Item2))" : "W(r)");
        }

        var text = $"[Differentiable] public static {number} {name}({string.Join(", ", parameters)}) {{ {before}return s * ({string.Join(" + ", results)}); }}";
        return "    // " + NumericMembers.NameOf(member) + "\n    " + text;
    }

    private static bool IsSetter(MethodBase member) => member.IsSpecialName && member.Name.StartsWith("set_", StringComparison.Ordinal);

    private static string TypeText(Type type) => type == typeof(float) ? "float" : type.Name;

    private static string Call(MethodBase member, List<string> arguments)
    {
        var all = string.Join(", ", arguments);
        var receiver = member.IsStatic ? member.DeclaringType!.Name : "self";
        if (member.IsConstructor) return $"new {member.DeclaringType!.Name}({all})";
        if (member.Name == "op_Implicit") return $"({((MethodInfo)member).ReturnType.Name}){all}";
        if (Operators.TryGetValue(member.Name, out var sign)) return sign is "++" or "--" ? sign + all : arguments.Count == 1 ? sign + all : $"{arguments[0]} {sign} {arguments[1]}";
        if (!member.IsSpecialName) return $"{receiver}.{member.Name}({all})";
        var indices = IsSetter(member) ? arguments.SkipLast(1).ToList() : arguments;
        var place = member.Name.EndsWith("_Item", StringComparison.Ordinal) ? $"{receiver}[{string.Join(", ", indices)}]" : $"{receiver}.{member.Name.Substring(4)}";
        return IsSetter(member) ? $"{place} = {arguments[^1]}" : place;
    }
}
