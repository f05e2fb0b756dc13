using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Which inner loops become updates of whole rows.</summary>
public sealed class UpdateRowsTests
{
    [Fact]
    public void A_loop_over_rows_is_an_update_of_each_row() => PassTests.Check(
        Updated,
        Loop("""
            %5: int = Add %3, %4
                %6: double = load %0[%5]
                %7: double = Multiply %2, %6
                %8: double = Negate %7
                %9: double = load %10[%4]
                accumulate %11[%4] = %8
                accumulate %12[%4] = %9
            """),
        """
        function F
          param value %0.x: rospan<double>
          param value %2.s: double
          param value %3.start: int
          param value %10.y: rospan<double>
          param value %11.dX: span<double>
          param value %12.dY: span<double>
        body
          %13.xRow: rospan<double> = row %0 from %3 count 32
          %14.yRow: rospan<double> = row %10 from 0 count 32
          %15.dXRow: span<double> = row %11 from 0 count 32
          %16.dYRow: span<double> = row %12 from 0 count 32
          %17: double = Negate %2
          update multiplyadd %15, %13, %17
          update add %16, %14
          yield
        end
        """);

    [Theory]
    [InlineData("%6: double = load %11[%4]\n%7: double = Multiply %2, %6\naccumulate %11[%4] = %7")]
    [InlineData("%6: double = load %0[%4]\n%7: double = Multiply %2, %6\naccumulate %11[%4] = %7\n%8: double = load %11[%4]\naccumulate %12[%4] = %8")]
    [InlineData("%6: double = load %0[%4]\n%7: double = Multiply %6, %6\naccumulate %11[%4] = %7")]
    [InlineData("%6: double = load %0[%4]\n%7: double = Multiply %2, %6\naccumulate %11[%4] = %7\nstore %11[%4] = %7")]
    [InlineData("%5: int = Multiply %3, %4\n%6: double = load %0[%5]\naccumulate %11[%4] = %6")]
    [InlineData("%6: double = load %0[%4]\n%7: double = Multiply %2, %6\naccumulate %11[0] = %7")]
    [InlineData("%6: double = load %0[%4]\n%7: double = Sin %6\naccumulate %11[%4] = %7")]
    [InlineData("accumulate %11[%4] = %2")]
    public void Other_loops_stay(string body)
    {
        var result = IrText.Print(Updated(IrParser.Function(Loop(body))));
        Assert.Contains("for %4.i", result, StringComparison.Ordinal);
        Assert.DoesNotContain("update", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%3", true)]
    [InlineData("%20", false)]
    public void Rows_of_a_number_of_elements_that_may_be_negative_are_left_alone_then(string end, bool isGuarded)
    {
        var loop = Loop("%6: double = load %0[%4]\n%7: double = Multiply %2, %6\naccumulate %11[%4] = %7", end);
        var result = IrText.Print(Updated(IrParser.Function(loop.Replace("for ", "%20: int = length %0\n    for ", StringComparison.Ordinal))));
        Assert.Contains("update multiplyadd", result, StringComparison.Ordinal);
        Assert.Equal(isGuarded, result.Contains("Greater " + end + ", 0", StringComparison.Ordinal));
    }

    private static Function Updated(Function function) => UpdateRows.Run(SliceRows.Run(function));

    private static string Loop(string body, string end = "32") => $"""
        function F
          param value %0.x: rospan<double>
          param value %2.s: double
          param value %3.start: int
          param value %10.y: rospan<double>
          param value %11.dX: span<double>
          param value %12.dY: span<double>
        body
          for %4.i: int = 0 until {end} step 1
            {body}
            yield
          end
          yield
        end
        """;
}
