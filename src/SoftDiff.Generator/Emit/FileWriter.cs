namespace SoftDiff.Generator.Emit;

/// <summary>Prints a generated file: header, namespace, containing types, methods.</summary>
internal static class FileWriter
{
    public static string Write(CompanionFile file) => throw new NotImplementedException();
}
