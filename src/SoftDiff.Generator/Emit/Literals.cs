using System.Globalization;

namespace SoftDiff.Generator.Emit;

/// <summary>Constants as C# text, the same on every machine, host and culture, and exact to the bit.</summary>
internal static class Literals
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static Code Print(Operand constant) => constant switch
    {
        NumberConstant number => Number(number),
        IntegerConstant integer => Integer(integer),
        BoolConstant { Flag: true } => Code.Primary("true"),
        BoolConstant => Code.Primary("false"),
        SymbolConstant { IsOfReceiver: true } member => Code.Primary(member.Expression),
        SymbolConstant symbol => new Code(symbol.Expression, Precedence.Of(symbol.Expression)),
        _ => throw new NotSupportedException(constant.GetType().Name),
    };

    private static Code Number(NumberConstant constant)
    {
        var type = constant.Scalar.Name;
        var number = constant.Number;
        if (double.IsNaN(number)) return Code.Primary(type + ".NaN");
        if (double.IsPositiveInfinity(number)) return Code.Primary(type + ".PositiveInfinity");
        if (double.IsNegativeInfinity(number)) return Code.Primary(type + ".NegativeInfinity");
        if (constant.Scalar.IsTypeParameter) return Code.Primary(Generic(constant, type));
        return Signed(type == "float" ? Single(constant) : Double(constant));
    }

    private static string Generic(NumberConstant constant, string type) =>
        constant.Is(0) ? type + ".Zero"
        : constant.Is(1) ? type + ".One"
        : constant.Is(-1) ? type + ".NegativeOne"
        : constant.Is(-0d) ? type + ".NegativeZero"
        : type + ".CreateChecked(" + Double(constant) + ")";

    private static string Double(NumberConstant constant) =>
        (Spelt(constant, text => Same(text, constant.Number)) ?? Shortest(constant.Number)) + "d";

    private static string Single(NumberConstant constant)
    {
        var number = (float)constant.Number;
        return (Spelt(constant, text => Same(text, number)) ?? Shortest(number)) + "f";
    }

    /// <summary>The user's digits without separators and suffix, if they mean the constant.</summary>
    private static string? Spelt(NumberConstant constant, Func<string, bool> same)
    {
        if (constant.Spelling is not { Length: > 0 } spelling) return null;
        var text = spelling.Replace("_", "").TrimEnd('d', 'D', 'f', 'F', 'm', 'M', 'l', 'L', 'u', 'U');
        if (text.Length == 0 || text.Any(c => !(c is >= '0' and <= '9' or '.' or 'e' or 'E' or '+' or '-'))) return null;
        if (text[0] == '.') text = "0" + text;
        return same(text) ? text : null;
    }

    // The shortest of 15, 16 and 17 digits that means the number: unlike "R" this is the same on .NET Framework and .NET.
    private static string Shortest(double number)
    {
        if (number == 0) return IsNegative(number) ? "-0" : "0";
        foreach (var format in new[] { "G15", "G16" })
        {
            var text = number.ToString(format, Invariant);
            if (Same(text, number)) return Tidy(text);
        }

        return Tidy(number.ToString("G17", Invariant));
    }

    private static string Shortest(float number)
    {
        if (number == 0) return IsNegative(number) ? "-0" : "0";
        foreach (var format in new[] { "G6", "G7", "G8" })
        {
            var text = number.ToString(format, Invariant);
            if (Same(text, number)) return Tidy(text);
        }

        return Tidy(number.ToString("G9", Invariant));
    }

    private static string Tidy(string text) => text.Replace("E+", "e").Replace("E-0", "e-").Replace("E", "e");

    private static bool IsNegative(double number) => BitConverter.DoubleToInt64Bits(number) < 0;

    private static bool Same(string text, double number) =>
        double.TryParse(text, NumberStyles.Float, Invariant, out var parsed)
        && BitConverter.DoubleToInt64Bits(parsed) == BitConverter.DoubleToInt64Bits(number);

    private static bool Same(string text, float number) =>
        float.TryParse(text, NumberStyles.Float, Invariant, out var parsed)
        && BitConverter.DoubleToInt64Bits(parsed) == BitConverter.DoubleToInt64Bits(number);

    private static Code Integer(IntegerConstant constant)
    {
        var number = constant.Number;
        var digits = number.ToString(Invariant);
        switch (constant.Scalar.Name)
        {
            case "int": return Signed(digits);
            case "long": return Signed(digits + "L");
            case "uint": return Code.Primary(unchecked((uint)number).ToString(Invariant) + "u");
            case "ulong": return Code.Primary(unchecked((ulong)number).ToString(Invariant) + "UL");
            case "char": return Code.Primary(Character((char)number));
            default:
                var text = "(" + constant.Scalar.Name + ")" + (number < 0 ? "(" + digits + ")" : digits);
                return new Code(text, Precedence.Unary);
        }
    }

    private static string Character(char c) =>
        c is > ' ' and < (char)127 and not ('\'' or '\\') ? "'" + c + "'" : "'\\u" + ((int)c).ToString("X4", Invariant) + "'";

    private static Code Signed(string text) => text[0] == '-' ? new Code(text, Precedence.Unary) : Code.Primary(text);
}
