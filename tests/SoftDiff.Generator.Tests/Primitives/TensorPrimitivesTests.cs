using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.Nesting;

namespace SoftDiff.Generator.Tests.Primitives;

/// <summary>
/// Every public method of TensorPrimitives has derivatives that agree with differences in all companions, or it is refused for a reason that
/// <see cref="PrimitiveProbes.Refused"/> states. Derivatives of second order are tested for each name.
/// </summary>
public sealed class TensorPrimitivesTests
{
    private static readonly Lazy<ProbeSuite> First = new(() => new ProbeSuite([PrimitiveProbes.Supported], CompilationSettings.Default, "generated-primitives"));

    private static readonly Lazy<NestedProbes> Second = new(() => new NestedProbes([PrimitiveProbes.Write(PrimitiveProbes.Twice)]));

    public static TheoryData<string> Supported() => [.. PrimitiveProbes.Methods.Where(method => !PrimitiveProbes.IsRefused(method)).Select(PrimitiveProbes.Id)];

    [Theory]
    [MemberData(nameof(Supported))]
    public void First_derivatives(string probe) => ProbeTests.Check(First.Value[probe]);

    public static TheoryData<string> Twice() => [.. PrimitiveProbes.Twice.Select(PrimitiveProbes.Id)];

    [Theory]
    [MemberData(nameof(Twice))]
    public void Second_derivatives(string probe)
    {
        foreach (CompanionForm of in new[] { CompanionForm.Grad, CompanionForm.Jvp })
        {
            Assert.Null(Second.Value.Refused(probe, of));
            CompiledProbe compiled = Second.Value.Of(of)[probe];
            string where = string.Concat(compiled.GeneratedFiles.Select(file => $"generated code: {file}\n"));
            Assert.True(compiled.Problem is null, where + compiled.Problem);
            string? complaint = SecondOrderCheck.Run(Assert.Single(compiled.Points), compiled.Probe.Single);
            Assert.True(complaint is null, where + complaint);
        }
    }

    [Fact]
    public void Supported_methods_are_accepted() => Assert.Empty(First.Value.AnalyzerDiagnostics);

    [Fact]
    public void Others_are_refused_by_a_message()
    {
        MethodInfo[] refused = [.. PrimitiveProbes.Methods.Where(PrimitiveProbes.IsRefused)];
        Assert.Equal(PrimitiveProbes.Refused.Keys.Order(), refused.Select(method => method.Name).Distinct().Order());
        foreach (MethodInfo method in refused)
        {
            GeneratorRun run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, PrimitiveProbes.Write([method]));
            Diagnostic[] errors = [.. GeneratorHarness.Analyze(run.Output).Where(d => d.Severity == DiagnosticSeverity.Error)];
            Assert.True(errors.Length > 0 && errors.All(e => e.Id is "SD1002" or "SD1005"), method + ": " + GeneratorRun.Describe(errors));
        }
    }
}
