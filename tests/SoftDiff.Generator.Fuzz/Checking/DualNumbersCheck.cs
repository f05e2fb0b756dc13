using System.Runtime.Loader;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>
/// Every companion has the value of the method and the derivative that the same text has on dual numbers, under several settings of the
/// saving passes.
/// </summary>
internal sealed class DualNumbersCheck(Func<int, IEnumerable<TransformVariant>> variants, Derivation derivation) : ICheck
{
    private int _turn;

    public DualNumbersCheck()
        : this(TransformVariant.InTurn, Derivation.Compiler)
    {
    }

    public string Name => "dual";

    public bool Suits(Kind kind) => true;

    public IReadOnlyList<Verdict> Run(IReadOnlyList<FuzzProgram> programs)
    {
        Subjects subjects = new(programs);
        AssemblyLoadContext context = new("Drawn", isCollectible: true);
        try
        {
            ReferenceRun.Run(subjects, context);
            Dictionary<int, string>? before = null;
            foreach (TransformVariant variant in variants(_turn++))
            {
                CompanionRun run = new(subjects, variant, derivation);
                run.Run(context, before);
                before ??= run.Texts();
            }
        }
        finally
        {
            context.Unload();
        }

        return [.. subjects.All.Select(subject => subject.Verdict ?? Verdict.Right)];
    }

    /// <summary>Only the setting that showed the fault.</summary>
    public ICheck Narrowed(Verdict verdict)
    {
        TransformVariant? found = TransformVariant.All.FirstOrDefault(
            variant => verdict.Detail.StartsWith($"with {variant.Name}: ", StringComparison.Ordinal));
        return found is null ? this : new DualNumbersCheck(_ => [found], derivation);
    }
}
