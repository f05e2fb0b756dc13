using System.Collections.Frozen;
using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>
/// What is not drawn or not run because the compiler has a known fault there, each with the reason. An entry goes when its fault does.
/// </summary>
internal static class Avoided
{
    /// <summary>Names of statements and terms: a list that grows is an object, which may not get differentiated numbers (SD1011).</summary>
    public static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet<string>(["list of numbers"]);

    /// <summary>Whether a program is left out under a setting of the passes: none is at present.</summary>
    public static bool Excuses(FuzzProgram program, TransformVariant variant) => false;
}
