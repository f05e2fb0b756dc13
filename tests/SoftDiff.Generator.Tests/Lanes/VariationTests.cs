using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;

namespace SoftDiff.Generator.Tests.Lanes;

/// <summary>Which values of a loop differ between its iterations, and what keeps them from running in lanes.</summary>
public sealed class VariationTests
{
    [Fact]
    public void Numbers_vary_from_where_they_depend_on_the_index()
    {
        var (variation, values) = Analyse("""
            %10.own: span<double> = allocate %2 cleared
            store %10[%9] = 1.0
            %11: double = load %0[%9]
            %12: double = load %0[0]
            %13: double = Multiply %12, %12
            %14: int = Add %9, 3
            %23: int = Multiply %2, %14
            %24: int = Subtract %23, 1
            for %15: int = 0 until %2 step 1
              carry %16: double = 0.0 -> %17: double
              carry %18: double = 0.0 -> %19: double
              %20: double = load %10[%15]
              %21: double = Add %16, %20
              %22: double = Add %18, %13
              yield %21, %22
            end
            store %1[%14] = %17
            """);
        Assert.Null(variation.Obstacle);
        Assert.Equal(ScalarType.Double, variation.Element);
        Assert.Equal([10, 11, 16, 17, 20, 21], values.Where(variation.Varies).Select(v => v.Id).Order());
        Assert.Equal([9, 14, 23, 24], values.Where(variation.IsIndex).Select(v => v.Id).Order());
        Assert.Equal([null, null, 2, 2], values.Where(variation.IsIndex).OrderBy(v => v.Id).Select(v => (variation.StrideOf(v) as Value)?.Id));
    }

    [Theory]
    [InlineData("%10: bool = Less %9, %2\nif %10\n  yield\nelse\n  yield\nend", "there are no lanes for Less")]
    [InlineData("%10: double = load %0[%9]\n%11: double = Exp %10\nstore %1[%9] = %11", "there are no lanes for Exp")]
    [InlineData("%10: double = load %0[%9]\nstore %1[0] = %10", "iterations write to the same elements")]
    [InlineData("%10: double = load %1[0]\n%11: double = Add %10, 1.0\nstore %1[0] = %11", "iterations pass elements on")]
    [InlineData("%10: double = load %1[0]\n%11: double = load %0[%9]\n%12: double = Add %10, %11\nstore %1[%9] = %12", "an element of another iteration may be read")]
    [InlineData("%10: double = load %1[%9]\nstore %1[%9] = %10", "an element of another iteration may be read")]
    [InlineData("accumulate %1[%9] = 1.0", "iterations add to elements of their own")]
    [InlineData("for %10: int = 0 until %9 step 1\n  yield\nend", "the number of iterations differs")]
    [InlineData("%10: span<double> = view %1 from %9", "View depends on the iteration")]
    [InlineData("%10: double = load %0[%9]\n%11: double = invoke \"M\" %10\nstore %1[0] = %11", "Invoke depends on the iteration")]
    [InlineData("%10: int = Multiply %9, %9\n%11: double = load %0[%10]", "there are no lanes for Multiply")]
    [InlineData("%10: int = Multiply %9, 2\n%11: int = Multiply %10, 2", "there are no lanes for Multiply")]
    [InlineData("%10: span<double> = allocate %2\n%11: int = Multiply %9, 2\nstore %10[%11] = 1.0", "lanes are stored at different elements")]
    [InlineData("%10: int = Add.checked %9, 2\n%11: double = load %0[%10]", "there are no lanes for Add")]
    [InlineData("%10: double = load %0[%9]\n%11: float = load %3[%9]\nstore %1[%9] = %10", "it mixes float and double")]
    [InlineData("%10: tape = openTape\npush %10, 1.0", "values are kept on a tape")]
    public void Obstacles_are_named(string body, string reason) => Assert.Equal(reason, Analyse(body).Variation.Obstacle?.Reason);

    [Fact]
    public void An_array_that_each_iteration_overwrites_first_is_no_obstacle() => Assert.Null(Analyse("""
        fill %1 = 0.0
        %10: double = load %1[0]
        %11: double = Add %10, 1.0
        store %1[0] = %11
        """).Variation.Obstacle);

    private static (Variation Variation, List<Value> Values) Analyse(string body)
    {
        var lines = string.Join("\n", body.Split('\n').Select(line => "    " + line));
        var function = IrParser.Function($"""
            function F
              param value %0.x: rospan<double>
              param value %1.y: span<double>
              param value %2.n: int
              param value %3.w: rospan<float>
            body
              for %9.column: int = 0 until %2 step 1 directions
            {lines}
                yield
              end
              yield
            end
            """);
        Definitions definitions = new(function);
        var loop = (For)Assert.Single(function.Body.Ops);
        var values = loop.WithNested().SelectMany(op => op.Results.Concat(op.BlockParameters())).ToList();
        return (new Variation(loop, definitions, new Effects(definitions)), values);
    }
}
