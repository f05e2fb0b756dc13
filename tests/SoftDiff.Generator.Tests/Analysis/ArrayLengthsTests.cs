using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Analysis;

public sealed class ArrayLengthsTests
{
    [Theory]
    [InlineData("%20: span<double> = allocate %2", 2)]
    [InlineData("%21: int = length %0\n%20: span<double> = allocate %21", 21)]
    [InlineData("%21: int = length %0\n%22: int = length %0\n%20: span<double> = allocate %22", 21)]
    [InlineData("%20: span<double> = view %1 from %3 count %2", 2)]
    [InlineData("requireLength %0 \"x\" like %1 \"y\"\n%21: int = length %1\n%20: span<double> = view %0 from 0 count %21", 21)]
    public void An_array_has_the_length_it_is_made_with(string body, int length) => Assert.True(AreEqual(Parsed.Body(body), 20, length));

    [Theory]
    [InlineData("%20: span<double> = allocate %2", 3)]
    [InlineData("%20: span<double> = view %1 from %3", 3)]
    [InlineData("%21: int = length %0\n%20: span<double> = allocate %2", 21)]
    public void Nothing_else_is_known_of_it(string body, int length) => Assert.False(AreEqual(Parsed.Body(body), 20, length));

    [Theory]
    [InlineData("requireLength %1 \"y\" like %0 \"x\"", true)]
    [InlineData("", false)]
    public void A_parameter_is_as_long_as_the_entry_requires(string entry, bool isKnown) =>
        Assert.Equal(isKnown, AreEqual(Parsed.Body(entry + "\n%20: int = length %0"), 1, 20));

    [Theory]
    [InlineData("%20: int = length %0", true)]
    [InlineData("%20: int = Max %2, 0", true)]
    [InlineData("%20: int = Add %2, %3", false)]
    public void Lengths_are_not_negative(string body, bool isCount)
    {
        var parsed = Parsed.Body(body);
        Assert.Equal(isCount, new ArrayLengths(parsed.Function, parsed.Definitions).IsCount(parsed[20]));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void A_constant_is_a_count_unless_it_is_negative(long number, bool isCount) =>
        Assert.Equal(isCount, ArrayLengths.IsCount(new IntegerConstant(ScalarType.Int32, number), null));

    private static bool AreEqual(Parsed parsed, int array, int length) =>
        new ArrayLengths(parsed.Function, parsed.Definitions).AreEqual(parsed[array], parsed[length]);
}
