using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Branches on a condition that has come before.</summary>
public sealed class ShareBranchesTests
{
    private const string Head = """
        function F -> double
          param value %0.x: double
          param value %1.y: double
          param value %20.ys: span<double>
        body
          %2: bool = Less %0, 1.0
        """;

    private const string FirstBranch = Head + "\n" + """
          %3: double = if %2
            %4: double = Exp %0
            yield %4
          else
            yield %1
          end
        """;

    [Fact]
    public void A_later_branch_reads_what_the_earlier_one_has_computed_and_disappears_if_that_is_all() => Check(
        FirstBranch,
        """
          %5: double = Multiply %3, %3
          %6: double = if %2
            %7: double = Exp %0
            yield %7
          else
            yield %1
          end
          %8: double = if %2
            %9: double = Exp %0
            %10: double = Multiply %9, %5
            yield %10
          else
            %11: double = Exp %0
            yield %11
          end
          %12: double = Add %6, %8
          yield %12
        end
        """,
        """
          %5: double = Multiply %3, %3
          %8: double = if %2
            %10: double = Multiply %3, %5
            yield %10
          else
            %11: double = Exp %0
            yield %11
          end
          %12: double = Add %3, %8
          yield %12
        end
        """);

    [Fact]
    public void Loads_after_a_write_and_other_conditions_are_computed_again() => CheckStays(
        Head,
        """
          %3: double = if %2
            %4: double = load %20[0]
            yield %4
          else
            yield 0.0
          end
          store %20[0] = %3
          %5: double = if %2
            %6: double = load %20[0]
            yield %6
          else
            yield 0.0
          end
          %7: bool = Less %5, 1.0
          %8: double = if %7
            %9: double = load %20[0]
            yield %9
          else
            yield 1.0
          end
          %10: double = Add %5, %8
          yield %10
        end
        """);

    [Fact]
    public void A_branch_in_a_branch_keeps_its_own_values() => CheckStays(
        Head,
        """
          %3: double = if %2
            %4: bool = Less %0, 0.0
            %5: double = if %4
              %6: double = Exp %0
              %7: double = Multiply %6, %0
              yield %7
            else
              yield 2.0
            end
            %8: double = Multiply %5, %0
            yield %8
          else
            yield 0.0
          end
          yield %3
        end
        """);

    [Fact]
    public void An_earlier_branch_yields_no_variable_of_a_later_loop() => Check(
        FirstBranch,
        """
          for %5.i: int = 0 until 9 step 1
            carry %6.s: double = %3 -> %7: double
            %8: double = if %2
              %9: double = Exp %0
              yield %9
            else
              yield %6
            end
            %10: double = Add %6, %8
            yield %10
          end
          yield %7
        end
        """,
        """
          for %5.i: int = 0 until 9 step 1
            carry %6.s: double = %3 -> %7: double
            %8: double = if %2
              yield %3
            else
              yield %6
            end
            %10: double = Add %6, %8
            yield %10
          end
          yield %7
        end
        """);

    private static void Check(string head, string input, string output) => PassTests.Check(f => Simplifier.ShareBranches(f, default), head, input, output);

    private static void CheckStays(string head, string text) => Check(head, text, text);
}
