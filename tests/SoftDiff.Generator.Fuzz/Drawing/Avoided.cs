using System.Collections.Frozen;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>
/// What is not drawn or not run because the compiler has a known fault there, each with the reason. An entry goes when its fault does.
/// </summary>
internal static class Avoided
{
    /// <summary>Names of statements and terms.</summary>
    public static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet<string>([]);

    /// <summary>Whether a program is left out under a setting of the passes: none is at present.</summary>
    public static bool Excuses(FuzzProgram program, TransformVariant variant) => false;

    /// <summary>
    /// Whether the batch of a method's gradient is left out. A rule's method that gets an array of the drawn one is taken to write it, so
    /// the array's rows
    /// are writable spans of a span that is not: SD9000 or CS1503.
    /// </summary>
    public static bool HasNoBatchOfGradient(MethodShape shape) => shape.Parameters.Any(p => p.PassedAs == PassedAs.Array && !p.Written);
}
