namespace SoftDiff.Generator.Emit;

/// <summary>A piece of C# that is an expression, and how tightly its outermost operator binds.</summary>
internal readonly record struct Code(string Text, int Precedence)
{
    public static Code Primary(string text) => new(text, Emit.Precedence.Primary);

    /// <summary>The text for a place that needs at least this precedence.</summary>
    public string At(int precedence) => Precedence < precedence ? "(" + Text + ")" : Text;
}

/// <summary>The C# operators, loosest first.</summary>
internal static class Precedence
{
    public const int Lowest = 0;
    public const int Conditional = 1;
    public const int OrElse = 2;
    public const int AndAlso = 3;
    public const int BitOr = 4;
    public const int BitXor = 5;
    public const int BitAnd = 6;
    public const int Equality = 7;
    public const int Relational = 8;
    public const int Shift = 9;
    public const int Additive = 10;
    public const int Multiplicative = 11;
    public const int Unary = 12;
    public const int Primary = 13;

    /// <summary>A safe guess for text that came from elsewhere: primary if it is plainly a name, a member or one call.</summary>
    public static int Of(string expression)
    {
        if (expression.StartsWith("new ", StringComparison.Ordinal)) expression = expression.Substring(4);
        var isText = expression.Length > 1 && expression[0] == '"' && expression.IndexOf('"', 1) == expression.Length - 1;
        if (isText) return Primary;
        var depth = 0;
        foreach (var c in expression)
        {
            if (c is '(' or '<' or '[') depth++;
            else if (c is ')' or '>' or ']') depth--;
            else if (depth == 0 && !(char.IsLetterOrDigit(c) || c is '_' or '.' or ':' or '@')) return Lowest;
        }

        return expression.Length > 0 && expression[0] == '(' ? Lowest : Primary;
    }
}
