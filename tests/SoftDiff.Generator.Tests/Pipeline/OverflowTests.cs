using System.Reflection;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>Integers that overflow do in the companions what they do in the method, whatever the project's setting.</summary>
public class OverflowTests
{
    private static readonly CompilationSettings Checked = CompilationSettings.Default with { CheckOverflow = true };

    // Probe files with integers of every kind, in projects that check them.
    private static readonly string[] Topics = ["Arithmetic", "Arrays", "Conversions", "Loops"];

    private static readonly Lazy<ProbeSuite> CheckedProbes = new(() => new ProbeSuite(
        [.. Probe.EmbeddedSources.Where(source => Topics.Contains(Path.GetFileNameWithoutExtension(source.Path)))], Checked, "generated-checked"));

    public static TheoryData<string> Probes => [.. CheckedProbes.Value.Probes.Select(probe => probe.Id)];

    /// <summary>Bodies of <c>double F(double x, int n)</c> that overflow for n = 5, or would if they were checked.</summary>
    private static readonly string[] Bodies =
    [
        "int h = unchecked(n * 1640531527); return x * x * (h & 7);",
        "int h = n * 1640531527; return x * x * (h & 7);",
        "int h = checked(n * 1640531527); return x * x * (h & 7);",
        "int h = checked(unchecked(n * 1640531527) + 1); return x * (h & 7);",
        "int h = unchecked(checked(n + 1) * 1640531527); return x * (h & 7);",
        "int h = (int)(x * 1e10); return x * (h & 7);",
        "int h = (int)(n * 3_000_000_000L); return x * (h & 7);",
        "int h = checked((int)unchecked((uint)n - 7u)); return x * (h & 7);",
        "uint h = (uint)n - 7u; return x * (h & 7);",
        "int h = -(int.MinValue + (n - 5)); return x * (h & 7);",
        "int h = int.MaxValue; h += 1; return x * (h & 7);",
        "int h = int.MaxValue; h++; return x * (h & n);",
        "byte b = 255; b += (byte)n; return x * b;",
        "sbyte b = sbyte.MaxValue; b++; return x * b;",
        "byte b = (byte)(n | 1); b = (byte)~b; return x * b;",
        "char c = (char)n; c -= 'A'; return x * c;",
        "int s = 1; for (int i = 0; i < 40; i++) s = s * 31 + n; return x * (s & 7);",
        "int s = 1; for (int i = 0; i < 40; i++) unchecked { s = s * 31 + n; } return x * (s & 7);",
        "long s = n; for (int i = int.MaxValue - n - 1; i < int.MaxValue; i += 2) { s += i; x *= 1.5; } return x * (s & 7);",
    ];

    private static readonly Lazy<Assembly> Wrapping = new(() => Compile(CompilationSettings.Default));

    private static readonly Lazy<Assembly> Throwing = new(() => Compile(Checked));

    public static TheoryData<int, bool> Programs
    {
        get
        {
            TheoryData<int, bool> programs = [];
            for (int i = 0; i < Bodies.Length; i++)
            {
                programs.Add(i, false);
                programs.Add(i, true);
            }

            return programs;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Companions_overflow_where_the_method_does(int program, bool isChecked)
    {
        Assembly assembly = (isChecked ? Throwing : Wrapping).Value;
        string name = "F" + program;

        object expected = Result(assembly, name, 1.5, 5);
        Assert.Equal(expected, Result(assembly, name + "Grad", 1.5, 5, null));
        Assert.Equal(expected, Result(assembly, name + "Vjp", 1.5, 5, 1.0, null));
        Assert.Equal(expected, Result(assembly, name + "Jvp", 1.5, 5, 1.0, null));
    }

    [Fact]
    public void Half_of_the_programs_depend_on_the_setting()
    {
        int different = Enumerable.Range(0, Bodies.Length).Count(i => !Result(Wrapping.Value, "F" + i, 1.5, 5).Equals(Result(Throwing.Value, "F" + i, 1.5, 5)));

        Assert.True(different >= Bodies.Length / 2, $"{different} of {Bodies.Length}");
    }

    [Fact]
    public void Only_bodies_that_may_wrap_around_are_unchecked()
    {
        const string Source = """
            using SoftDiff;
            public static partial class C
            {
                [Differentiable] public static double Smooth(double x, int n) => x * x * n;
                [Differentiable] public static double Hashed(double x, int n) => x * unchecked(n * 31);
                [Differentiable] public static double Checked(double x, int n) => x * checked(n * 31 + 1);
            }
            """;

        using GeneratorRun off = GeneratorHarness.Run(Source);
        using GeneratorRun on = GeneratorHarness.Run(Checked, Source);

        const string Block = "        unchecked\n        {\n";
        Assert.DoesNotContain(Block, string.Concat(off.Generated.Values));
        Assert.DoesNotContain(Block, on.Text("Smooth"));
        Assert.Contains(Block, on.Text("Hashed"));
        Assert.DoesNotContain(Block, on.Text("Checked"));
        Assert.Contains("n * 31 + 1", on.Text("Checked"));
    }

    [Fact]
    public void Probes_compile_where_overflow_is_checked() => CheckedProbes.Value.Run.AssertClean();

    [Theory]
    [MemberData(nameof(Probes))]
    public void Derivatives_where_overflow_is_checked(string probe) => ProbeTests.Check(CheckedProbes.Value[probe]);

    private static Assembly Compile(CompilationSettings settings) => GeneratorHarness.Run(settings, $$"""
        using SoftDiff;
        public static partial class C
        {
            {{string.Concat(Bodies.Select((body, i) => $"[Differentiable] public static double F{i}(double x, int n) {{ {body} }}\n"))}}
        }
        """).Load();

    /// <summary>What a call returns, or the name of what it throws.</summary>
    private static object Result(Assembly assembly, string method, params object?[] args)
    {
        try
        {
            return GeneratorRun.Method(assembly, "C", method).Invoke(null, args)!;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException!.GetType().Name;
        }
    }
}
