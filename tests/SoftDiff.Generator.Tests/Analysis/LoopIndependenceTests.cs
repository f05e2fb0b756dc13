using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Analysis;

/// <summary>Which loops have independent iterations, and what is named when they have not.</summary>
public sealed class LoopIndependenceTests
{
    [Theory]
    [InlineData("store %1[%10] = %21\nyield")]
    [InlineData("%22: int = Subtract %10, %3\nstore %1[%22] = %21\nyield")]
    [InlineData("accumulate %1[0] = %21\nyield")]
    [InlineData("%22: span<double> = allocate 2\nstore %22[0] = %21\n%23: double = load %22[0]\naccumulate %1[%3] = %23\nyield")]
    [InlineData("fill %12 = %21\n%22: double = load %12[0]\nstore %1[%10] = %22\nyield")]
    [InlineData("for %30.j: int = 0 until %3 step 1\nstore %12[%30] = %21\nyield\nend\n%22: double = load %12[0]\nstore %1[%10] = %22\nyield")]
    public void Iterations_are_independent(string body) => Assert.Null(Obstacle(Loop(body)));

    [Theory]
    [InlineData("store %1[0] = %21\nyield")]
    [InlineData("%22: int = Multiply %10, %3\nstore %1[%22] = %21\nyield")]
    [InlineData("store %1[%10] = %21\nstore %1[%3] = %21\nyield")]
    [InlineData("if %13\nstore %1[%10] = %21\nyield\nelse\nyield\nend\nyield")]
    [InlineData("fill %1 = %21\nyield")]
    [InlineData("%22: double = load %12[0]\nfill %12 = %21\nstore %1[%10] = %22\nyield")]
    [InlineData("for %30.j: int = 0 until %2 step 1\nstore %12[%30] = %21\nyield\nend\n%22: double = load %12[0]\nstore %1[%10] = %22\nyield")]
    public void An_element_of_one_iteration_may_meet_another(string body)
    {
        var obstacle = Obstacle(Loop(body))!;
        Assert.Equal(DependenceKind.Element, obstacle.Kind);
        Assert.Contains(obstacle.By, obstacle.At!.WithNested().SelectMany(op => op.ElementsWritten().Concat(op.ElementsRead())));
    }

    [Fact]
    public void Scratch_that_is_read_after_the_loop_belongs_to_no_iteration()
    {
        var parsed = Loop("fill %12 = %21\n%22: double = load %12[0]\nstore %1[%10] = %22\nyield", "%40: double = load %12[1]\nstore %1[0] = %40");
        Assert.Equal(DependenceKind.Element, Obstacle(parsed)!.Kind);
    }

    [Theory]
    [InlineData("%40: double = load %12[1]", "Element")]
    [InlineData("%40: double = Add %4, %4", null)]
    public void Scratch_that_the_condition_around_the_loop_reads_belongs_to_no_iteration(string condition, string? kind)
    {
        var parsed = Parsed.Body($"""
            %12: span<double> = allocate %3
            while
            {condition}
            %41: bool = Less %40, 9.0
            yield %41
            do
            for %10.i: int = 0 until %2 step 1
            %20: double = load %0[%10]
            fill %12 = %20
            %22: double = load %12[0]
            accumulate %1[%10] = %22
            yield
            end
            yield
            end
            """);
        Assert.Equal(kind, Obstacle(parsed)?.Kind.ToString());
    }

    [Theory]
    [InlineData("%30: double = Add %11, %21", "%31: double = Add %30, %20", 31)]
    [InlineData("%30: double = Subtract %11, %21", "", 30)]
    public void Sums_do_not_count(string first, string second, int next) => Assert.Null(Obstacle(Summing($"{first}\n{second}", next)));

    [Theory]
    [InlineData("%30: double = Multiply %11, %21", 30)]
    [InlineData("%30: double = Subtract %21, %11", 30)]
    [InlineData("%31: double = Sin %11\n%32: double = Multiply %31, %21\n%30: double = Add %11, %32", 30)]
    public void A_variable_that_is_more_than_a_sum_is_named(string body, int next)
    {
        var parsed = Summing(body, next);
        var obstacle = Obstacle(parsed)!;
        Assert.Equal((DependenceKind.Carried, parsed[11]), (obstacle.Kind, obstacle.By));
        Assert.Equal(parsed[next], Assert.Single(obstacle.At!.Results));
    }

    [Fact]
    public void A_sum_that_iterations_write_is_named()
    {
        var parsed = Summing("%30: double = Add %11, %21\nstore %1[%10] = %30", 30);
        var obstacle = Obstacle(parsed)!;
        Assert.Equal((DependenceKind.RunningSum, parsed[1]), (obstacle.Kind, obstacle.By));
        Assert.IsType<Store>(obstacle.At);
    }

    [Fact]
    public void What_carries_no_derivative_does_not_count() =>
        Assert.Null(Obstacle(Parsed.InLoop("carry %11: int = 0 -> %14: int\n%20: int = Multiply %11, 3\nyield %20")));

    private static Parsed Loop(string body, string after = "") => Parsed.InLoop(
        "%20: double = load %0[%10]\n%21: double = Multiply %20, %20\n" + body, "%12: span<double> = allocate %3\n%13: bool = Less %2, %3", after);

    private static Parsed Summing(string body, int next) => Parsed.InLoop(
        $"carry %11.t: double = 0.0 -> %14.t: double\n%20: double = load %0[%10]\n%21: double = Multiply %20, %20\n{body}\nyield %{next}", result: "%14");

    private static LoopDependence? Obstacle(Parsed parsed)
    {
        var (function, effects) = (parsed.Function, new Effects(parsed.Definitions));
        var inputs = function.Parameters.Where(p => p.Wrt).Select(p => (Operand)p.Value).ToList();
        var activity = new Activity(function, parsed.Definitions, inputs, function.Body.Yields.Append(inputs[1]));
        var arrays = new IterationArrays(function, parsed.Definitions, effects);
        return new LoopIndependence(parsed.Definitions, effects, arrays, activity).Obstacle(parsed.Loop);
    }
}
