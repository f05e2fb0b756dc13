using System.Collections;
using System.Reflection;
using System.Text;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>
/// Everything that a tree of records holds, found by reflection: what the text form must not lose even when a field is added to a record.
/// (Records of the IR compare values by number alone, so their own equality would not do.)
/// </summary>
internal static class Structure
{
    public static string Of(object? tree)
    {
        var text = new StringBuilder();
        Append(text, tree);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? node)
    {
        switch (node)
        {
            case null: text.Append("null"); return;
            case string or bool or Enum: text.Append('\'').Append(node).Append('\''); return;
            case double number: text.Append(BitConverter.DoubleToInt64Bits(number).ToString("X16")); return;
            case IFormattable number: text.Append(number); return;
            case IEnumerable list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text, item);
                    text.Append(",\n");
                }

                text.Append(']');
                return;
        }

        text.Append(node.GetType().Name).Append('(');
        for (var type = node.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                text.Append(field.Name).Append('=');
                Append(text, field.GetValue(node));
                text.Append(' ');
            }
        }

        text.Append(')');
    }
}
