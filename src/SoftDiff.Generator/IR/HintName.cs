namespace SoftDiff.Generator.IR;

/// <summary>Names of generated files: what a person looks for, and a hash that keeps names apart that differ in other ways or in case only.</summary>
internal static class HintName
{
    public static string Of(string readable, string unique)
    {
        var plain = new string(readable.Select(c => char.IsLetterOrDigit(c) || c is '.' or '+' or '-' or '_' ? c : '_').ToArray());
        return plain + "_" + StableHash.Of(unique).ToString("x8", System.Globalization.CultureInfo.InvariantCulture) + ".g.cs";
    }
}
