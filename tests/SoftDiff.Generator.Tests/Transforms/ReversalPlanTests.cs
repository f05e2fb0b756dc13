using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Reverse;
using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>What reverse mode decides for some methods, and that the emission takes every decision from the plan.</summary>
public sealed class ReversalPlanTests
{
    private const string Source = """
        using System;
        using SoftDiff;
        public static partial class C
        {
            public static double Straight(double x) => x * Math.Sin(x) / (1 + x * x);

            public static double Recurrence(double x, int n)
            {
                double s = x;
                for (int i = 0; i < n; i++) s = x * Math.Sin(s);
                return s;
            }

            public static double FusedBranch(double x, double y) => x > y ? Math.Sin(x) * y : y;

            public static double Branch(double x, double y)
            {
                double s = x > y ? Math.Sin(x) * y : y;
                return s * s;
            }

            public static double Replayed(ReadOnlySpan<double> x, int n)
            {
                double total = 0;
                foreach (double start in x)
                {
                    double p = start;
                    for (int k = 0; k < n; k++) p = 3 * p * (1 - p);
                    total += p;
                }

                return Math.Log(total);
            }

            public static double Until(double x, double limit)
            {
                while (x < limit)
                {
                    if (x < 0) x = Math.Exp(x) * x + 2;
                    else x += Math.Sqrt(x);
                }

                return x;
            }

            public static double InPlace(Span<double> x, int n)
            {
                for (int i = 0; i < n; i++)
                {
                    Soft.Sort(x, x, 0.1);
                    x[0] = x[0] * x[1];
                }

                return x[0];
            }

            public static double Calls(double x, double y) => Power(x, 3) * y + Power(y, 4);

            public static double Power(double x, int n) => n == 0 ? 1 : x * Power(x, n - 1);

            public static double Pullbacks(ReadOnlySpan<double> x, int n) => Tail(x, n) * x[0];

            public static double Tail(ReadOnlySpan<double> x, int n) => n == 0 ? 1 : Math.Sin(x[n] * Tail(x, n - 1));
        }
        """;

    private static readonly Compilation Compilation = GeneratorHarness.Compile(CompilationSettings.Default, Source);

    public static TheoryData<string, string> Plans() => new()
    {
        { "Straight", """
            plan of Straight
              every value is at hand
            """ },
        { "Recurrence", """
            plan of Recurrence
              for %2.i @3: apart, backwards
                %4.s: saved
                %5: saved
                save %5, %4.s in buffers of %2.i
            """ },
        { "FusedBranch", """
            plan of FusedBranch
              if %2 @0: fused
            """ },
        { "Branch", """
            plan of Branch
              if %2 @2: apart
                %3: handed out
            """ },
        { "Replayed", """
            plan of Replayed
              for %3.i @3: replayed
                for %7.k @6: apart, backwards
                  %10: saved
                  %11: saved
                  save %11, %10 in buffers of %7.k
            """ },
        { "Until", """
            plan of Until
              while @2: apart, backwards, trips counted
                %3.x: saved
                %5: again
                if %5 @4: apart
                  %6: handed out, saved
                else
                  %9: again
                save %3.x, %6 on the tape
            """ },
        { "InPlace", """
            plan of InPlace
              for %2.i @2: apart, backwards
                rule global::SoftDiff.Soft.Sort @4
                  elements of %0.x after the call: on the tape
                  elements of %0.x before the call: on the tape
                %4: saved
                %5: saved
                save %5, %4 in buffers of %2.i
            """ },
        { "Calls", """
            plan of Calls
              call Power @0: replaced by the gradient
              call Power @0: replaced by the gradient
            """ },
        { "Pullbacks", """
            plan of Pullbacks
              call Tail @0: forward function and pullback
            """ },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void The_plan_says_what_is_fused_computed_again_and_saved(string method, string plan)
    {
        var (function, transform) = Reverse(method);
        Assert.Equal(plan + "\n", PlanText.Print(function, transform.Plan()));
    }

    [Theory]
    [InlineData("Recurrence")]
    [InlineData("FusedBranch")]
    [InlineData("Branch")]
    [InlineData("Replayed")]
    [InlineData("Until")]
    [InlineData("InPlace")]
    [InlineData("Calls")]
    [InlineData("Pullbacks")]
    public void The_emission_needs_every_entry_of_the_plan(string method)
    {
        var (_, transform) = Reverse(method);
        var plan = transform.Plan();
        transform.Emit(plan);
        var poorer = WithoutOne(plan).ToList();
        Assert.NotEmpty(poorer);
        foreach (var (entry, incomplete) in poorer)
        {
            var thrown = Record.Exception(() => transform.Emit(incomplete));
            Assert.True(thrown is InvalidOperationException, $"without the {entry}: {thrown}");
            Assert.StartsWith("the plan of the reverse sweep has no ", thrown.Message, StringComparison.Ordinal);
        }
    }

    private static (Function Function, ReverseTransform Transform) Reverse(string method)
    {
        var module = PreparedMethod.Simplified(Compilation, "C", method);
        var options = TransformOptions.Default with { Verify = true };
        return (module.Root, new ReverseTransform(module.Root, gradient: true, new DerivedCallees(module), options, CancellationToken.None));
    }

    private static IEnumerable<(string Entry, ReversalPlan Plan)> WithoutOne(ReversalPlan plan) =>
    [
        .. plan.Branches.Keys.Select(op => ("branch", plan with { Branches = plan.Branches.Remove(op) })),
        .. plan.Loops.Keys.Select(op => ("loop", plan with { Loops = plan.Loops.Remove(op) })),
        .. plan.Calls.Keys.Select(op => ("call", plan with { Calls = plan.Calls.Remove(op) })),
        .. plan.Rules.Keys.Select(op => ("rule", plan with { Rules = plan.Rules.Remove(op) })),
        .. plan.Values.Keys.Select(value => ($"value {value}", plan with { Values = plan.Values.Remove(value) })),
        .. plan.Saves.Keys.Select(block => ("storage", plan with { Saves = plan.Saves.Remove(block) })),
    ];
}
