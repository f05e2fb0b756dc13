using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Tests.Transforms;
using SoftDiff.Generator.Transforms;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Lanes;

/// <summary>The Hessian and the Jacobians of every probe do not depend on whether the primal is hoisted and directions run in lanes.</summary>
public sealed class ProbeMatrixTests
{
    private static readonly Lazy<CSharpCompilation> Probes = new(() => GeneratorHarness.Compile(CompilationSettings.Default, [.. Probe.EmbeddedSources]));

    [Theory]
    [InlineData("Hessian", 130, 1380)]
    [InlineData("Forward", 200, 1470)]
    [InlineData("Reverse", 15, 1410)]
    public void Matrices_do_not_depend_on_hoisting_and_lanes(string form, int leastInLanes, int leastCompared)
    {
        Transformation what = form == "Hessian"
            ? new(TransformationKind.Hessian, 2, JacobianMode.Auto, [])
            : new(TransformationKind.Jacobian, 1, Enum.Parse<JacobianMode>(form), []);
        List<string> differences = [];
        var (inLanes, compared) = (0, 0);
        var probes = Probe.EmbeddedSources.SelectMany(source => Probe.Parse(source))
            .Where(probe => !probe.HasValueTypes && !probe.HasTrees && !probe.GivesArrays && (form != "Hessian" || probe.ReturnsNumber));
        foreach (var probe in probes)
        {
            if (Lowered(probe, what.Order) is not { } module) continue;
            ProbeMatrix matrix = new(module, what);
            if (Compiled(matrix, TransformOptions.Default with { HoistPrimal = false, RunInLanes = false }) is not { } plain) continue;
            foreach (var options in new[] { TransformOptions.Default with { Verify = true }, Switches.Off(nameof(TransformOptions.RunInLanes)) })
            {
                var compiled = matrix.Compile(options);
                if (compiled.Function.Body.AllOps().Any(op => op is LaneCall)) inLanes++;
                foreach (var point in probe.Points.Where(point => point.Throws is null))
                {
                    if (Difference(matrix, plain, compiled, point, probe.Single ? 1e-4 : 1e-11, ref compared) is { } difference) differences.Add($"{probe} at {point.Line}: {difference}");
                }
            }
        }

        Assert.Empty(differences);
        Assert.True(inLanes >= leastInLanes, $"only {inLanes} in lanes");
        Assert.True(compared >= leastCompared, $"only {compared} points compared");
    }

    /// <summary>The probe, if it has parameters of the interpreter and derivatives of that order.</summary>
    private static Module? Lowered(Probe probe, int order)
    {
        var method = Assert.Single(ProbeSuite.Methods(Probes.Value, probe));
        var module = CheckedLowering.Lower(method, Probes.Value, order, CancellationToken.None).Module;
        return module is null || module.IsGeneric || !module.Root.Parameters.Any(p => p.Wrt) ? null : module;
    }

    private static Companion? Compiled(ProbeMatrix matrix, TransformOptions options)
    {
        try
        {
            return matrix.Compile(options);
        }
        catch (MissingRuleException)
        {
            return null;
        }
    }

    private static string? Difference(ProbeMatrix matrix, Companion plain, Companion compiled, ProbePoint point, double tolerance, ref int compared)
    {
        double[] expected, actual;
        try
        {
            expected = matrix.Run(plain, point);
        }
        catch (Exception exception) when (exception is NotSupportedException or FormatException or ArgumentException or InterpretedException)
        {
            // An argument or a method of a rule that the interpreter does not have, or a point at which the derivative throws.
            return null;
        }

        compared++;
        try
        {
            actual = matrix.Run(compiled, point);
        }
        catch (InterpretedException exception)
        {
            return exception.Message;
        }

        var scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < expected.Length; i++)
        {
            var isSame = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + scale);
            if (!isSame) return $"{actual[i]} instead of {expected[i]}";
        }

        return null;
    }
}
