using System.Text;
using SoftDiff.Generator.Tests.Harness;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Tests.Nesting;

/// <summary>
/// Derivatives of derivatives, for every probe that returns a number: forward over reverse, reverse over reverse, reverse over forward and forward over
/// forward agree with each other and with extrapolated differences of the first derivative, or are refused by a message.
/// </summary>
public sealed class NestedDerivativeTests(ITestOutputHelper output)
{
    /// <summary>At most this part of the second derivatives may be refused.</summary>
    private const double MostRefused = 0.05;

    public static TheoryData<string, CompanionForm> Cases()
    {
        TheoryData<string, CompanionForm> cases = [];
        foreach (Probe probe in NestedProbes.Nestable)
        {
            cases.Add(probe.Id, CompanionForm.Grad);
            cases.Add(probe.Id, CompanionForm.Jvp);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Second_derivatives(string probe, CompanionForm of)
    {
        if (NestedProbes.Shared.Refused(probe, of) is { } refusal)
        {
            Assert.StartsWith("no derivative is known of ", refusal, StringComparison.Ordinal);
            return;
        }

        CompiledProbe compiled = NestedProbes.Shared.Of(of)[probe];
        string where = string.Concat(compiled.GeneratedFiles.Select(file => $"generated code: {file}\n"));
        Assert.True(compiled.Problem is null, where + compiled.Problem);
        for (int i = 0; i < compiled.Points.Length; i++)
        {
            ProbePoint point = compiled.Probe.Points[i];
            string? complaint = SecondOrderCheck.Run(compiled.Points[i], compiled.Probe.Single || point.Arguments.ContainsValue("float"));
            Assert.True(complaint is null, $"{where}at {point.Line}\n{complaint}");
        }
    }

    [Fact]
    public void Nothing_but_a_missing_rule_stops_a_second_derivative() =>
        Assert.True(NestedProbes.Shared.Run.GeneratorDiagnostics.IsEmpty, GeneratorRun.Describe(NestedProbes.Shared.Run.GeneratorDiagnostics));

    [Fact]
    public void Few_are_refused()
    {
        StringBuilder text = new();
        int all = 0, refused = 0;
        foreach (Probe probe in NestedProbes.Nestable)
        {
            foreach (CompanionForm of in new[] { CompanionForm.Grad, CompanionForm.Jvp })
            {
                all++;
                if (NestedProbes.Shared.Refused(probe.Id, of) is not { } refusal) continue;
                refused++;
                text.Append(probe.Id).Append(' ').Append(of).Append(": ").Append(refusal).Append('\n');
            }
        }

        output.WriteLine($"{refused} of {all} second derivatives are refused\n{text}");
        Assert.True(refused <= MostRefused * all, $"{refused} of {all} second derivatives are refused\n{text}");
    }
}
