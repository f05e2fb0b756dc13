using System.Text;
using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>Visits every probe: each is one construct of the supported language, differentiated and checked at several points.</summary>
public sealed class ProbeTests
{
    public static TheoryData<string> ProbeIds()
    {
        TheoryData<string> ids = [];
        foreach (Probe probe in All())
        {
            ids.Add(probe.Id);
        }

        return ids;
    }

    [Theory]
    [MemberData(nameof(ProbeIds))]
    public void DerivativesOf(string probe) => Check(ProbeSuite.Shared[probe]);

    /// <summary>Fails unless the probe's derivatives are right at all its points.</summary>
    internal static void Check(CompiledProbe compiled)
    {
        string probe = compiled.Probe.Id;
        string where = $"Probe {probe} ({compiled.Probe.Construct}), Probes/{compiled.Probe.File}.cs line {compiled.Probe.Line}\n"
            + string.Concat(compiled.GeneratedFiles.Select(file => $"generated code: {file}\n"))
            + compiled.Reported;
        Assert.True(compiled.Problem is null, where + compiled.Problem);

        for (int i = 0; i < compiled.Points.Length; i++)
        {
            ProbePoint point = compiled.Probe.Points[i];
            string? complaint;
            try
            {
                complaint = point.Throws is { } exception
                    ? CheckThrows(compiled.Points[i], exception)
                    : DerivativeCheck.Run(
                        compiled.Points[i],
                        compiled.Probe.Single || point.Arguments.ContainsValue("float") ? Tolerances.Single : Tolerances.Double,
                        seed: StableHash(probe) + i);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                complaint = e.ToString();
            }

            Assert.True(complaint is null, $"{where}at {point.Line}\n{complaint}");
        }
    }

    [Fact]
    public void GeneratedCodeHasNoErrorsAndNoWarnings() => ProbeSuite.Shared.Run.AssertClean();

    [Fact]
    public void AnalyzerAcceptsEveryProbe()
    {
        Diagnostic[] refused =
            [.. ProbeSuite.Shared.AnalyzerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(refused.Length == 0, GeneratorRun.Describe(refused));
    }

    [Fact]
    public void ThereAreEnoughProbes()
    {
        string[] ids = [.. All().Select(probe => probe.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.True(ids.Length >= 550, $"{ids.Length} probes; there were 550, and a probe that goes needs a reason.");
    }

    [Fact]
    public void TheLanguagePageListsEveryConstruct() =>
        GeneratedSection.Verify("docs/language.md", (ProbeTable.Section, ProbeTable.Write([.. All()])));

    private static IEnumerable<Probe> All() => Probe.EmbeddedSources.SelectMany(source => Probe.Parse(source));

    private static string? CheckThrows(Derivatives d, string exception)
    {
        StringBuilder complaints = new();
        Exception? primal = Thrown(() => d.Primal(d.X));
        if (primal?.GetType().Name != exception)
        {
            return $"the primal throws {primal?.GetType().Name ?? "nothing"} instead of {exception}";
        }

        // Cotangents are handed over longer than needed: how many outputs there would be is not known when the primal throws.
        double[] seeds = new double[64];
        (string Name, Func<object>? Call)[] companions =
        [
            ("Grad", d.Grad is null ? null : () => d.Grad(d.X, seeds)),
            ("Vjp", () => d.Vjp(d.X, seeds)),
            ("Jvp", () => d.Jvp(d.X, new double[d.X.Length])),
        ];
        foreach ((string name, Func<object>? call) in companions)
        {
            Exception? thrown = call is null ? primal : Thrown(call);
            if (thrown?.GetType() != primal.GetType() || !SameText(primal, thrown))
            {
                complaints.AppendLine($"{name} throws {thrown?.ToString() ?? "nothing"}, the primal {primal.GetType().Name}: {primal.Message}");
            }
        }

        return complaints.Length == 0 ? null : complaints.ToString();
    }

    /// <summary>The user's message must be the same; the guards of the framework, which report the actual value, word theirs as they like.</summary>
    private static bool SameText(Exception expected, Exception actual) =>
        expected is ArgumentOutOfRangeException { ActualValue: { } value, ParamName: var name }
            ? actual is ArgumentOutOfRangeException other && Equals(other.ActualValue, value) && other.ParamName == name
            : actual.Message == expected.Message;

    private static Exception? Thrown(Func<object> call)
    {
        try
        {
            call();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>The same on every machine and in every run, unlike <see cref="string.GetHashCode()"/> (32-bit FNV-1a).</summary>
    private static int StableHash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash & 0x3fffffff);
    }
}
