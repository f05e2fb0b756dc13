using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Lower;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>What a loop passes to its next iteration in a register: elements that are read again, and sums that are added to again.</summary>
public sealed class RotationTests
{
    private const string Neighbours = """
        %10: double = load %0[%5]
        %11: int = Add %5, 1
        %12: double = load %0[%11]
        %13: double = Multiply %10, %12
        store %1[%5] = %13
        """;

    private const string Sums = """
        accumulate %1[%5] = %2
        %11: int = Add %5, 1
        accumulate %1[%11] = %2
        """;

    [Fact]
    public void An_element_that_the_next_iteration_reads_is_carried()
    {
        var loop = Assert.Single(RotateLoads.Run(Loop(Neighbours)).Body.Ops.OfType<For>());
        Assert.Single(loop.Carried);
        Assert.Single(loop.Body.Ops.OfType<Load>());
    }

    [Theory]
    [InlineData("%10: double = load %0[%5]\n%11: int = Add %5, 2\n%12: double = load %0[%11]\nstore %1[%5] = %12")]
    [InlineData("%10: double = load %1[%5]\n%11: int = Add %5, 1\n%12: double = load %1[%11]\nstore %1[%5] = %12")]
    [InlineData("%10: double = load %0[%5]\n%11: int = Add.checked %5, 1\n%12: double = load %0[%11]\nstore %1[%5] = %12")]
    [InlineData("%10: double = load %0[%5]\n%11: int = Add %5, %3\n%12: double = load %0[%11]\nstore %1[%5] = %12")]
    public void Other_elements_are_loaded(string body) => AssertUnchanged(RotateLoads.Run, body);

    [Fact]
    public void Slices_are_taken_before_the_first_element_is_loaded()
    {
        var ops = SliceRows.Run(RotateLoads.Run(Loop(Neighbours))).Body.Ops;
        Assert.Equal(["Row", "Row", "Compute", "If", "For"], ops.Select(op => op.GetType().Name));
    }

    [Fact]
    public void A_sum_to_which_the_next_iteration_adds_is_carried_and_stored_after_the_loop()
    {
        var ops = RotateSums.Run(Loop(Sums)).Body.Ops;
        var loop = Assert.Single(ops.OfType<For>());
        Assert.Single(loop.Carried);
        Assert.Equal(loop.Index, Assert.Single(loop.Body.Ops.OfType<Accumulate>()).Index);
        Assert.Equal(loop.End, Assert.Single(Assert.IsType<If>(ops[^1]).Then.Ops.OfType<Accumulate>()).Index);
    }

    [Theory]
    [InlineData("accumulate %1[%5] = %2\n%11: int = Add %5, 2\naccumulate %1[%11] = %2")]
    [InlineData("accumulate %1[%5] = %2\n%11: int = Add %5, 1\naccumulate %1[%11] = %2\n%12: double = load %1[%3]\naccumulate %1[%5] = %12")]
    [InlineData("accumulate %1[%5] = %2\n%11: int = Add %5, 1\n%12: span<double> = view %1 from 0\naccumulate %12[%11] = %2")]
    public void Other_sums_stay_in_memory(string body) => AssertUnchanged(RotateSums.Run, body);

    private static void AssertUnchanged(Func<Function, Function> pass, string body) => Assert.Equal(IrText.Print(Loop(body)), IrText.Print(pass(Loop(body))));

    private static Function Loop(string body) => IrParser.Function($"""
        function F
          param value %0.x: rospan<double>
          param value %1.y: span<double>
          param value %2.s: double
          param value %3.n: int
        body
          for %5.i: int = 0 until %3 step 1
        {body}
            yield
          end
          yield
        end
        """);
}
