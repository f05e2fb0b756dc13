using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Companions of methods on objects, run against a gradient that is known.</summary>
public sealed class ObjectTests
{
    /// <summary>A method that is lowered again reads members where it says so, also in a helper that had been lowered before.</summary>
    [Fact]
    public void A_helper_reads_a_member_before_a_call_changes_it() => AssertGradient(36, 36, """
        public sealed class Clock { public C Owner; public void Tick() => Owner.Rate = 7; }

        public partial class C
        {
            public double Rate = 3;
            public readonly Clock Clock = new();

            public C() => Clock.Owner = this;

            [Differentiable] public double F(double x) { double y = Scale(x); Clock.Tick(); return y * y; }

            private double Scale(double x) => x * Rate;
        }
        """);

    /// <summary>sum of Value x, x^2, x^4 along the list.</summary>
    [Fact]
    public void A_method_may_call_itself_on_a_member() => AssertGradient(1 * 2 + 0.5 * 4 + 3 * 16, 1 + 0.5 * 4 + 3 * 32, """
        public partial class C
        {
            public readonly C Next;
            public double Value;

            public C() : this(1, new C(0.5, new C(3, null))) { }

            private C(double value, C next) => (Value, Next) = (value, next);

            [Differentiable] public double F(double x) => Next is null ? Value * x : Value * x + Next.F(x * x);
        }
        """);

    [Fact]
    public void A_method_without_parameters_may_call_itself_on_a_member() => AssertGradient(2 * 4.5, 4.5, """
        public partial class C
        {
            public readonly C Next;
            public double Value;

            public C() : this(1, new C(0.5, new C(3, null))) { }

            private C(double value, C next) => (Value, Next) = (value, next);

            [Differentiable] public double F(double x) => x * Total();

            public double Total() => Next is null ? Value : Value + Next.Total();
        }
        """);

    [Fact]
    public void An_accessor_with_a_body_runs_also_where_the_property_has_a_field() => AssertGradient(2 * 3, 2, """
        public sealed class Doubled { public double Value { get => field * 2; set => field = value + 1; } }

        public partial class C
        {
            [Differentiable] public double F(double x) { var d = new Doubled { Value = x }; return d.Value; }
        }
        """);

    /// <summary>The check of an index does not move past calls of objects: they are asked as often as in the user's method.</summary>
    [Fact]
    public void An_index_out_of_range_throws_after_the_calls_before_it()
    {
        using GeneratorRun run = Run("""
            public sealed class Counter { public int Count; public double Next() => ++Count; }

            public static partial class C
            {
                [Differentiable]
                public static double F(Counter c, double[,] a, int n, double x)
                {
                    double s = 0;
                    for (int i = 0; i < n; i++) s += c.Next() * a[0, i] * x;
                    return s;
                }
            }
            """);
        Assembly assembly = run.Load();
        Type counters = assembly.GetType("Counter")!;
        int Asked(string method, params object?[] rest)
        {
            object counter = Activator.CreateInstance(counters)!;
            var thrown = Assert.Throws<TargetInvocationException>(
                () => assembly.GetType("C")!.GetMethod(method)!.Invoke(null, [counter, new double[2, 3], 5, .. rest]));
            Assert.IsType<IndexOutOfRangeException>(thrown.InnerException);
            return (int)counters.GetField("Count")!.GetValue(counter)!;
        }

        Assert.Equal(4, Asked("F", 0.5));
        Assert.Equal(4, Asked("FJvp", 0.5, new double[2, 3], 1.0, null));
    }

    private static void AssertGradient(double value, double gradient, string source)
    {
        using GeneratorRun run = Run(source);
        Type type = run.Load().GetType("C")!;
        object?[] args = [2.0, null];

        Assert.Equal(value, (double)type.GetMethod("F")!.Invoke(Activator.CreateInstance(type), [2.0])!, 1e-12);
        Assert.Equal(value, (double)type.GetMethod("FGrad")!.Invoke(Activator.CreateInstance(type), args)!, 1e-12);
        Assert.Equal(gradient, (double)args[1]!, 1e-12);
    }

    private static GeneratorRun Run(string source) => GeneratorHarness.Run(
        CompilationSettings.Default with { LanguageVersion = LanguageVersion.Preview, Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable },
        "using SoftDiff;\n" + source);
}
