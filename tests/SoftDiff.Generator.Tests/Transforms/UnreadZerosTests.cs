using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Which zeros of local arrays are left out since nothing reads them: those they are made with, and those they end with.</summary>
public sealed class UnreadZerosTests
{
    private const string Head = """
        function F
          param value %0.x: rospan<double>
          param value %1.y: span<double>
        body
          %2: int = length %0
        """;

    [Fact]
    public void An_element_taken_for_the_last_time_is_left_as_it_is() => PassTests.Check(DropLastResets.Run, Taken(after: ""), Taken(after: "", reset: ""));

    [Theory]
    [InlineData("%20: double = load %3[0]\nstore %1[0] = %20")]
    [InlineData("%20: span<double> = view %3 from 1\ninvoke \"M\" %20")]
    [InlineData("copy %3 to %1")]
    [InlineData("accumulate %3[0] = 1.0")]
    public void An_element_that_is_read_later_is_reset(string after) => PassTests.Check(DropLastResets.Run, Taken(after), Taken(after));

    [Theory]
    [InlineData("store %3[%2] = 0.0")]
    [InlineData("store %3[%4] = 1.0")]
    public void Other_stores_stay(string reset) => PassTests.Check(DropLastResets.Run, Taken("", reset), Taken("", reset));

    [Fact]
    public void An_array_cleared_for_the_last_time_is_left_as_it_is() =>
        PassTests.Check(DropLastResets.Run, Taken("fill %3 = 0.0\nfill %1 = 0.0"), Taken("fill %1 = 0.0", reset: ""));

    [Theory]
    [InlineData("%3: span<double> = allocate %2 cleared", "", true)]
    [InlineData("", "%3: span<double> = allocate %2 cleared", false)]
    public void Another_iteration_reads_what_this_one_leaves_unless_it_has_its_own(string outside, string inside, bool stays)
    {
        PassTests.Check(DropLastResets.Run, Nested("store %3[1] = 0.0"), Nested(stays ? "store %3[1] = 0.0" : ""));

        string Nested(string reset) => Indented($"""
            {Head}
            {outside}
            for %4.i: int = 0 until %2 step 1
            {inside}
            %5: double = load %3[1]
            {reset}
            store %1[%4] = %5
            yield
            end
            yield
            end
            """);
    }

    [Fact]
    public void Arrays_that_change_places_are_left_alone()
    {
        string function = Indented($"""
            {Head}
            %3: span<double> = allocate %2 cleared
            %4: span<double> = allocate %2 cleared
            for %5.i: int = 0 until %2 step 1
            carry %6: span<double> = %3 -> %7: span<double>
            carry %8: span<double> = %4 -> %9: span<double>
            yield %8, %6
            end
            %10: double = load %3[0]
            store %3[0] = 0.0
            %11: double = load %7[0]
            store %1[0] = %11
            yield
            end
            """);
        PassTests.Check(DropLastResets.Run, function, function);
    }

    [Theory]
    [InlineData("fill %3 = 1.0")]
    [InlineData("for %4.i: int = 0 until %2 step 1\nstore %3[%4] = 1.0\nyield\nend")]
    [InlineData("for %4.i: int = 0 until %2 step 1\nstore %3[%4] = 1.0\n%5: double = load %3[%4]\nstore %1[%4] = %5\nyield\nend")]
    public void An_array_overwritten_first_is_not_made_of_zeros(string write) => Assert.DoesNotContain("cleared", Lowered(write), StringComparison.Ordinal);

    [Fact]
    public void An_array_added_to_first_is_stored_to()
    {
        string lowered = Lowered("for %4.i: int = 0 until %2 step 1\n%5: double = load %0[%4]\naccumulate %3[%4] = %5\nyield\nend");
        Assert.DoesNotContain("cleared", lowered, StringComparison.Ordinal);
        Assert.DoesNotContain("accumulate", lowered, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%4: span<double> = view %3 from 1\nfill %4 = 1.0")]
    [InlineData("for %4.i: int = 1 until %2 step 1\nstore %3[%4] = 1.0\nyield\nend")]
    [InlineData("for %4.i: int = 0 until 3 step 1\nstore %3[%4] = 1.0\nyield\nend")]
    [InlineData("for %4.i: int = 0 until %2 step 1\nstore %3[0] = 1.0\nyield\nend")]
    [InlineData("for %4.i: int = 0 until %2 step 1\n%5: double = load %3[%4]\nstore %3[%4] = %5\nyield\nend")]
    [InlineData("for %4.i: int = 0 until %2 step 1\nstore %3[%4] = 1.0\n%5: double = load %3[0]\nstore %1[%4] = %5\nyield\nend")]
    [InlineData("for %4.i: int = 0 until %2 step 1\n%5: double = load %0[%4]\n%6: bool = Less %5, 0.0\nif %6\nstore %3[%4] = 1.0\nyield\nelse\nyield\nend\nyield\nend")]
    [InlineData("%4: double = load %3[0]\nstore %1[0] = %4\nfill %3 = 1.0")]
    [InlineData("invoke \"M\" %3\nfill %3 = 1.0")]
    public void An_array_that_may_be_read_first_is(string write) => Assert.Contains("cleared", Lowered(write), StringComparison.Ordinal);

    [Fact]
    public void An_array_that_a_branch_may_have_chosen_is() => Assert.Contains("cleared", Lowered("""
        %4: span<double> = allocate %2
        fill %4 = 2.0
        %5: bool = Less %2, 9
        %6: span<double> = if %5
        yield %3
        else
        yield %4
        end
        for %7.i: int = 0 until %2 step 1
        store %3[%7] = 1.0
        %8: double = load %6[1]
        store %1[%7] = %8
        yield
        end
        """), StringComparison.Ordinal);

    private static string Taken(string after, string reset = "store %3[%4] = 0.0") => Indented($"""
        {Head}
        %3: span<double> = allocate %2 cleared
        invoke "M" %0, %3
        for %4.i: int = 0 until %2 step 1
        %5: double = load %3[%4]
        {reset}
        accumulate %1[%4] = %5
        yield
        end
        {after}
        yield
        end
        """);

    private static string Lowered(string write) => IrText.Print(StoreFirst.Run(SkipClearing.Run(IrParser.Function(Indented($"""
        {Head}
        %3: span<double> = allocate %2 cleared
        {write}
        %20: double = load %3[0]
        store %1[0] = %20
        yield
        end
        """)))));

    /// <summary>As it is printed, whatever the parts are written like.</summary>
    private static string Indented(string text) =>
        IrText.Print(IrParser.Function(string.Join("\n", text.Split('\n').Where(line => line.Trim().Length > 0))));
}
