using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>When a rule's backward method gets the cotangents themselves, and when a temporary array.</summary>
public sealed class PassDirectCotangentsTests
{
    [Fact]
    public void Cotangents_that_each_iteration_leaves_at_zero_are_passed() => PassTests.Check(
        PassDirectCotangents.Run,
        Loop(clear: "store %4[%10] = 0.0", between: ""),
        """
        function F
          param value %0.dX: span<double>
          param value %1.x: rospan<double>
          param value %2.n: int
        body
          fill %0 = 0.0
          %3: int = length %1
          %4: span<double> = allocate %3 cleared
          for %5.i: int = 0 until %2 step 1
            invoke "Backward" %1, %4
            for %10.k: int = 0 until %3 step 1
              %11: double = load %4[%10]
              store %4[%10] = 0.0
              accumulate %0[%5] = %11
              yield
            end
            yield
          end
          yield
        end
        """);

    [Theory]
    [InlineData("store %4[%10] = 1.0", "")]
    [InlineData("", "")]
    [InlineData("store %4[%5] = 0.0", "")]
    [InlineData("store %4[%10] = 0.0", "store %4[0] = 2.0")]
    [InlineData("store %4[%10] = 0.0", "%12: double = load %4[0]")]
    [InlineData("store %4[%10] = 0.0", "store %6[0] = 2.0")]
    public void Others_are_added_to(string clear, string between)
    {
        var function = Loop(clear, between);
        PassTests.Check(PassDirectCotangents.Run, function, function);
    }

    [Fact]
    public void A_parameter_that_was_just_cleared_is_passed_if_it_must_be_as_long() => PassTests.Check(
        PassDirectCotangents.Run,
        Parameter("requireLength %0 \"dX\" like %1 \"x\""),
        """
        function F
          param value %0.dX: span<double>
          param value %1.x: rospan<double>
        body
          requireLength %0 "dX" like %1 "x"
          fill %0 = 0.0
          %2: int = length %1
          invoke "Backward" %1, %0
          yield
        end
        """);

    [Fact]
    public void A_parameter_of_another_length_is_added_to() => PassTests.Check(PassDirectCotangents.Run, Parameter(""), Parameter(""));

    private static string Parameter(string require) => Lines($"""
        function F
          param value %0.dX: span<double>
          param value %1.x: rospan<double>
        body
          {require}
          fill %0 = 0.0
          %2: int = length %1
          %3: span<double> = allocate %2 cleared
          invoke "Backward" %1, %3
          for %4.k: int = 0 until %2 step 1
            %5: double = load %3[%4]
            accumulate %0[%4] = %5
            yield
          end
          yield
        end
        """);

    private static string Loop(string clear, string between) => Lines($"""
        function F
          param value %0.dX: span<double>
          param value %1.x: rospan<double>
          param value %2.n: int
        body
          fill %0 = 0.0
          %3: int = length %1
          %4: span<double> = allocate %3 cleared
          for %5.i: int = 0 until %2 step 1
            %6: span<double> = allocate %3 cleared
            invoke "Backward" %1, %6
            {between}
            for %7.k: int = 0 until %3 step 1
              %8: double = load %6[%7]
              accumulate %4[%7] = %8
              yield
            end
            for %10.k: int = 0 until %3 step 1
              %11: double = load %4[%10]
              {clear}
              accumulate %0[%5] = %11
              yield
            end
            yield
          end
          yield
        end
        """);

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Where(line => line.Trim().Length > 0));
}
