using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Analysis;

/// <summary>What a loop defines, what it reads and writes, and which of its variables are progressions.</summary>
public sealed class LoopFactsTests
{
    [Theory]
    [InlineData(3, true, true)]
    [InlineData(20, false, true)]
    [InlineData(10, false, false)]
    [InlineData(21, false, false)]
    [InlineData(22, false, false)]
    public void An_operand_is_outside_or_invariant_or_changes(int value, bool isOutside, bool isInvariant)
    {
        var parsed = Parsed.InLoop("%20: int = Add %3, 1\n%21: int = Add %10, 1\n%22: double = load %1[%20]\nyield");
        var scope = new LoopScope(parsed.Loop);
        Assert.Equal((isOutside, isInvariant), (scope.IsOutside(parsed[value]), scope.IsInvariant(parsed[value])));
    }

    [Fact]
    public void A_loop_reads_and_writes_what_its_body_does()
    {
        var parsed = Parsed.InLoop("""
            %20: span<double> = view %1 from 1
            %21: bool = Less %10, %3
            if %21
            %22: double = load %0[%10]
            store %20[%10] = %22
            yield
            else
            yield
            end
            yield
            """);
        var effects = new Effects(parsed.Definitions);
        Assert.Equal(parsed[0], Assert.Single(effects.Reads(parsed.Loop)));
        Assert.Equal(parsed[1], Assert.Single(effects.Writes(parsed.Loop)));
        Assert.True(effects.Touches(parsed.Loop, parsed[1]));
        Assert.False(effects.Touches(parsed.Loop.Body.Ops[0], parsed[1]));
    }

    [Theory]
    [InlineData("%20: int = Add %11, %3", "%3", "Add")]
    [InlineData("%20: int = Add 2, %11", "2", "Add")]
    [InlineData("%20: int = Subtract %11, %3", "%3", "Subtract")]
    public void A_variable_that_changes_by_the_same_amount_is_a_progression(string next, string step, string code)
    {
        var progression = Progress(next)!;
        Assert.Equal(code, progression.Code.ToString());
        Assert.Equal(step, progression.Step is IntegerConstant ? "2" : progression.Step.ToString());
    }

    [Theory]
    [InlineData("%20: int = Add.checked %11, %3")]
    [InlineData("%20: int = Subtract %3, %11")]
    [InlineData("%20: int = Multiply %11, 2")]
    [InlineData("%21: int = Multiply %10, 2\n%20: int = Add %11, %21")]
    public void Others_are_not(string next) => Assert.Null(Progress(next));

    private static Progression? Progress(string next)
    {
        var parsed = Parsed.InLoop($"carry %11: int = %2 -> %12: int\n{next}\nyield %20");
        return Progression.Of(parsed.Loop, (Value)parsed[11], parsed.Definitions);
    }
}
