using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>
/// Something that must hold for every drawn program. A new kind of check implements this and is listed in <see cref="Checks"/>.
/// </summary>
internal interface ICheck
{
    /// <summary>The name by which the command line knows it.</summary>
    string Name { get; }

    /// <summary>Whether programs of a kind can be checked; others are not drawn for it.</summary>
    bool Suits(Kind kind);

    /// <summary>A verdict for each program, in order. The programs share compilations, which is what makes it fast.</summary>
    IReadOnlyList<Verdict> Run(IReadOnlyList<FuzzProgram> programs);

    /// <summary>A check that finds the same fault sooner, for shrinking.</summary>
    ICheck Narrowed(Verdict verdict);
}
