using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Elements;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Loops that are copied for each iteration, and arrays whose elements become values.</summary>
public sealed class ReplaceSmallArraysTests
{
    private const string Head = """
        function F -> double
          param value %0.x: double
          param value %1.y: rospan<double>
        body

        """;

    [Fact]
    public void Each_iteration_of_a_short_loop_has_its_index_and_the_sum_so_far() => PassTests.Check(
        UnrollSmallLoops.Run,
        Head + """
          for %2.i: int = 2 through 0 step -2
            carry %3: double = %0 -> %4: double
            %5: double = load %1[%2]
            %6: double = Add %3, %5
            yield %6
          end
          yield %4
        end
        """,
        Head + """
          %7: double = load %1[2]
          %8: double = Add %0, %7
          %9: double = load %1[0]
          %10: double = Add %8, %9
          yield %10
        end
        """);

    [Theory]
    [InlineData("0 until 5 step 1", "")]
    [InlineData("0 until 3 step 1", "exit %7")]
    public void Long_loops_and_loops_with_an_exit_stay(string bounds, string exit)
    {
        string loop = Head + $"""
              for %2.i: int = {bounds}
                carry %3: double = %0 -> %4: double
                %5: double = load %1[%2]
                %6: double = Add %3, %5
                %7: bool = Less %6, 1.0
                yield %6
                {exit}
              end
              yield %4
            end
            """;
        Stays(UnrollSmallLoops.Run, loop);
    }

    [Fact]
    public void Elements_are_values_and_branches_yield_those_that_they_set() => PassTests.Check(
        ReplaceSmallArrays.Run,
        Head + """
          %2.a: span<double> = allocate 3 cleared
          %3: span<double> = view %2 from 1 count 2
          %4: int = length %3
          store %2[0] = %0
          %5: bool = Less %0, 1.0
          if %5
            store %3[0] = %0
            yield
          else
            accumulate %2[0] = 2.0
            yield
          end
          %6: double = load %2[0]
          %7: double = load %2[1]
          %8: double = load %3[1]
          %9: double = Multiply %6, %7
          %10: double = Multiply %9, %8
          yield %10
        end
        """,
        Head + """
          %5: bool = Less %0, 1.0
          %12.a0: double, %13.a1: double = if %5
            yield %0, %0
          else
            %11: double = Add %0, 2.0
            yield %11, 0.0
          end
          %9: double = Multiply %12, %13
          %10: double = Multiply %9, 0.0
          yield %10
        end
        """);

    [Theory]
    [InlineData("%3: double = load %2[3]")]
    [InlineData("%4: int = length %1\n%3: double = load %2[%4]")]
    [InlineData("invoke \"M\" %2\n%3: double = load %2[0]")]
    [InlineData("%4: span<double> = view %2 from 2 count 2\n%3: double = load %4[0]")]
    [InlineData("%4: int = length %1\nfor %5.i: int = 0 until %4 step 1\nstore %2[0] = %0\nyield\nend\n%3: double = load %2[0]")]
    public void Other_uses_keep_the_array(string use)
    {
        string function = Head + "%2: span<double> = allocate 3 cleared\n" + use + "\nyield %3\nend\n";
        Stays(ReplaceSmallArrays.Run, function);
    }

    private static void Stays(Func<Function, Function> pass, string function) => PassTests.Check(pass, function, IrText.Print(IrParser.Function(function)));
}
