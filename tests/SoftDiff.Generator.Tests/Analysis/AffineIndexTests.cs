using System.Globalization;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Analysis;

public sealed class AffineIndexTests
{
    [Theory]
    [InlineData("%20: int = Add %10, 2", "i + 2", 2L)]
    [InlineData("%20: int = Subtract %10, 2", "i + -2", -2L)]
    [InlineData("%21: int = Add %10, 2\n%20: int = Add 1, %21", "i + 3", 3L)]
    [InlineData("%20: int = Add %10, %3", "i + %3", null)]
    [InlineData("%20: int = Subtract %10, %3", "i - %3", null)]
    [InlineData("%21: int = Add %3, %10\n%20: int = Subtract %21, 1", "i + %3 + -1", null)]
    [InlineData("%20: int = Multiply %10, %3", "i * %3", null)]
    [InlineData("%21: int = Multiply %3, %10\n%20: int = Add %21, %2", "i * %3 + %2", null)]
    [InlineData("%21: int = Multiply %2, %3\n%20: int = Add %21, %10", "i + %21", null)]
    [InlineData("%20: int = Add.checked %10, 1", "i + 1 throws", null)]
    public void An_index_is_taken_apart(string index, string parts, long? distance)
    {
        var parsed = Parsed.InLoop(index + "\nyield");
        var affine = AffineIndex.Of(parsed[20], parsed.Loop, new LoopScope(parsed.Loop));
        Assert.Equal(parts, Show(affine!));
        Assert.Equal(distance, affine!.Distance);
    }

    [Theory]
    [InlineData("%20: int = Add %10, %10")]
    [InlineData("%20: int = Subtract %3, %10")]
    [InlineData("%20: int = Multiply %10, %10")]
    [InlineData("%20: int = Divide %10, 2")]
    [InlineData("%20: int = Add %2, %3")]
    [InlineData("%21: int = Add %10, %2\n%20: int = Add %21, %3")]
    [InlineData("%21: double = load %1[%10]\n%22: int = Convert %21\n%20: int = Add %10, %22")]
    [InlineData("%21: int = Add %10, 2147483647\n%20: int = Add %21, 1")]
    [InlineData("%21: int = Add %10, 1\n%20: int = Multiply %21, %3")]
    public void Other_functions_of_the_index_are_not_affine(string index)
    {
        var parsed = Parsed.InLoop(index + "\nyield");
        Assert.Null(AffineIndex.Of(parsed[20], parsed.Loop, new LoopScope(parsed.Loop)));
    }

    [Theory]
    [InlineData("%20: int = Add %10, %3", "%3")]
    [InlineData("%20: int = Add %10, 4", "4")]
    [InlineData("%20: int = Add.checked %10, %3", null)]
    [InlineData("%20: int = Subtract %10, %3", null)]
    [InlineData("%20: int = Subtract %10, 1", null)]
    [InlineData("%20: int = Multiply %10, %3", null)]
    public void A_row_starts_where_the_first_iteration_is(string index, string? start)
    {
        var parsed = Parsed.InLoop(index + "\nyield");
        var found = AffineIndex.Of(parsed[20], parsed.Loop, new LoopScope(parsed.Loop))!.Start;
        Assert.Equal(start, found is IntegerConstant constant ? constant.Number.ToString(CultureInfo.InvariantCulture) : found?.ToString());
    }

    private static string Show(AffineIndex index) =>
        "i" + (index.Width is null ? "" : " * " + index.Width) + (index.Base is null ? "" : (index.SubtractsBase ? " - " : " + ") + index.Base)
        + (index.Offset == 0 ? "" : " + " + index.Offset.ToString(CultureInfo.InvariantCulture)) + (index.MayThrow ? " throws" : "");
}
