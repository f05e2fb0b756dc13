using System.Reflection;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.Transforms;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Declared;

/// <summary>
/// The declarations of tests/SoftDiff.Tests with everything off that saves time or memory. The verifier runs after every pass, and the
/// results agree with those of the full compiler.
/// </summary>
public sealed class DeclaredAblationTests
{
    private const string Values = """
        using SoftDiff.Tests.Declared;

        public static class Values
        {
            public static double[] All()
            {
                double[] x = [0.4, -0.7, 1.1, 0.2], v = [1, 0.5, -2, 0.3], hessian = new double[16], all = new double[16], gradient = new double[4], product = new double[4];
                double[] y = new double[6], forward = new double[30], reverse = new double[30], state = [0.3, 1.2], jacobian = new double[20];
                double[] start = [0.3, -0.6], dStart = new double[2], inner = new double[4], w = [0.3, 0.8, -0.6, 0.2], dW = new double[4], hw = new double[4];
                Functions.RosenbrockHessian(x, hessian);
                Functions.RosenbrockAll(x, gradient, all);
                Functions.RosenbrockProduct(x, v, product);
                Jacobians.ResidualsForward(x, 0.3, y, forward);
                Jacobians.ResidualsReverse(x, 0.3, y, reverse);
                double z = 0.4;
                double value = Jacobians.EverythingReverse(0.7, ref z, out double u, state, jacobian);
                Learning.MamlGradient(start, 0.05, 0.8, 3, dStart, out double dRate);
                Learning.MamlHessian(start, 0.05, 0.8, 3, inner);
                Learning.PenaltyProduct(start, w, v, dW, hw);
                double[] scalars =
                [
                    value, z, u, dRate, Polynomials.Second(0.7), Polynomials.PowerSecond(0.7, 4), Confusion.OuterSlope(0.7),
                    Rules.SteppedTwiceSlope(0.2), Rules.FactorSecond(0.9, 3),
                ];
                return [.. hessian, .. all, .. gradient, .. product, .. y, .. forward, .. reverse, .. state, .. jacobian, .. dStart, .. inner, .. dW, .. hw, .. scalars];
            }
        }
        """;

    [Theory]
    [InlineData(Switches.All)]
    [InlineData(nameof(TransformOptions.HoistPrimal))]
    [InlineData(nameof(TransformOptions.RunInLanes))]
    [InlineData(nameof(TransformOptions.StoreColumns))]
    public void Results_do_not_depend_on_what_only_saves_time(string off)
    {
        double[] expected = Run(TransformOptions.Default), actual = Run(Switches.Off(off));

        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12 + (1e-12 * Math.Abs(expected[i])));
    }

    private static double[] Run(TransformOptions options)
    {
        Phases phases = new(CheckedLowering.Lower, (module, cancellation) => Companions.Generate(module, options with { Verify = true }, cancellation));
        using GeneratorRun run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, phases, [.. Sources(), new SourceFile("Usings.cs", "global using System;")]);
        run.AssertClean();
        MethodInfo all = GeneratorRun.Method(run.Load(Values), "Values", "All");
        return (double[])all.Invoke(null, null)!;
    }

    private static IEnumerable<SourceFile> Sources()
    {
        string folder = Path.Combine(RepositoryPaths.Root, "tests/SoftDiff.Tests/Declared");
        foreach (string name in new[] { "Confusion", "Functions", "Jacobians", "Learning", "Polynomials", "Rules" })
        {
            yield return new SourceFile(name + ".cs", File.ReadAllText(Path.Combine(folder, name + ".cs")));
        }
    }
}
