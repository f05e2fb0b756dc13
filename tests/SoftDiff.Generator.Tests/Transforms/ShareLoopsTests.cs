using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Which loops that occur several times become calls of one function.</summary>
public sealed class ShareLoopsTests
{
    private const string Sums = """
        %#3: int = Multiply %#0, %#1
              %#4: double = load ARRAY[%#3]
              %#5: double = Multiply %#4, %#4
              accumulate SUM[%#0] = %#5
        """;

    [Fact]
    public void Equal_loops_over_other_arrays_are_one_function()
    {
        var module = Shared(Sums);
        var function = Assert.Single(module.Callees);
        Assert.Equal($"call {function.Name} %3, %0, %4\n  call {function.Name} %3, %1, %5", string.Join("\n  ", Calls(module)));
        Assert.Equal(
            """
            function NAME
              param value %0.n: int
              param value %1.array: rospan<double>
              param value %2.array_2: span<double>
            body
              for %3.i: int = 0 until %0 step 1
                %4: double = Sin 1.0
                for %5.j: int = 0 until %0 step 1
                  %6: int = Multiply %3, %5
                  %7: double = load %1[%6]
                  %8: double = Multiply %7, %7
                  accumulate %2[%3] = %8
                  %9: double = load %1[%5]
                  accumulate %2[%5] = %9
                  yield
                end
                accumulate %2[0] = %4
                yield
              end
              yield
            end

            """.ReplaceLineEndings("\n").Replace("NAME", function.Name, StringComparison.Ordinal),
            IrText.Print(function));
    }

    [Theory]
    [InlineData("Multiply %#0, 2", "Multiply %#0, 3")]
    [InlineData("Multiply %#0, %#1", "Add %#0, %#1")]
    public void Loops_that_differ_stay(string first, string second)
    {
        var module = Shared(Sums.Replace("Multiply %#0, %#1", first, StringComparison.Ordinal), Sums.Replace("Multiply %#0, %#1", second, StringComparison.Ordinal));
        Assert.Empty(module.Callees);
        Assert.Empty(Calls(module));
    }

    [Fact]
    public void Loops_that_hardly_take_more_lines_than_a_call_stay()
    {
        static string Copy(string array, string sum, int number) => $"""
            for %{number}0.i: int = 0 until %3 step 1
                for %{number}1.j: int = 0 until %3 step 1
                  %{number}2: double = load {array}[%{number}1]
                  accumulate {sum}[%{number}0] = %{number}2
                  yield
                end
                yield
              end
            """;
        Assert.Empty(ShareLoops.Run(Module(Copy("%0", "%4", 1) + "\n  " + Copy("%1", "%5", 2))).Callees);
    }

    [Theory]
    [InlineData("2", 1)]
    [InlineData("Scale", 0)]
    public void A_loop_that_names_a_member_of_the_receiver_stays(string factor, int functions)
    {
        using GeneratorRun run = GeneratorHarness.Run($$"""
            using SoftDiff;
            public sealed partial class C(double scale)
            {
                private double Scale { get; } = scale;

                [Differentiable]
                public double F(double[,] x) => Row(Squares(x), 0) + Row(Squares(Squares(x)), 1);

                private double[,] Squares(double[,] x)
                {
                    var y = new double[2, 2];
                    for (int i = 0; i < 2; i++)
                    {
                        for (int j = 0; j < 2; j++) y[i, j] = {{factor}} * x[i, j] * x[j, i];
                    }

                    return y;
                }

                private static double Row(double[,] y, int i) => y[i, 0] + y[i, 1];
            }
            """);
        Assert.Equal(functions > 0, run.Generated.Values.Any(text => text.Contains("double FGrad(", StringComparison.Ordinal) && text.Contains("Loop_", StringComparison.Ordinal)));
    }

    private static List<string> Calls(Module module) =>
        [.. IrText.Print(module.Root).Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("call", StringComparison.Ordinal))];

    private static Module Shared(string body) => Shared(body, body);

    /// <summary>Two loops: the first reads %0 and adds to %4, the second does the same with %1 and %5.</summary>
    private static Module Shared(string first, string second) =>
        ShareLoops.Run(Module(Loop(first, "%0", "%4", "1") + "\n  " + Loop(second, "%1", "%5", "2")));

    private static string Loop(string body, string array, string sum, string number) => $"""
        for %#0.i: int = 0 until %3 step 1
            %#2: double = Sin 1.0
            for %#1.j: int = 0 until %3 step 1
              {body}
              %#6: double = load ARRAY[%#1]
              accumulate SUM[%#1] = %#6
              yield
            end
            accumulate SUM[0] = %#2
            yield
          end
        """.Replace("#", number, StringComparison.Ordinal).Replace("ARRAY", array, StringComparison.Ordinal).Replace("SUM", sum, StringComparison.Ordinal);

    private static Module Module(string loops) => new(
        IrParser.Function($"""
            function F
              param value %0.x: rospan<double>
              param value %1.y: rospan<double>
              param value %3.n: int
              param value %4.dX: span<double>
              param value %5.dY: span<double>
            body
              {loops}
              yield
            end
            """),
        []);
}
