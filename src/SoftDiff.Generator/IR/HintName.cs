namespace SoftDiff.Generator.IR;

/// <summary>
/// Makes the names of generated files. A name starts with the words that a person looks for; a hash distinguishes names that differ only in
/// case or in parts left out.
/// </summary>
internal static class HintName
{
    public static string Of(string readable, string unique)
    {
        var plain = new string(readable.Select(c => char.IsLetterOrDigit(c) || c is '.' or '+' or '-' or '_' ? c : '_').ToArray());
        return plain + "_" + StableHash.Of(unique).ToString("x8", System.Globalization.CultureInfo.InvariantCulture) + ".g.cs";
    }
}
