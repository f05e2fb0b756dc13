using System.Diagnostics;
using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Shrinking;

/// <summary>Makes a failing program smaller for as long as it fails in the same way.</summary>
internal static class Shrinker
{
    private const int AtOnce = 24;

    public static FuzzProgram Shrink(FuzzProgram program, ICheck check, Verdict verdict, TimeSpan limit)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ICheck narrowed = check.Narrowed(verdict);
        bool[] Fails(IEnumerable<string> texts) =>
            [.. narrowed.Run([.. texts.Select(text => program with { Members = text })]).Select(v => v.Outcome == Outcome.Wrong && v.Kind == verdict.Kind)];

        string current = program.Members;
        bool progress = true;
        while (progress)
        {
            progress = false;
            foreach (Edit[] edits in PointEdits.Of(current).Concat(CodeEdits.Of(current)).OrderByDescending(edit => edit.Gain).Chunk(AtOnce))
            {
                if (clock.Elapsed > limit) return program with { Members = Tidy(current) };
                bool[] fails = Fails(edits.Select(edit => Edit.Apply(current, [edit])));
                Edit[] good = [.. edits.Where((_, i) => fails[i])];
                if (good.Length == 0) continue;

                // Edits that are good one by one are mostly good together.
                string all = Edit.Apply(current, good);
                current = good.Length > 1 && Fails([all])[0] ? all : Edit.Apply(current, [good[0]]);
                progress = true;
                break;
            }
        }

        return program with { Members = Tidy(current) };
    }

    /// <summary>Without the empty lines that removed statements leave.</summary>
    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Where(line => line.Trim().Length > 0));
}
