using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Mutilation;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Fuzz.Shrinking;

namespace SoftDiff.Generator.Fuzz;

/// <summary>Draws, checks, shrinks and counts: what the command line and the tests do.</summary>
internal sealed class FuzzRun(TextWriter output)
{
    private const int BatchSize = 50;

    private const int MostShrunk = 3;

    private static readonly TimeSpan s_shrinkingLimit = TimeSpan.FromMinutes(2);

    private readonly List<(FuzzProgram Program, Verdict Verdict)> _verdicts = [];

    private int _failures;

    public int Failures => _failures;

    /// <summary>Only kinds whose names contain this are drawn.</summary>
    public string KindName { get; init; } = "";

    /// <summary>The part of the programs that were no subject for the check, by an error of the language or otherwise.</summary>
    public double PartLeftOut =>
        _verdicts.Count(one => one.Verdict.Outcome is Outcome.Refused or Outcome.Unusable) / (double)Math.Max(1, _verdicts.Count);

    /// <summary>The part of the programs that were not judged in full.</summary>
    public double PartAtKinks => _verdicts.Count(one => one.Verdict.Outcome == Outcome.Kink) / (double)Math.Max(1, _verdicts.Count);

    /// <summary>Checks <paramref name="count"/> programs of a seed, from number <paramref name="first"/> on.</summary>
    public void Programs(ICheck check, int seed, int first, int count)
    {
        output.WriteLine($"check '{check.Name}' on {count} programs, seed {seed}");
        bool IsAsked(Kind kind) => kind.Name.Contains(KindName, StringComparison.Ordinal) && check.Suits(kind);
        IEnumerable<int> suitable = Enumerable.Range(first, int.MaxValue - first).Where(number => IsAsked(Drawer.KindOf(number)));
        foreach (int[] numbers in suitable.Take(count).Chunk(BatchSize))
        {
            FuzzProgram[] programs = [.. numbers.Select(number => Drawer.Draw(seed, number))];
            IReadOnlyList<Verdict> verdicts = check.Run(programs);
            for (int i = 0; i < programs.Length; i++)
            {
                _verdicts.Add((programs[i], verdicts[i]));
                if (verdicts[i].Outcome == Outcome.Wrong) Report(
                    check, programs[i], verdicts[i], $"--seed {seed} --first {numbers[i]} --count 1");
                else if (verdicts[i].Outcome is not (Outcome.Right or Outcome.Kink)) output.WriteLine(
                    $"program {numbers[i]} ({programs[i].Kind}) left out: {verdicts[i].Kind}: {verdicts[i].Detail}");
            }
        }

        Summarise();
    }

    /// <summary>Checks one program, and prints what is wrong with it as it stands.</summary>
    public void Program(ICheck check, FuzzProgram program)
    {
        Verdict verdict = check.Run([program]).Single();
        if (verdict.Outcome == Outcome.Wrong) _failures++;
        output.WriteLine($"{verdict.Outcome}: {verdict.Kind}\n{verdict.Detail}");
    }

    /// <summary>Checks that mutilated sources throw no exceptions.</summary>
    public void Mutilated(SurvivalCheck check, IEnumerable<Mutilated> sources)
    {
        Dictionary<string, int> counts = [];
        foreach (Mutilated source in sources)
        {
            counts[source.Kind] = counts.GetValueOrDefault(source.Kind) + 1;
            if (check.Complaint(source.Text) is not { } complaint) continue;
            _failures++;
            output.WriteLine($"EXCEPTION at a {source.Kind} of {source.Origin}: {complaint}");
            if (_failures > MostShrunk) continue;
            string? exception = Verdict.ExceptionIn(complaint);
            output.WriteLine(
                TextShrinker.Shrink(source.Text, text => check.Complaint(text) is { } again && Verdict.ExceptionIn(again) == exception));
        }

        output.WriteLine(
            $"mutilated sources: {string.Join(", ", counts.Select(pair => $"{pair.Value} {pair.Key}"))}; {_failures} exceptions");
    }

    private void Report(ICheck check, FuzzProgram program, Verdict verdict, string arguments)
    {
        _failures++;
        output.WriteLine($"FAILURE ({arguments}): {verdict.Kind}\n{verdict.Detail}");
        if (_failures > MostShrunk) return;
        FuzzProgram small = Shrinker.Shrink(program, check, verdict, s_shrinkingLimit);
        output.WriteLine($"Shrunk; a probe as it stands:\n\n{small.Members}\n");
    }

    private void Summarise()
    {
        output.WriteLine("kind: right, at a kink, refused, left out, failing");
        foreach (var kind in _verdicts.GroupBy(one => one.Program.Kind))
        {
            int Count(Outcome outcome) => kind.Count(one => one.Verdict.Outcome == outcome);
            output.WriteLine(
                $"{kind.Key}: {Count(Outcome.Right)}, {Count(Outcome.Kink)}, {Count(Outcome.Refused)}, {Count(Outcome.Unusable)}, {Count(Outcome.Wrong)}");
        }

        var leftOut = _verdicts.Where(one => one.Verdict.Outcome is Outcome.Refused or Outcome.Unusable);
        foreach (var reason in leftOut.GroupBy(one => one.Verdict.Kind))
        {
            output.WriteLine($"left out: {reason.Count()} × {reason.Key}");
        }

        int Total(Outcome outcome) => _verdicts.Count(one => one.Verdict.Outcome == outcome);
        output.WriteLine(
            $"{_verdicts.Count} programs: {Total(Outcome.Right)} right, {Total(Outcome.Kink)} at a kink, {Total(Outcome.Refused)} refused, "
            + $"{Total(Outcome.Unusable)} left out, {_failures} failing");
    }
}
