using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.Nesting;

namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>
/// The gradient and the tangent of every program that returns a number, each differentiated once more in both modes: the modes agree with
/// each other and with differences of the first derivative.
/// </summary>
internal sealed partial class NestedCheck : ICheck
{
    private static readonly CompanionForm[] s_first = [CompanionForm.Grad, CompanionForm.Jvp];

    public string Name => "nested";

    /// <summary>Only a number has a gradient that is differentiated again. Types of one program are unknown to the suite of nested probes.</summary>
    public bool Suits(Kind kind) => !kind.Needs.HasFlag(Parameters.NoResult) && !kind.HasTrees;

    public IReadOnlyList<Verdict> Run(IReadOnlyList<FuzzProgram> programs)
    {
        Subjects subjects = new([.. programs.Select(WithOwnName)]);
        AssemblyLoadContext context = new("Drawn", isCollectible: true);
        try
        {
            ReferenceRun.Run(subjects, context);
        }
        finally
        {
            context.Unload();
        }

        foreach (Subject subject in subjects.Open.Where(subject => !subject.Probe!.ReturnsNumber))
        {
            subject.End(Verdict.Unusable("returns no number", subject.Probe!.Method));
        }

        Subject[] open = [.. subjects.Open];
        if (open.Length > 0) Judge(subjects, open);
        return [.. subjects.All.Select(subject => subject.Verdict ?? Verdict.Right)];
    }

    /// <summary>There is one setting only.</summary>
    public ICheck Narrowed(Verdict verdict) => this;

    private static void Judge(Subjects subjects, Subject[] open)
    {
        NestedProbes nested = new([.. open.Select(subject => InFolder(subject.Program.Source(Subjects.Namespace, subject.Number)))]);
        try
        {
            foreach (Diagnostic diagnostic in nested.Run.GeneratorDiagnostics)
            {
                string message = diagnostic.ToString();
                int number = FuzzProgram.NumberAfter(Subjects.Namespace + ".P", message) ?? throw new InvalidOperationException(message);
                subjects.All[number].End(Verdict.Wrong($"{diagnostic.Id} {Verdict.ExceptionIn(message)}", message));
            }

            foreach (Subject subject in open.Where(subject => subject.IsOpen)) Judge(subject, nested);
        }
        finally
        {
            foreach (CompanionForm of in s_first) nested.Of(of).Run.Dispose();
        }
    }

    /// <summary>A wrong derivative counts before one that is refused.</summary>
    private static void Judge(Subject subject, NestedProbes nested)
    {
        string? refusal = null, kink = null;
        foreach (CompanionForm of in s_first)
        {
            if (nested.Refused(subject.Probe!.Id, of) is { } reason) refusal ??= $"of {of}: {reason}";
            else kink = Judge(subject, of, nested.Of(of)[subject.Probe.Id]) ?? kink;
        }

        if (refusal is not null) subject.End(Verdict.Refused("no rule", refusal));
        else if (kink is not null) subject.End(Verdict.Kink(kink));
    }

    /// <summary>Ends the check if something is wrong. Gives a point that differences do not judge in full, if there is one.</summary>
    private static string? Judge(Subject subject, CompanionForm of, CompiledProbe compiled)
    {
        string? kink = null;
        if (compiled.Problem is { } problem)
        {
            subject.End(Verdict.Wrong($"of {of}: no derivative or one that does not compile", problem));
            return null;
        }

        for (int i = 0; i < compiled.Points.Length; i++)
        {
            ProbePoint point = compiled.Probe.Points[i];
            bool single = compiled.Probe.Single || point.Arguments.ContainsValue("float");
            Derivatives derivatives = subject.Program.StopsGradients ? WithoutDifferences(compiled.Points[i]) : compiled.Points[i];
            string? complaint = null;
            Exception? thrown = Guarded.Run(() => complaint = SecondOrderCheck.Run(derivatives, single, () => kink = $"of {of} at {point.Line}"));
            string? kind = thrown is TimeoutException ? "does not end" : thrown is not null ? "throws " + thrown.GetType().Name
                : complaint is null ? null : Digits().Replace(complaint[..complaint.IndexOf(':')], "_");
            if (kind is not null) subject.End(Verdict.Wrong($"of {of}: {kind}", $"{thrown?.ToString() ?? complaint}    at {point.Line}"));
        }

        return kink;
    }

    /// <summary>
    /// Where gradients are stopped, the first derivative varies with values that its own derivative holds constant, and differences of it show
    /// nothing.
    /// </summary>
    private static Derivatives WithoutDifferences(Derivatives d) => d with { Expected = [.. d.X.Select(_ => double.NaN)] };

    /// <summary>The suite of nested probes tells refused ones apart by the names of their methods.</summary>
    private static FuzzProgram WithOwnName(FuzzProgram program, int number) =>
        program with { Members = NameOfMethod().Replace(program.Members, FormattableString.Invariant($"F{number:000}")) };

    /// <summary>The suite of nested probes finds the file of a probe by its name after the folder.</summary>
    private static SourceFile InFolder(SourceFile source) => source with { Path = "drawn/" + source.Path };

    [GeneratedRegex(@"\bF\b")]
    private static partial Regex NameOfMethod();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
