using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Tests.Transforms;

public sealed class ShareReciprocalsTests
{
    /// <summary>1 / y may be infinite where x / y is not, and what the function returns keeps its last bit.</summary>
    [Fact]
    public void Only_derivatives_are_multiplied_and_only_by_reciprocals_of_square_roots() => PassTests.Check(
        f => ShareReciprocals.Run(f, f.Parameters[2].Value),
        """
        function F -> double
          param value %0.x: double
          param value %1.y: double
          param value %2.matrix: span<double>
        body
          %3: bool = Less %0, 1.0
          %4: double, %5: double = if %3
            yield 0.0, %0
          else
            %6: double = Sqrt %0
            yield %6, %6
          end
        """,
        """
          %7: double = Divide %0, %4
          store %2[0] = %7
          %8: double = Divide %1, %4
          store %2[1] = %8
          %9: double = Divide %0, %5
          store %2[2] = %9
          %10: double = Divide %1, %5
          store %2[3] = %10
          %11: double = Divide %5, %4
          yield %11
        end
        """,
        """
          %12: double = Divide 1.0, %4
          %7: double = Multiply %0, %12
          store %2[0] = %7
          %8: double = Multiply %1, %12
          store %2[1] = %8
          %9: double = Divide %0, %5
          store %2[2] = %9
          %10: double = Divide %1, %5
          store %2[3] = %10
          %11: double = Divide %5, %4
          yield %11
        end
        """);
}
