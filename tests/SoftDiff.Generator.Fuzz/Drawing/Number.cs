namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>The type that a program computes in, and how C# spells constants and functions of it.</summary>
internal sealed record Number(string Type, string Functions)
{
    public static readonly Number Double = new("double", "Math");

    public static readonly Number Float = new("float", "MathF");

    public static readonly Number Generic = new("T", "T");

    public bool IsDouble => Type == "double";

    public bool IsGeneric => Type == "T";

    public string Literal(string digits) => Type switch
    {
        "double" => digits,
        "float" => digits + "f",
        _ => $"T.CreateChecked({digits})",
    };

    /// <summary>An integer as an operand; C# converts it by itself, but not to a type parameter.</summary>
    public string OfInteger(string text) => IsGeneric ? $"T.CreateChecked({text})" : text;

    public string Zero => IsGeneric ? "T.Zero" : "0";

    public string Call(string function, params string[] arguments) => $"{Functions}.{function}({string.Join(", ", arguments)})";
}
