using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>The assemblies that test compilations refer to; the list is written by the build (see the project file).</summary>
internal static class TestReferences
{
    public static ImmutableArray<MetadataReference> All { get; } = Load();

    private static ImmutableArray<MetadataReference> Load()
    {
        string list = Path.Combine(AppContext.BaseDirectory, "test-references.txt");
        ImmutableArray<MetadataReference> references =
            [.. File.ReadAllLines(list).Where(line => line.Length > 0).Select(path => MetadataReference.CreateFromFile(path))];
        return references.Length > 100
            ? references
            : throw new InvalidOperationException($"{list} names {references.Length} assemblies; the framework alone has more than 100.");
    }
}
