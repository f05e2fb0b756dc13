using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>The probes of [Checkpoint] against the same methods without the attribute.</summary>
public sealed class CheckpointTests
{
    private static readonly SourceFile Source = Probe.EmbeddedSources.Single(source => source.Path.EndsWith("/Checkpoints.cs", StringComparison.Ordinal));

    private static readonly Lazy<ProbeSuite> Plain = new(() => new ProbeSuite([WithoutMarks()], CompilationSettings.Default, "generated-without-checkpoints"));

    public static TheoryData<string> Ids => [.. Probe.Parse(Source).Select(probe => probe.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Derivatives_are_those_without_the_attribute(string probe)
    {
        var (marked, plain) = (ProbeSuite.Shared[probe], Plain.Value[probe]);
        Assert.Null(marked.Problem);
        Assert.Null(plain.Problem);
        for (int i = 0; i < marked.Points.Length; i++)
        {
            // ProbeTests check what is thrown.
            if (marked.Probe.Points[i].Throws is not null) continue;
            var (actual, expected) = (marked.Points[i], plain.Points[i]);
            double[] tangents = [.. expected.X.Select((_, k) => Math.Cos(k + 1))];
            double[] cotangents = [.. expected.Primal(expected.X).Select((_, k) => Math.Sin(k + 1))];
            AssertClose(expected.Jvp(expected.X, tangents), actual.Jvp(actual.X, tangents));
            AssertClose(expected.Vjp(expected.X, cotangents), actual.Vjp(actual.X, cotangents));
            if (expected.Grad is { } gradient) AssertClose(gradient(expected.X, cotangents), actual.Grad!(actual.X, cotangents));
        }
    }

    /// <summary>The first vector has what the primal computes, to the last bit; the second has derivatives, whose terms may be added in another order.</summary>
    private static void AssertClose(double[][] expected, double[][] actual)
    {
        Assert.Equal(expected[0], actual[0]);
        double scale = expected[1].Select(Math.Abs).Append(1e-300).Max();
        Assert.Equal(expected[1].Length, actual[1].Length);
        for (int i = 0; i < expected[1].Length; i++) Assert.Equal(expected[1][i], actual[1][i], 1e-13 * scale);
    }

    private static SourceFile WithoutMarks()
    {
        string text = System.Text.RegularExpressions.Regex.Replace(Source.Text, @", Checkpoint(\(Slots = \d\))?\]", "]");
        Assert.DoesNotContain(", Checkpoint", text, StringComparison.Ordinal);
        return Source with { Text = text };
    }
}
