using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Analysis;

public sealed class AliasesTests
{
    private const string Arrays = """
        %20: span<double> = allocate %2
        %21: span<double> = allocate %2
        %22: span<double> = view %20 from 1
        %23: bool = Less %2, %3
        %24: span<double> = if %23
          yield %20
        else
          yield %21
        end
        %25: span<double> = allocate %2
        """;

    [Theory]
    [InlineData(22, 20, true, true)]
    [InlineData(20, 21, false, true)]
    [InlineData(24, 20, false, true)]
    [InlineData(22, 24, false, true)]
    [InlineData(25, 20, false, false)]
    [InlineData(0, 1, false, false)]
    public void Views_share_storage_for_sure_and_what_a_branch_yields_perhaps(int a, int b, bool surely, bool perhaps)
    {
        var parsed = Parsed.Body(Arrays);
        var aliases = new Aliases(parsed.Function, parsed.Definitions);
        Assert.Equal((surely, perhaps), (aliases.ShareStorage(parsed[a], parsed[b]), aliases.MayShareStorage(parsed[a], parsed[b])));
    }

    [Theory]
    [InlineData("%30: double = load %22[0]", 20, true)]
    [InlineData("fill %24 = 0.0", 21, true)]
    [InlineData("invoke \"M\" %20", 20, true)]
    [InlineData("if %23\nstore %20[0] = 1.0\nyield\nelse\nyield\nend", 22, true)]
    [InlineData("%30: int = length %20", 20, false)]
    [InlineData("fill %25 = 0.0", 20, false)]
    public void An_operation_touches_an_array_under_any_name(string op, int array, bool touches)
    {
        var parsed = Parsed.Body(Arrays + "\n" + op);
        Assert.Equal(touches, new Aliases(parsed.Function, parsed.Definitions).Touches(parsed.Function.Body.Ops[^1], parsed[array]));
    }

    [Theory]
    [InlineData("store %1[%10] = 1.0\n%20: double = load %1[%10]\naccumulate %1[%10] = %20", true)]
    [InlineData("store %1[0] = 1.0", false)]
    [InlineData("%20: span<double> = view %1 from 0\nstore %20[%10] = 1.0", false)]
    [InlineData("fill %1 = 0.0", false)]
    public void A_loop_works_at_its_index_only(string body, bool isOnly)
    {
        var parsed = Parsed.InLoop(body + "\nyield");
        Assert.Equal(isOnly, new Aliases(parsed.Function, parsed.Definitions).IsOnlyAtIndex(parsed.Loop, parsed[1]));
    }
}
