using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>The middle of the compiler and what becomes of its text. Tests put a faulty one in its place, to see the fault found.</summary>
internal sealed record Derivation(
    Func<Module, TransformOptions, CancellationToken, ImmutableArray<Companion>> Companions,
    Func<string, string> Print)
{
    public static readonly Derivation Compiler = new(Transforms.Companions.Generate, text => text);
}
