namespace SoftDiff.Generator.IR;

/// <summary>Spells a name so that no C# version takes it for a keyword.</summary>
internal static class Identifiers
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object",
        "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short",
        "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked",
        "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",

        // Contextual ones that mean something where a statement, an expression or a type may stand. Those that mean something only inside of a
        // query, an accessor, a constraint or a member's modifiers are missing on purpose: no variable is declared there.
        "and", "async", "await", "dynamic", "extension", "field", "file", "from", "global", "managed", "nameof", "nint", "not", "notnull", "nuint",
        "or", "partial", "record", "required", "scoped", "unmanaged", "var", "when", "where", "with", "yield",
    };

    public static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    public static string Unescape(string name) => name.Length > 0 && name[0] == '@' ? name.Substring(1) : name;

    /// <summary>The identifiers that occur in a piece of C#.</summary>
    public static IEnumerable<string> In(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            if (!IsStart(code[i])) continue;
            var start = i;
            while (i < code.Length && (IsStart(code[i]) || char.IsDigit(code[i]))) i++;
            yield return code.Substring(start, i - start);
        }
    }

    private static bool IsStart(char c) => char.IsLetter(c) || c == '_';
}
