using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Tests.Lanes;

/// <summary>Lanes that go straight to the rows of a matrix, and those that must not.</summary>
public sealed class StoreColumnsTests
{
    /// <summary>Element 0 is stored twice; the last element is set to zero as a part of the array.</summary>
    private const string Columns = """
        function Columns
          param value %0.n: int
          param value %1.x: rospan<double>
          param value %2.matrix: span<double>
        body
          for %3.block: int = 0 until %0 step 1
            %4.column: span<lane<double>> = allocate %0
            %5: int = length %4
            %6: int = Subtract %5, 1
            %7: span<lane<double>> = view %4 from %6
            fill %7 = 0.0
            for %8.i: int = 0 until %6 step 1
              %9: double = load %1[%8]
              store %4[%8] = %9
              yield
            end
            accumulate %4[0] = 2.0
            for %10.i: int = 0 until %0 step 1
              %11: lane<double> = load %4[%10]
              %12: int = Multiply %10, %0
              %13: int = Add %12, %3
              laneStore %2[%13] = %11 of lane<double>
              yield
            end
            yield
          end
          yield
        end
        """;

    [Fact]
    public void A_column_is_a_view_of_the_matrix()
    {
        var direct = StoreColumns.Run(IrParser.Function(Columns));
        Verifier.Require(direct);
        Assert.Equal("""
            function Columns
              param value %0.n: int
              param value %1.x: rospan<double>
              param value %2.matrix: span<double>
            body
              for %3.block: int = 0 until %0 step 1
                %6: int = Subtract %0, 1
                %14.column: column<lane<double>> = laneColumn %2 from %3 width %0 count %0
                for %15.i: int = %6 until %0 step 1
                  store %14[%15] = 0.0
                  yield
                end
                for %8.i: int = 0 until %6 step 1
                  %9: double = load %1[%8]
                  store %14[%8] = %9
                  yield
                end
                accumulate %14[0] = 2.0
                yield
              end
              yield
            end

            """.ReplaceLineEndings("\n"), IrText.Print(direct));
        double[] x = [0.3, 1.2, -0.4], expected = new double[9], actual = new double[9];
        Interpreter.Run(IrParser.Function(Columns), 3, x, expected);
        Interpreter.Run(direct, 3, x, actual);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("store %4[%8] = %9", "accumulate %4[%8] = %9")]
    [InlineData("store %4[%8] = %9", "store %4[%8] = %9\n      %20: lane<double> = load %4[0]")]
    [InlineData("allocate %0", "allocate %0 cleared")]
    [InlineData("accumulate %4[0] = 2.0", "%20: double = load %2[0]\n    accumulate %4[0] = %20")]
    [InlineData("%12: int = Multiply %10, %0", "%20: lane<double> = load %4[0]\n      %12: int = Multiply %10, %0")]
    [InlineData("of lane<double>", "of lane<double> stride %0")]
    public void Other_columns_stay_arrays(string text, string by)
    {
        string other = Columns.Replace(text, by, StringComparison.Ordinal);
        Assert.NotEqual(Columns, other);
        var function = IrParser.Function(other);
        Verifier.Require(function);
        Assert.Equal(IrText.Print(function), IrText.Print(StoreColumns.Run(function)));
    }
}
