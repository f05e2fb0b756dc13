using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Branches on a condition that has come before.</summary>
public sealed class ShareBranchesTests
{
    [Fact]
    public void A_later_branch_reads_what_the_earlier_one_has_computed_and_disappears_if_that_is_all() => PassTests.Check(
        f => Simplifier.ShareBranches(f, default),
        """
        function F -> double
          param value %0.x: double
          param value %1.y: double
        body
          %2: bool = Less %0, 1.0
          %3: double = if %2
            %4: double = Exp %0
            yield %4
          else
            yield %1
          end
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
        function F -> double
          param value %0.x: double
          param value %1.y: double
        body
          %2: bool = Less %0, 1.0
          %3: double = if %2
            %4: double = Exp %0
            yield %4
          else
            yield %1
          end
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
    public void Loads_after_a_write_and_other_conditions_are_computed_again()
    {
        const string Function = """
            function F -> double
              param value %0.x: double
              param value %1.y: span<double>
            body
              %2: bool = Less %0, 1.0
              %3: double = if %2
                %4: double = load %1[0]
                yield %4
              else
                yield 0.0
              end
              store %1[0] = %3
              %5: double = if %2
                %6: double = load %1[0]
                yield %6
              else
                yield 0.0
              end
              %7: bool = Less %5, 1.0
              %8: double = if %7
                %9: double = load %1[0]
                yield %9
              else
                yield 1.0
              end
              %10: double = Add %5, %8
              yield %10
            end
            """;
        PassTests.Check(f => Simplifier.ShareBranches(f, default), Function, Function);
    }
}
